package dev.whitewater.sim.pack;

import java.util.Arrays;

/**
 * Numbers by index from 1 on, kept as runs of equal ones: the terms of a log take a few words
 * however long the log is. Indexes that were skipped have the number of the run before.
 */
public final class ValueRuns {
    private long[] starts = new long[8];
    private long[] values = new long[8];
    private int size;
    private long last;

    /** The greatest index; 0 if there is none. */
    public long last() {
        return last;
    }

    /** The number at {@code index}; 0 outside of what was put. */
    public long get(long index) {
        if (index > last || size == 0) {
            return 0;
        }
        if (index >= starts[size - 1]) {
            return values[size - 1];
        }
        int run = runAt(index);
        return run < 0 ? 0 : values[run];
    }

    /** Where the run that {@code index}, which was put, belongs to begins. */
    public long startOfRun(long index) {
        return starts[runAt(index)];
    }

    private int runAt(long index) {
        int at = Arrays.binarySearch(starts, 0, size, index);
        return at >= 0 ? at : -at - 2;
    }

    /** Puts a number at {@code index}, which becomes the last: all that followed is dropped. */
    public void put(long index, long value) {
        while (size > 0 && starts[size - 1] >= index) {
            size--;
        }
        if (size == 0 || values[size - 1] != value) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            starts[size] = index;
            values[size] = value;
            size++;
        }
        last = index;
    }
}
