package dev.whitewater.raft.progress;

import dev.whitewater.raft.Check;

import java.util.Arrays;

/** The appends that a follower has not answered yet, named by the last index of each; a window. */
final class InFlight {

    private final int capacity;
    private long[] lasts = new long[8];
    private int start;
    private int count;

    InFlight(int capacity) {
        this.capacity = capacity;
    }

    boolean isFull() {
        return count >= capacity;
    }

    int count() {
        return count;
    }

    void add(long last) {
        Check.below("in-flight-window", count, capacity);
        if (count == lasts.length) {
            grow();
        }
        lasts[(start + count) & (lasts.length - 1)] = last;
        count++;
    }

    /** Everything up to {@code index} arrived. */
    void freeUpTo(long index) {
        while (count > 0 && lasts[start] <= index) {
            freeFirst();
        }
    }

    void freeFirst() {
        start = (start + 1) & (lasts.length - 1);
        count--;
    }

    void clear() {
        start = 0;
        count = 0;
    }

    private void grow() {
        long[] larger = Arrays.copyOf(lasts, lasts.length * 2);
        for (int i = 0; i < count; i++) {
            larger[i] = lasts[(start + i) & (lasts.length - 1)];
        }
        lasts = larger;
        start = 0;
    }
}
