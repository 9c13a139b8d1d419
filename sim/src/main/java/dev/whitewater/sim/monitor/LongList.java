package dev.whitewater.sim.monitor;

import java.util.Arrays;

/** Longs by place, without boxes; what was never set is 0. */
final class LongList {

    private long[] values = new long[64];

    long get(long place) {
        return place < values.length ? values[(int) place] : 0;
    }

    void set(long place, long value) {
        if (place >= values.length) {
            values = Arrays.copyOf(values, Math.max((int) place + 1, 2 * values.length));
        }
        values[(int) place] = value;
    }
}
