package dev.whitewater.reports.picture;

import dev.whitewater.reports.story.Clock;

import java.util.ArrayList;
import java.util.List;

/** Maps a stretch of virtual time evenly onto a stretch of the picture. */
record TimeScale(long from, long until, double left, double right) {

    /** A line of the ruler with its label. */
    record Tick(long nanos, String label) {}

    private static final long SECOND = 1_000_000_000L;

    double x(long nanos) {
        double share = (double) (nanos - from) / Math.max(1, until - from);
        return left + share * (right - left);
    }

    /** As {@link #x}, but never outside the picture. */
    double clamped(long nanos) {
        return Math.clamp(x(nanos), left, right);
    }

    boolean shows(long start, long end) {
        return end >= from && start <= until;
    }

    double width(long nanos) {
        return (double) nanos / Math.max(1, until - from) * (right - left);
    }

    /** Round times, between five and eleven of them. */
    List<Tick> ticks() {
        long step = 1;
        long[] factors = {2, 5, 10};
        int i = 0;
        long decade = 1;
        while ((until - from) / step > 10) {
            step = decade * factors[i];
            if (++i == factors.length) {
                i = 0;
                decade *= 10;
            }
        }
        int digits = 0;
        for (long unit = SECOND; unit > step && digits < 6; unit /= 10) {
            digits++;
        }
        List<Tick> ticks = new ArrayList<>();
        for (long t = Math.ceilDiv(from, step) * step; t <= until; t += step) {
            ticks.add(new Tick(t, Clock.decimal(t, SECOND, digits) + " s"));
        }
        return ticks;
    }
}
