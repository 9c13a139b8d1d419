package dev.whitewater.sim.monitor;

import java.util.Arrays;

/**
 * How long each leader has had to notice something: its own clock, on which a jump or a pause of
 * the process counts as one election timeout at most, since nothing can be noticed in between.
 */
final class Patience {

    private final LeasePromises.Clocks clocks;
    private final long electionNanos;
    private final long[] lasted;
    private final long[] readings;

    Patience(LeasePromises.Clocks clocks, int members, long electionNanos) {
        this.clocks = clocks;
        this.electionNanos = electionNanos;
        lasted = new long[members + 1];
        readings = new long[members + 1];
        Arrays.fill(readings, Long.MIN_VALUE / 2);
    }

    /** The leader has handled an event. */
    void turned(int leader) {
        long reading = clocks.reading(leader);
        lasted[leader] += Math.min(electionNanos, reading - readings[leader]);
        readings[leader] = reading;
    }

    /** Rises only while the member leads. */
    long of(int leader) {
        return lasted[leader];
    }

    /** What the member's clock shows. */
    long reading(int member) {
        return clocks.reading(member);
    }

    long electionNanos() {
        return electionNanos;
    }
}
