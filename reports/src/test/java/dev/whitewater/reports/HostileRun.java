package dev.whitewater.reports;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.FaultSpan;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.run.Question;
import dev.whitewater.reports.run.RecordedRun;
import dev.whitewater.reports.run.Verdict;

import java.util.List;

/** A run in which whatever a stranger could have written is what a stranger would write. */
final class HostileRun {

    private HostileRun() {}

    /** The run with every text replaced by {@code hostile}. */
    static RecordedRun of(RecordedRun run, String hostile) {
        List<Event> events = run.events().stream().map(e -> event(e, hostile)).toList();
        Question question = new Question(run.question().moment(), hostile, hostile, List.of(5L));
        return new RecordedRun(
                verdict(run.verdict().event(), hostile),
                question,
                hostile,
                hostile,
                hostile,
                3,
                run.endNanos(),
                events.size(),
                run.faults().stream().map(f -> fault(f, hostile)).toList(),
                run.operations().stream().map(o -> operation(o, hostile)).limit(40).toList(),
                events);
    }

    private static Operation operation(Operation op, String hostile) {
        return new Operation(
                op.id(),
                op.client(),
                op.invokeNanos(),
                op.returnNanos(),
                hostile,
                hostile,
                hostile,
                hostile,
                op.outcome(),
                hostile,
                op.revision(),
                op.serializable(),
                op.member(),
                op.invokeEvent(),
                op.returnEvent());
    }

    private static Event event(Event event, String hostile) {
        return new Event(
                event.id(),
                event.nanos(),
                event.kind(),
                event.node(),
                event.peer(),
                event.message(),
                hostile,
                event.change(),
                event.notes().isEmpty() ? List.of() : List.of(hostile),
                event.fault().isEmpty() ? "" : hostile,
                event.fate());
    }

    private static FaultSpan fault(FaultSpan fault, String hostile) {
        return new FaultSpan(
                hostile, hostile, hostile, fault.members(), fault.fromNanos(), fault.untilNanos());
    }

    private static Verdict verdict(long event, String hostile) {
        return new Verdict(
                Verdict.Outcome.VIOLATED,
                new Verdict.Origin(
                        hostile, hostile, List.of(hostile), hostile, hostile, hostile, hostile),
                hostile,
                hostile,
                hostile,
                event,
                new Verdict.Evidence(List.of(1L, 2L), hostile),
                2);
    }
}
