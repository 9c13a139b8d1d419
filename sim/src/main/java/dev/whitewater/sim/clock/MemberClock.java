package dev.whitewater.sim.clock;

/**
 * A member's own monotonic clock as a function of simulated time: an offset, a drift in parts per
 * million, and jumps forward. It belongs to the machine and outlives its processes. Integer
 * arithmetic throughout, exact for a day.
 */
public final class MemberClock {

    private static final long MILLION = 1_000_000;

    private final long ppm;
    private long since;
    private long base;

    /**
     * A clock that shows {@code offsetNanos} at simulated time 0 and gains {@code driftPpm} of each
     * million nanoseconds.
     */
    public MemberClock(long offsetNanos, int driftPpm) {
        this.base = offsetNanos;
        this.ppm = MILLION + driftPpm;
    }

    public int driftPpm() {
        return (int) (ppm - MILLION);
    }

    /** What the clock shows at {@code simulated}, which must not be before the last jump. */
    public long at(long simulated) {
        long elapsed = simulated - since;
        if (ppm == MILLION) {
            return base + elapsed;
        }
        return base + elapsed / MILLION * ppm + elapsed % MILLION * ppm / MILLION;
    }

    /** The first simulated time, not before {@code now}, at which the clock shows {@code shown}. */
    public long whenShows(long shown, long now) {
        long wait = shown - base;
        if (wait <= 0) {
            return now;
        }
        if (ppm == MILLION) {
            return Math.max(now, since + wait);
        }
        long elapsed = wait / ppm * MILLION + (wait % ppm * MILLION + ppm - 1) / ppm;
        return Math.max(now, since + elapsed);
    }

    /** From {@code now} on the clock shows {@code nanos} more. */
    public void jump(long now, long nanos) {
        long shown = at(now);
        since = now;
        base = shown + nanos;
    }
}
