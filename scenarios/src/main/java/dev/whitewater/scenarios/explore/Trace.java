package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.InvariantViolation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Tells how a state was reached, under one set of names from beginning to end. Of what happened by
 * itself it tells only what mattered later.
 */
final class Trace {

    private final Layout layout;
    private final Messages messages;
    private final MemberStates members;
    private final Moves moves;
    private final Symmetry symmetry;
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param delivered the text of the message that arrived, empty if it was something else
     * @param sent the texts of what was sent
     * @param asked false for what happened by itself and may be left out
     */
    private record Line(String text, String delivered, List<String> sent, boolean asked) {}

    Trace(Layout layout, Messages messages, MemberStates members, Moves moves, Symmetry symmetry) {
        this.layout = layout;
        this.messages = messages;
        this.members = members;
        this.moves = moves;
        this.symmetry = symmetry;
    }

    /** One line for each step from the first state over {@code last}. */
    List<String> of(Antichains seen, List<Explorer.Origin> origins, Explorer.Origin last) {
        List<Explorer.Origin> path = new ArrayList<>();
        Explorer.Origin at = last;
        while (at.from() >= 0) {
            path.add(at);
            at = origins.get(at.from());
        }
        Collections.reverse(path);
        // names[i]: who the member is in the trace that stands at place i of the present state.
        int[] names = new int[layout.members()];
        for (int i = 0; i < names.length; i++) {
            names[i] = i;
        }
        names = renamed(names, at.renaming());
        for (Explorer.Origin step : path) {
            tell(seen.get(step.from()), step, names);
            names = renamed(names, step.renaming());
        }
        return needed();
    }

    private int[] renamed(int[] names, int renaming) {
        int[] after = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            after[symmetry.renamings().place(i, renaming)] = names[i];
        }
        return after;
    }

    private void tell(int[] state, Explorer.Origin step, int[] names) {
        int[] sent = {};
        int at = lines.size();
        try {
            int before = state[layout.member(step.place())];
            sent = members.step(before, step.input()).sent();
            moves.take(
                    state,
                    step.place(),
                    step.input(),
                    (place, input, said) -> lines.add(line(place, input, said, names, false)));
        } catch (InvariantViolation end) {
            // This is the step that the trace leads up to.
        }
        lines.add(at, line(step.place(), step.input(), sent, names, true));
    }

    private Line line(int place, int input, int[] sent, int[] names, boolean asked) {
        String delivered = "";
        if (input >= MemberStates.DELIVER) {
            delivered = text(input - MemberStates.DELIVER, names);
        }
        List<String> said = new ArrayList<>();
        for (int message : sent) {
            said.add(text(message, names));
        }
        String member = "n" + (names[place] + 1);
        String what =
                switch (input) {
                    case MemberStates.TIMEOUT -> " times out";
                    case MemberStates.PROPOSE -> " takes in a proposal";
                    case MemberStates.SYNC -> " completes its oldest write";
                    case MemberStates.CRASH -> " crashes and starts again";
                    default -> " receives " + delivered;
                };
        return new Line(member + what, delivered, said, asked);
    }

    private String text(int message, int[] names) {
        return messages.text(message, names);
    }

    private List<String> needed() {
        TreeSet<String> wanted = new TreeSet<>();
        List<String> told = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0; i--) {
            Line line = lines.get(i);
            boolean wantedHere = line.asked();
            for (String sent : line.sent()) {
                wantedHere |= wanted.contains(sent);
            }
            if (wantedHere) {
                told.add(line.text());
                wanted.add(line.delivered());
            }
        }
        Collections.reverse(told);
        return told;
    }
}
