package dev.whitewater.reports.picture;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.story.RunStory;

import java.util.List;

/** The stretch of time worth a picture of its own: around the decisive moment. */
public record Zoom(long from, long until) {

    private static final int MESSAGES_MAX = 170;
    private static final long NARROWEST = 20_000_000L;

    /**
     * The widest stretch around the decisive moment, two thirds of it before, in which messages can
     * still be told apart; the evidence is inside when that does not crowd it.
     */
    public static Zoom around(RunStory story) {
        long moment = story.decisiveNanos();
        long end = story.run().endNanos();
        Zoom best = at(moment, NARROWEST, end);
        for (long width = NARROWEST; width <= Math.max(end, NARROWEST); width += width / 4) {
            Zoom wider = at(moment, width, end);
            if (messages(story.trace().events(), wider) > MESSAGES_MAX) {
                break;
            }
            best = wider;
            if (width > 4_000_000_000L && holdsEvidence(story, best)) {
                break;
            }
        }
        return best;
    }

    private static Zoom at(long moment, long width, long end) {
        long from = Math.max(0, moment - width * 2 / 3);
        return new Zoom(from, Math.max(from + 1, Math.min(end, moment + width / 3)));
    }

    private static boolean holdsEvidence(RunStory story, Zoom zoom) {
        for (Operation op : story.evidence()) {
            if (op.invokeNanos() < zoom.from()) {
                return false;
            }
        }
        return true;
    }

    private static long messages(List<Event> events, Zoom zoom) {
        return events.stream()
                .filter(e -> e.nanos() >= zoom.from() && e.nanos() <= zoom.until())
                .filter(e -> e.kind() == Event.Kind.SEND && !e.isHeartbeat())
                .count();
    }
}
