package dev.whitewater.reports.story;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.run.RecordedRun;
import dev.whitewater.reports.run.Verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a page tells about a run, worked out once: the states, the decisive moment, what led
 * to it, the events told and thus the places a link may point to.
 */
public final class RunStory {

    private final RecordedRun run;
    private final Trace trace;
    private final StateHistory states;
    private final Narrator narrator;
    private final Map<Long, Operation> operations = new HashMap<>();
    private final List<Operation> evidence;
    private final long decisive;
    private final List<Event> causes;
    private final KeyMoments moments;
    private final Set<Long> anchors = new LinkedHashSet<>();

    public RunStory(RecordedRun run) {
        this.run = run;
        trace = new Trace(run);
        states = new StateHistory(run);
        Significance significance = new Significance(trace, states);
        narrator = new Narrator(states, significance);
        run.operations().forEach(op -> operations.put(op.id(), op));
        evidence =
                run.verdict().evidence().operations().stream()
                        .filter(operations::containsKey)
                        .map(operations::get)
                        .toList();
        decisive = findDecisive();
        causes = new Causes(trace, significance, run.faults()).of(ends(), isViolated());
        moments = KeyMoments.choose(trace, significance, cited(), decisive);
        moments.told().forEach(e -> anchors.add(e.id()));
    }

    public RecordedRun run() {
        return run;
    }

    public Trace trace() {
        return trace;
    }

    public StateHistory states() {
        return states;
    }

    public Narrator narrator() {
        return narrator;
    }

    /** The operations that prove the violation, in the order the checker named them. */
    public List<Operation> evidence() {
        return evidence;
    }

    /** The event everything turns on, or {@link Event#NONE} when the trace is empty. */
    public long decisive() {
        return decisive;
    }

    public long decisiveNanos() {
        return trace.find(decisive).map(Event::nanos).orElse(run.endNanos() / 2);
    }

    /** What led to the decisive moment, in order. */
    public List<Event> causes() {
        return causes;
    }

    public KeyMoments moments() {
        return moments;
    }

    /** Whether the page has a place for this event that a link can point to. */
    public boolean isAnchored(long event) {
        return anchors.contains(event);
    }

    public boolean isViolated() {
        return run.verdict().outcome() == Verdict.Outcome.VIOLATED;
    }

    public boolean isEvidence(Operation operation) {
        return evidence.contains(operation);
    }

    private long findDecisive() {
        if (isViolated() && trace.find(run.verdict().event()).isPresent()) {
            return run.verdict().event();
        }
        if (!evidence.isEmpty()) {
            long latest = evidence.stream().mapToLong(Operation::returnEvent).max().orElse(0);
            if (trace.find(latest).isPresent()) {
                return latest;
            }
        }
        if (trace.find(run.question().moment()).isPresent()) {
            return run.question().moment();
        }
        return firstFault().map(Event::id).orElseGet(this::middle);
    }

    private Optional<Event> firstFault() {
        return trace.events().stream()
                .filter(e -> e.kind() == Event.Kind.FAULT || e.kind() == Event.Kind.CRASH)
                .findFirst();
    }

    private long middle() {
        List<Event> events = trace.events();
        return events.isEmpty() ? Event.NONE : events.get(events.size() / 2).id();
    }

    private List<Long> ends() {
        List<Long> ends = new ArrayList<>();
        ends.add(decisive);
        if (trace.find(decisive).map(Event::kind).orElse(Event.Kind.OTHER) == Event.Kind.MONITOR) {
            // A monitor speaks after the event that broke its rule, and belongs to no member.
            trace.before(decisive).ifPresent(e -> ends.add(e.id()));
        }
        for (Operation op : evidence) {
            ends.add(op.invokeEvent());
            ends.add(op.returnEvent());
            trace.latestAt(op.member(), op.returnEvent()).ifPresent(e -> ends.add(e.id()));
        }
        if (!isViolated()) {
            ends.addAll(run.question().because());
        }
        return ends;
    }

    private Set<Long> cited() {
        Set<Long> cited = new LinkedHashSet<>(ends());
        cited.addAll(run.question().because());
        cited.add(run.question().moment());
        causes.forEach(e -> cited.add(e.id()));
        return cited;
    }
}
