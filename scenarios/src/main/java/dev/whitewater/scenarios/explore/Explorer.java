package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.RoleKind;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sees every state that a small cluster can get into, breadth first.
 *
 * <p>The network is the set of all messages ever sent: any of them arrives at any time, any number
 * of times or never, so loss, delay, reordering and duplication need no actions of their own.
 * Timers fire at will. Writes complete at will, in order. A crash loses the writes that wait.
 * Elections and replication are on; PreVote, CheckQuorum and reads are off.
 *
 * <p>Three things keep the number of states down, none of which leaves out a state of a member that
 * matters: {@link Network} clears the wire, {@link Antichains} leaves out states that can do less
 * than another one, and {@link Symmetry} those that differ from another one in names only.
 */
public final class Explorer {

    private static final int PROGRESS_EVERY = 1024;

    private final ExploreBounds bounds;
    private final Layout layout;
    private final Messages messages;
    private final MemberStates members;
    private final Moves moves;
    private final Symmetry symmetry;
    private final Antichains seen;
    private final Progress progress;
    private final List<Origin> origins = new ArrayList<>();
    private long transitions;

    /**
     * How a state was first reached: from which, by which input to which member, and under which
     * names it was written down then.
     */
    record Origin(int from, int place, int input, int renaming) {}

    /** Hears from time to time how far an exploration is, and may end it. */
    public interface Progress {
        /** Whether to go on. */
        boolean goesOn(long states, long waiting, int depth);
    }

    private Explorer(ExploreBounds bounds, RaftRules rules, Progress progress) {
        this.bounds = bounds;
        this.progress = progress;
        this.layout = new Layout(bounds.members(), bounds.terms());
        Renamings renamings = new Renamings(bounds.members(), bounds.symmetry());
        this.messages = new Messages(renamings);
        this.members = new MemberStates(bounds.members(), rules, messages, renamings);
        this.moves = new Moves(bounds, layout, messages, members);
        this.symmetry = new Symmetry(layout, renamings, messages, members);
        this.seen = new Antichains(layout);
    }

    /** Explores all there is within {@code bounds}, or up to the first violation. */
    public static ExploreResult explore(ExploreBounds bounds, RaftRules rules) {
        return explore(bounds, rules, (states, waiting, depth) -> true);
    }

    /** The same, with someone who watches. */
    public static ExploreResult explore(ExploreBounds bounds, RaftRules rules, Progress progress) {
        return new Explorer(bounds, rules, progress).run();
    }

    /** Shows every state that is looked at, each as its members' facts by place. */
    static void visit(ExploreBounds bounds, RaftRules rules, Consumer<List<MemberState>> visitor) {
        Explorer explorer = new Explorer(bounds, rules, (states, waiting, depth) -> true);
        explorer.run();
        for (int i = 0; i < explorer.seen.size(); i++) {
            visitor.accept(explorer.members(explorer.seen.get(i)));
        }
    }

    private ExploreResult run() {
        moves.first().forEach(state -> admit(state, -1, 0, 0));
        int depth = 0;
        int end = seen.size();
        for (int index = 0; index < seen.size(); index++) {
            if (index == end) {
                depth++;
                end = seen.size();
            }
            if (seen.size() > bounds.maxStates() || !goesOn(index, depth)) {
                return result(ExploreResult.Outcome.GAVE_UP, depth, "", List.of());
            }
            if (!seen.isSuperfluous(index)) {
                try {
                    expand(index);
                } catch (Violated violated) {
                    return violated.result(this, depth + 1);
                }
            }
        }
        return result(ExploreResult.Outcome.COMPLETE, depth, "", List.of());
    }

    private boolean goesOn(int index, int depth) {
        return index % PROGRESS_EVERY != 0
                || progress.goesOn(seen.size(), seen.size() - index, depth);
    }

    private ExploreResult result(
            ExploreResult.Outcome outcome, int depth, String invariant, List<String> trace) {
        return new ExploreResult(
                outcome,
                seen.greatest(),
                seen.unreduced(),
                seen.size(),
                transitions,
                depth,
                members.count(),
                invariant,
                trace);
    }

    private void expand(int index) {
        int[] state = seen.get(index);
        for (int place = 0; place < bounds.members(); place++) {
            MemberState member = members.get(state[layout.member(place)]);
            boolean leads = member.facts().role() == RoleKind.LEADER;
            if (leads ? bounds.heartbeats() : member.facts().term() < bounds.terms()) {
                go(index, place, MemberStates.TIMEOUT);
            }
            if (leads && state[Layout.PROPOSALS] < bounds.proposals()) {
                go(index, place, MemberStates.PROPOSE);
            }
            if (member.isWriting()) {
                go(index, place, MemberStates.SYNC);
            }
            if (state[layout.crashes(place)] > 0) {
                go(index, place, MemberStates.CRASH);
            }
        }
        for (int i = layout.wire(); i < state.length; i++) {
            go(index, messages.receiver(state[i]), MemberStates.DELIVER + state[i]);
        }
    }

    private void go(int index, int place, int input) {
        transitions++;
        int[] from = seen.get(index);
        try {
            int before = from[layout.member(place)];
            MemberStates.Step step = members.step(before, input);
            if (input != MemberStates.CRASH && step.to() == before) {
                // It could only make the member answer, and so it has.
                return;
            }
            int[] to = moves.take(from, place, input, (where, what, sent) -> {});
            if (admit(to, index, place, input)) {
                GlobalChecks.check(members(to), place, members.get(before).facts().commit());
            }
        } catch (InvariantViolation violation) {
            throw new Violated(new Origin(index, place, input, 0), violation);
        }
    }

    private List<MemberState> members(int[] state) {
        List<MemberState> all = new ArrayList<>();
        for (int place = 0; place < bounds.members(); place++) {
            all.add(members.get(state[layout.member(place)]));
        }
        return all;
    }

    /** Takes a state in; false if one that can do as much is there already. */
    private boolean admit(int[] state, int from, int place, int input) {
        Symmetry.Names names = symmetry.names(state);
        if (!seen.admit(names.variants(), names.orbit())) {
            return false;
        }
        origins.add(new Origin(from, place, input, names.renaming()));
        return true;
    }

    private List<String> trace(Origin last) {
        return new Trace(layout, messages, members, moves, symmetry).of(seen, origins, last);
    }

    /** Carries a violation out of the search. */
    private static final class Violated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Origin origin;

        Violated(Origin origin, InvariantViolation cause) {
            super(cause.getMessage(), cause);
            this.origin = origin;
        }

        ExploreResult result(Explorer explorer, int depth) {
            return explorer.result(
                    ExploreResult.Outcome.VIOLATED, depth, getMessage(), explorer.trace(origin));
        }
    }
}
