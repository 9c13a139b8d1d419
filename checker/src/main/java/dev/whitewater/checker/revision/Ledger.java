package dev.whitewater.checker.revision;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;

/**
 * All claims and changes of a history as one list of numbers, sorted by key, then revision, changes
 * before claims at the same revision.
 */
final class Ledger implements Footprints.Sink {
    /** Kinds of entries, in the order in which they count at one revision. */
    static final int SET = 0;

    static final int REMOVED = 1;
    static final int EQUAL = 2;
    static final int DIFFERENT = 3;
    static final int MAYBE = 4;

    /** Bytes of one entry in all columns, and in the two orders of a sort. */
    private static final int BYTES = 3 * Integer.BYTES + Long.BYTES + 1;

    private final History history;
    private final Purse purse;
    private int[] operations = new int[1024];
    private int[] keys = new int[1024];
    private int[] values = new int[1024];
    private long[] revisions = new long[1024];
    private byte[] kinds = new byte[1024];
    private int size;

    Ledger(History history, Purse purse) {
        this.history = history;
        this.purse = purse;
    }

    @Override
    public void equal(int op, int key, int value, long revision) {
        add(op, key, value, revision, EQUAL);
    }

    @Override
    public void different(int op, int key, int value, long revision) {
        add(op, key, value, revision, DIFFERENT);
    }

    @Override
    public void set(int op, int key, int value) {
        add(op, key, value, history.revision(op), SET);
    }

    @Override
    public void removed(int op, int key) {
        add(op, key, 0, history.revision(op), REMOVED);
    }

    @Override
    public void maybe(int op, int key, int value) {
        add(op, key, value, Long.MAX_VALUE, MAYBE);
    }

    private void add(int op, int key, int value, long revision, int kind) {
        if (size == operations.length) {
            purse.take((long) BYTES * size);
            operations = Arrays.copyOf(operations, size * 2);
            keys = Arrays.copyOf(keys, size * 2);
            values = Arrays.copyOf(values, size * 2);
            revisions = Arrays.copyOf(revisions, size * 2);
            kinds = Arrays.copyOf(kinds, size * 2);
        }
        operations[size] = op;
        keys[size] = key;
        values[size] = value;
        revisions[size] = revision;
        kinds[size++] = (byte) kind;
    }

    int size() {
        return size;
    }

    int operation(int entry) {
        return operations[entry];
    }

    int key(int entry) {
        return keys[entry];
    }

    int value(int entry) {
        return values[entry];
    }

    long revision(int entry) {
        return revisions[entry];
    }

    int kind(int entry) {
        return kinds[entry];
    }

    /** Makes an entry another kind: a removal turns out to be a change, or a claim. */
    void kind(int entry, int kind) {
        kinds[entry] = (byte) kind;
    }

    /** Entries sorted by revision, then kind. */
    int[] byRevision() {
        return sorted(false);
    }

    /** Entries sorted by key, then revision, then kind. */
    int[] byKey() {
        return sorted(true);
    }

    /** Merge sort on indices: no boxes, and stable. */
    private int[] sorted(boolean withKey) {
        purse.take(2L * Integer.BYTES * size);
        int[] from = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        int[] to = new int[size];
        for (int width = 1; width < size; width *= 2) {
            purse.look();
            for (int start = 0; start < size; start += 2 * width) {
                merge(from, to, start, width, withKey);
            }
            int[] swapped = from;
            from = to;
            to = swapped;
        }
        return from;
    }

    private void merge(int[] from, int[] to, int start, int width, boolean withKey) {
        int middle = Math.min(start + width, size);
        int end = Math.min(start + 2 * width, size);
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft =
                    left < middle
                            && (right >= end || compare(from[left], from[right], withKey) <= 0);
            to[at] = takeLeft ? from[left++] : from[right++];
        }
    }

    private int compare(int one, int other, boolean withKey) {
        if (withKey && keys[one] != keys[other]) {
            return Integer.compare(keys[one], keys[other]);
        }
        int byRevision = Long.compare(revisions[one], revisions[other]);
        return byRevision != 0 ? byRevision : Integer.compare(kinds[one], kinds[other]);
    }
}
