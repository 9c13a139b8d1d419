package dev.whitewater.reports.story;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.RecordedRun;

import java.util.ArrayList;
import java.util.List;

/**
 * The states of every member over a run, folded from the changes in its trace. A crash and a start
 * are read from the events of that kind; everything else is what the trace says.
 */
public final class StateHistory {

    /** The state of a member from one event on. */
    public record Step(long event, long nanos, MemberState state) {}

    private final List<List<Step>> steps = new ArrayList<>();

    public StateHistory(RecordedRun run) {
        boolean anyStart = run.events().stream().anyMatch(e -> e.kind() == Event.Kind.START);
        MemberState first = MemberState.UNHEARD.withUp(!anyStart);
        for (int member = 0; member <= run.members(); member++) {
            List<Step> own = new ArrayList<>();
            own.add(new Step(Event.NONE, 0, first));
            steps.add(own);
        }
        for (Event event : run.events()) {
            if (event.node() > 0 && event.node() <= run.members()) {
                take(event, steps.get(event.node()));
            }
        }
    }

    private static void take(Event event, List<Step> own) {
        MemberState old = own.getLast().state();
        MemberState state = old.after(event.change());
        if (event.kind() == Event.Kind.CRASH) {
            state = state.withUp(false);
        } else if (event.kind() == Event.Kind.START) {
            state = state.withUp(true);
        }
        if (!state.equals(old)) {
            own.add(new Step(event.id(), event.nanos(), state));
        }
    }

    public List<Step> steps(int member) {
        return List.copyOf(steps.get(member));
    }

    /** The state of {@code member} after {@code event} had its effect. */
    public MemberState at(int member, long event) {
        List<Step> own = steps.get(member);
        int low = 0;
        int high = own.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (own.get(middle).event() <= event) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return own.get(low).state();
    }

    /** The state of {@code member} just before {@code event}. */
    public MemberState before(int member, long event) {
        return at(member, event - 1);
    }
}
