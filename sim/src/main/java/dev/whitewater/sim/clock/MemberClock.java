package dev.whitewater.sim.clock;

/**
 * A member's own monotonic clock as a function of simulated time: an offset, a drift in parts per
 * million that may change, and jumps forward. It belongs to the machine and outlives its processes.
 * Integer arithmetic throughout, exact for a day.
 */
public final class MemberClock {

    /** {@link #whenShows} of what a frozen clock does not show. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long MILLION = 1_000_000;

    private final long ownPpm;
    private long ppm;
    private long since;
    private long base;

    /**
     * A clock that shows {@code offsetNanos} at simulated time 0 and gains {@code driftPpm} of each
     * million nanoseconds.
     */
    public MemberClock(long offsetNanos, int driftPpm) {
        this.base = offsetNanos;
        this.ownPpm = MILLION + driftPpm;
        this.ppm = ownPpm;
    }

    public int driftPpm() {
        return (int) (ppm - MILLION);
    }

    /** From {@code now} on the clock gains {@code extraPpm} on top of its own drift. */
    public void drift(long now, int extraPpm) {
        rate(now, Math.max(1_000, ownPpm + extraPpm));
    }

    /** From {@code now} on the clock stands still, until it is given a drift. */
    public void freeze(long now) {
        rate(now, 0);
    }

    /** An equal rate changes nothing, not even a rounding. */
    private void rate(long now, long newPpm) {
        if (newPpm == ppm) {
            return;
        }
        base = at(now);
        since = now;
        ppm = newPpm;
    }

    /** What the clock shows at {@code simulated}, which must not be before the last jump. */
    public long at(long simulated) {
        long elapsed = simulated - since;
        if (ppm == MILLION) {
            return base + elapsed;
        }
        return base + elapsed / MILLION * ppm + elapsed % MILLION * ppm / MILLION;
    }

    /**
     * The first simulated time, not before {@code now}, at which the clock shows {@code shown};
     * {@link #NEVER} while it is frozen.
     */
    public long whenShows(long shown, long now) {
        long wait = shown - base;
        if (wait <= 0) {
            return now;
        }
        if (ppm == 0) {
            return NEVER;
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
