package dev.whitewater.reports.run;

import java.util.List;

/**
 * A finished run as its folder tells it: all that a report may know.
 *
 * @param story what the scenario plays, in prose, or empty
 * @param teaches what a reader may learn from it, or empty
 * @param plan the exact plan, as text
 * @param endNanos the virtual time at which the run ended
 * @param events the trace, by rising id; may be empty when the run kept none
 * @param eventCount how many events the run had, also when the trace holds fewer
 */
public record RecordedRun(
        Verdict verdict,
        Question question,
        String story,
        String teaches,
        String plan,
        int members,
        long endNanos,
        long eventCount,
        List<FaultSpan> faults,
        List<Operation> operations,
        List<Event> events) {

    public RecordedRun {
        faults = List.copyOf(faults);
        operations = List.copyOf(operations);
        events = List.copyOf(events);
    }
}
