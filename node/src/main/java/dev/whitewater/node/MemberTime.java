package dev.whitewater.node;

/**
 * Turns what a member's clock shows into time that passes: nanoseconds since the start and whole
 * ticks, the remainder carried, so that no tick is lost or gained however often the clock is read.
 *
 * <p>A clock that jumps forward lets much time pass at once. One that steps back lets none pass,
 * and time goes on from where it stepped to.
 */
final class MemberTime {

    /** Far beyond any deadline, and far from overflow. */
    private static final long END = Long.MAX_VALUE / 4;

    private final long tickNanos;
    private final long ticksMost;
    private long shown;
    private long elapsed;
    private long ticks;

    MemberTime(long tickNanos) {
        this.tickNanos = tickNanos;
        this.ticksMost = END / tickNanos;
    }

    void start(long now) {
        shown = now;
    }

    /** The clock shows {@code now}; how many ticks have ended since it was read last. */
    long observe(long now) {
        if (now > shown) {
            long passed = now - shown;
            elapsed = passed < 0 || passed > END - elapsed ? END : elapsed + passed;
        }
        shown = now;
        // Most events come within a tick, and a division costs as much as the rest of this.
        if (elapsed - ticks * tickNanos < tickNanos) {
            return 0;
        }
        long before = ticks;
        ticks = elapsed / tickNanos;
        return ticks - before;
    }

    /** Nanoseconds that have passed since the start. */
    long elapsed() {
        return elapsed;
    }

    /** What the clock will show when {@code elapsedThen} nanoseconds have passed. */
    long clockAt(long elapsedThen) {
        return elapsedThen >= END ? Long.MAX_VALUE : shown + (elapsedThen - elapsed);
    }

    /** What the clock will show when {@code more} more ticks have ended. */
    long clockAfterTicks(long more) {
        return more > ticksMost - ticks ? Long.MAX_VALUE : clockAt((ticks + more) * tickNanos);
    }
}
