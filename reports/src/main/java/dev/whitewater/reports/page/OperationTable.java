package dev.whitewater.reports.page;

import dev.whitewater.reports.picture.Labels;
import dev.whitewater.reports.picture.Zoom;
import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.story.Clock;
import dev.whitewater.reports.story.Narrator;
import dev.whitewater.reports.story.RunStory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The operations that the page lists: all of them while a reader can still scroll through, else the
 * proof, the close-up, what did not succeed, and those around the decisive moment.
 */
final class OperationTable {

    private static final int ALL_MAX = 800;
    private static final int FAILED_MAX = 200;

    private final RunStory story;
    private final List<Operation> all;
    private final List<Operation> shown;

    OperationTable(RunStory story, Zoom zoom) {
        this.story = story;
        all = story.run().operations();
        shown = all.size() <= ALL_MAX ? all : choose(zoom);
    }

    private List<Operation> choose(Zoom zoom) {
        Set<Operation> chosen = new LinkedHashSet<>(story.evidence());
        all.stream()
                .filter(op -> op.invokeNanos() <= zoom.until())
                .filter(op -> op.returnNanos() >= zoom.from())
                .forEach(chosen::add);
        List<Operation> near = new ArrayList<>(all);
        near.sort(
                Comparator.<Operation>comparingLong(
                                op -> Math.abs(op.invokeNanos() - story.decisiveNanos()))
                        .thenComparingLong(Operation::id));
        near.stream()
                .filter(op -> op.outcome() != Operation.Outcome.OK)
                .limit(FAILED_MAX)
                .forEach(chosen::add);
        near.stream().limit(Math.max(0, ALL_MAX - chosen.size())).forEach(chosen::add);
        return chosen.stream().sorted(Comparator.comparingLong(Operation::id)).toList();
    }

    String sentence() {
        if (all.isEmpty()) {
            return "No client took part in this run.";
        }
        String counts =
                Clock.count(all.size())
                        + " operations: "
                        + count(Operation.Outcome.OK)
                        + " answered, "
                        + count(Operation.Outcome.REFUSED)
                        + " refused (they did not happen), "
                        + count(Operation.Outcome.UNKNOWN)
                        + " unknown (they may have happened)."
                        + " A character that a value repeats many times is written once with its"
                        + " count.";
        return shown.size() == all.size()
                ? counts
                : counts
                        + " Listed are "
                        + Clock.count(shown.size())
                        + ": the evidence, the close-up, what did not succeed, and what lies"
                        + " nearest to the decisive moment. All are in the run folder's"
                        + " history.jsonl.";
    }

    private String count(Operation.Outcome outcome) {
        return Clock.count(all.stream().filter(op -> op.outcome() == outcome).count());
    }

    List<View.OperationRow> rows() {
        return shown.stream().map(this::row).toList();
    }

    private View.OperationRow row(Operation op) {
        return new View.OperationRow(
                op.id(),
                story.isEvidence(op),
                "c" + op.client(),
                Labels.call(op) + (op.serializable() ? " serializable" : ""),
                op.member() > 0 ? Narrator.name(op.member()) : "–",
                Clock.seconds(op.invokeNanos()),
                op.isOpen() ? "open" : Clock.span(op.returnNanos() - op.invokeNanos()),
                Labels.icon(op),
                Labels.answer(op),
                op.revision() == Event.NONE ? "–" : Long.toString(op.revision()),
                events(op));
    }

    private List<View.EventRef> events(Operation op) {
        List<View.EventRef> events = new ArrayList<>();
        for (long id : new long[] {op.invokeEvent(), op.returnEvent()}) {
            if (id != Event.NONE) {
                events.add(new View.EventRef(id, story.isAnchored(id)));
            }
        }
        return events;
    }
}
