package dev.whitewater.checker.etcd;

import java.util.Arrays;

/** The revisions that answered changes made, rising; the others are free for unanswered ones. */
final class Revisions {
    private long[] owned = new long[64];
    private int size;

    /** The next owned revision, greater than all before. */
    void add(long revision) {
        if (size == owned.length) {
            owned = Arrays.copyOf(owned, size * 2);
        }
        owned[size++] = revision;
    }

    boolean isFree(long revision) {
        return Arrays.binarySearch(owned, 0, size, revision) < 0;
    }

    /** How many revisions after {@code low} and up to {@code high} are free. */
    long free(long low, long high) {
        return high <= low ? 0 : high - low - (upTo(high) - upTo(low));
    }

    private int upTo(long revision) {
        int place = Arrays.binarySearch(owned, 0, size, revision);
        return place >= 0 ? place + 1 : -place - 1;
    }

    int size() {
        return size;
    }
}
