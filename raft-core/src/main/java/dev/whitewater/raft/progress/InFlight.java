package dev.whitewater.raft.progress;

import dev.whitewater.raft.Check;

import java.util.Arrays;

/**
 * The appends that a follower has not answered yet, each named by its last index: a window, bounded
 * by their number and by their bytes.
 */
final class InFlight {

    private final int capacity;
    private final long maxBytes;
    private long[] lasts = new long[8];
    private long[] sizes = new long[8];
    private int start;
    private int count;
    private long bytes;

    InFlight(int capacity, long maxBytes) {
        this.capacity = capacity;
        this.maxBytes = maxBytes;
    }

    boolean isFull() {
        return count >= capacity || bytes >= maxBytes;
    }

    int count() {
        return count;
    }

    void add(long last, long size) {
        Check.below("in-flight-window", count, capacity);
        if (count == lasts.length) {
            grow();
        }
        int at = (start + count) & (lasts.length - 1);
        lasts[at] = last;
        sizes[at] = size;
        bytes += size;
        count++;
    }

    /** Everything up to {@code index} arrived. */
    void freeUpTo(long index) {
        while (count > 0 && lasts[start] <= index) {
            freeFirst();
        }
    }

    void freeFirst() {
        bytes -= sizes[start];
        start = (start + 1) & (lasts.length - 1);
        count--;
    }

    void clear() {
        start = 0;
        count = 0;
        bytes = 0;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append(lasts[(start + i) & (lasts.length - 1)]);
        }
        return text.toString();
    }

    private void grow() {
        lasts = unrolled(lasts);
        sizes = unrolled(sizes);
        start = 0;
    }

    private long[] unrolled(long[] ring) {
        long[] larger = Arrays.copyOf(ring, ring.length * 2);
        for (int i = 0; i < count; i++) {
            larger[i] = ring[(start + i) & (ring.length - 1)];
        }
        return larger;
    }
}
