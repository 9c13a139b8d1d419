package dev.whitewater.reports;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.FaultSpan;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.run.Question;
import dev.whitewater.reports.run.RecordedRun;
import dev.whitewater.reports.run.Verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes a run of what a script wrote down in whatever order was convenient. */
final class InOrder {
    private static final long END_NANOS = 5_000_000_000L;

    private InOrder() {}

    /** An event's {@code id} is its place in {@code events}. */
    record Recording(List<Event> events, List<Operation> operations, List<FaultSpan> faults) {}

    private record Spot(long nanos, long order) {}

    /** Puts the events in order of time and gives them their final numbers. */
    static RecordedRun of(Recording recording, Verdict verdict, Question question) {
        List<Event> events = recording.events();
        List<Spot> order = new ArrayList<>();
        events.forEach(e -> order.add(new Spot(e.nanos(), e.id())));
        order.sort(Comparator.comparingLong(Spot::nanos).thenComparingLong(Spot::order));
        long[] number = new long[events.size()];
        for (int i = 0; i < order.size(); i++) {
            number[(int) order.get(i).order()] = i + 1L;
        }
        List<Event> sorted =
                order.stream()
                        .map(s -> events.get((int) s.order()))
                        .map(
                                e ->
                                        new Event(
                                                number[(int) e.id()],
                                                e.nanos(),
                                                e.kind(),
                                                e.node(),
                                                e.peer(),
                                                e.message(),
                                                e.what(),
                                                e.change(),
                                                e.notes(),
                                                e.fault(),
                                                e.fate()))
                        .toList();
        List<Operation> renumbered =
                recording.operations().stream().map(op -> renumber(op, number)).toList();
        Question asked =
                new Question(
                        number[(int) question.moment()],
                        question.asks(),
                        question.answer(),
                        question.because().stream().map(id -> number[id.intValue()]).toList());
        return new RecordedRun(
                verdict,
                asked,
                "Three servers lose touch with their leader, elect another, and lose that one too.",
                "A majority decides; whoever is cut off can't.",
                "format: 1\nname: fixture\nseed: 17\ncluster:\n  members: 3\n",
                3,
                END_NANOS,
                sorted.size(),
                recording.faults(),
                renumbered,
                sorted);
    }

    private static Operation renumber(Operation op, long[] number) {
        return new Operation(
                op.id(),
                op.client(),
                op.invokeNanos(),
                op.returnNanos(),
                op.kind(),
                op.key(),
                op.value(),
                op.expected(),
                op.outcome(),
                op.result(),
                op.revision(),
                op.serializable(),
                op.member(),
                number[(int) op.invokeEvent()],
                op.returnEvent() == Event.NONE ? Event.NONE : number[(int) op.returnEvent()]);
    }
}
