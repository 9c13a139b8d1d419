package dev.whitewater.node.wal;

import java.util.Arrays;

/**
 * The term of every index of a log, kept as the indexes at which it changes: a log has few terms.
 */
final class TermRuns {

    private long[] starts = new long[8];
    private long[] terms = new long[8];
    private int size;
    private long last;

    long last() {
        return last;
    }

    /** The term at {@code index}; 0 where the log has no entry. */
    long termAt(long index) {
        if (index > last) {
            return 0;
        }
        int at = Arrays.binarySearch(starts, 0, size, index);
        int run = at >= 0 ? at : -at - 2;
        return run < 0 ? 0 : terms[run];
    }

    /** The log begins anew after the entry at {@code index}. */
    void reset(long index, long term) {
        size = 0;
        put(index, term);
    }

    /** Puts an entry at {@code index}, after which the log ends. */
    void put(long index, long term) {
        while (size > 0 && starts[size - 1] >= index) {
            size--;
        }
        if (size == 0 || terms[size - 1] != term) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size);
                terms = Arrays.copyOf(terms, 2 * size);
            }
            starts[size] = index;
            terms[size] = term;
            size++;
        }
        last = index;
    }
}
