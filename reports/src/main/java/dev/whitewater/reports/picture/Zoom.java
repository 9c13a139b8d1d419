package dev.whitewater.reports.picture;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.FaultSpan;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.story.RunStory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stretch of time worth a picture of its own: around the decisive moment. */
public record Zoom(long from, long until) {

    private static final int MESSAGES_MAX = 260;

    /** A message should move this share of the picture, or its line looks vertical. */
    private static final long DELAYS_ACROSS = 130;

    private static final long DELAY_UNKNOWN = 3_000_000;

    /**
     * Wide enough for what belongs together (the proof, the fault before it, the answer after it),
     * narrow enough that messages still slant. When both can't be had the moment wins.
     */
    public static Zoom around(RunStory story) {
        long ideal = Math.max(1, typicalDelay(story) * DELAYS_ACROSS);
        long moment = story.decisiveNanos();
        long first = moment - ideal / 2;
        long last = moment + ideal / 4;
        for (long nanos : wanted(story)) {
            if (nanos > moment - 3 * ideal && nanos < moment + 3 * ideal) {
                first = Math.min(first, nanos);
                last = Math.max(last, nanos);
            }
        }
        long margin = (last - first) / 16;
        Zoom zoom = new Zoom(first - margin, last + margin);
        for (int i = 0; i < 24 && zoom.messages(story) > MESSAGES_MAX; i++) {
            zoom = zoom.towards(moment);
        }
        long from = Math.max(0, zoom.from);
        return new Zoom(from, Math.max(from + 1, Math.min(zoom.until, story.run().endNanos())));
    }

    private static List<Long> wanted(RunStory story) {
        List<Long> wanted = new ArrayList<>();
        for (Operation op : story.evidence()) {
            wanted.add(op.invokeNanos());
            if (!op.isOpen()) {
                wanted.add(op.returnNanos());
            }
        }
        for (FaultSpan fault : story.run().faults()) {
            if (fault.fromNanos() <= story.decisiveNanos()) {
                wanted.add(fault.fromNanos());
            }
        }
        for (long id : story.run().question().because()) {
            story.trace().find(id).ifPresent(e -> wanted.add(e.nanos()));
        }
        story.causes().forEach(e -> wanted.add(e.nanos()));
        return wanted;
    }

    private Zoom towards(long moment) {
        return new Zoom(moment - (moment - from) * 4 / 5, moment + (until - moment) * 4 / 5);
    }

    private long messages(RunStory story) {
        return story.trace().events().stream()
                .filter(e -> e.nanos() >= from && e.nanos() <= until)
                .filter(e -> e.kind() == Event.Kind.SEND && !e.isHeartbeat())
                .count();
    }

    /** The median time that messages were under way. */
    private static long typicalDelay(RunStory story) {
        Map<Long, Long> sent = new HashMap<>();
        List<Long> delays = new ArrayList<>();
        for (Event event : story.trace().events()) {
            if (event.kind() == Event.Kind.SEND) {
                sent.put(event.message(), event.nanos());
            } else if (event.kind() == Event.Kind.DELIVER && sent.containsKey(event.message())) {
                delays.add(event.nanos() - sent.get(event.message()));
            }
        }
        delays.sort(Long::compare);
        return delays.isEmpty() ? DELAY_UNKNOWN : delays.get(delays.size() / 2);
    }
}
