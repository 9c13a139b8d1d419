package dev.whitewater.reports.story;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.FaultSpan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * What happened inside before an event: its causal cone (Lamport's happened-before, over program
 * order at a member and over messages), cut down to faults, role changes and log changes.
 */
final class Causes {

    private static final int WANTED = 12;
    private static final int PLAIN_LOG = 30;

    private static final long RECENT = 1_500_000_000L;

    private final Trace trace;
    private final Significance significance;
    private final List<FaultSpan> faults;

    Causes(Trace trace, Significance significance, List<FaultSpan> faults) {
        this.trace = trace;
        this.significance = significance;
        this.faults = faults;
    }

    /**
     * At most a dozen events that led to {@code ends}, in order.
     *
     * @param withLogs whether plain growth of a log counts; only a proof needs it
     */
    List<Event> of(List<Long> ends, boolean withLogs) {
        int least = withLogs ? 1 : PLAIN_LOG + 1;
        BitSet cone = cone(ends);
        List<Event> candidates = new ArrayList<>();
        long end = cone.isEmpty() ? 0 : trace.events().get(cone.length() - 1).nanos();
        for (int i = 0; i < cone.length(); i++) {
            Event event = trace.events().get(i);
            boolean inside = cone.get(i) || (isFault(event) && mattersUntil(end, event));
            boolean early = !withLogs && event.nanos() < end - 2 * RECENT;
            if (inside && !early && significance.inside(event) >= least) {
                candidates.add(event);
            }
        }
        return weightiest(candidates, end);
    }

    private static boolean isFault(Event event) {
        return event.kind() == Event.Kind.FAULT || event.kind() == Event.Kind.CRASH;
    }

    /** A fault outside the cone counts when it is recent or still lasts: it kept messages away. */
    private boolean mattersUntil(long end, Event event) {
        return lastsUntil(end, event) || event.nanos() >= end - RECENT;
    }

    private boolean lastsUntil(long end, Event event) {
        return isFault(event)
                && faults.stream()
                        .filter(f -> f.id().equals(event.fault()))
                        .anyMatch(f -> f.fromNanos() == event.nanos() && f.untilNanos() >= end);
    }

    /** Weight falls with the rank from the end: of two equal events the later one explains more. */
    private List<Event> weightiest(List<Event> candidates, long end) {
        int size = candidates.size();
        List<Integer> ranks = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ranks.add(i);
        }
        ranks.sort(
                Comparator.<Integer>comparingLong(
                                i ->
                                        significance.inside(candidates.get(i))
                                                + (lastsUntil(end, candidates.get(i)) ? 200 : 0)
                                                - Math.min(150, size - i))
                        .reversed()
                        .thenComparing(Comparator.reverseOrder()));
        return ranks.stream().limit(WANTED).sorted().map(candidates::get).toList();
    }

    private BitSet cone(List<Long> ends) {
        BitSet seen = new BitSet(trace.events().size());
        Deque<Integer> open = new ArrayDeque<>();
        for (long end : ends) {
            int at = trace.position(end);
            if (at < trace.events().size() && trace.events().get(at).id() == end) {
                open.push(at);
            }
        }
        while (!open.isEmpty()) {
            int at = open.pop();
            if (at >= 0 && !seen.get(at)) {
                seen.set(at);
                open.push(trace.previousAtMember(at));
                open.push(trace.sendingOf(at));
            }
        }
        return seen;
    }
}
