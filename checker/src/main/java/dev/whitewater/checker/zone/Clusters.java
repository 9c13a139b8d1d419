package dev.whitewater.checker.zone;

import dev.whitewater.checker.history.History;

import java.util.Arrays;

/**
 * The operations on each value of one register, as Gibbons and Korach's zones: from the first
 * return to the last call among them. Cluster 0 is that of the initial value.
 */
final class Clusters {
    static final int NONE = -1;

    /** Time before all events, at which the initial value was written. */
    static final int BEFORE_ALL = -1;

    private final ZoneInput input;

    /** Per value: its cluster in this key, valid where {@link #stamps} says so. */
    private final int[] clusters;

    private final int[] stamps;
    private int stamp;

    int count;
    boolean anySwaps;
    int[] writes = new int[16];
    int[] firstReturns = new int[16];
    int[] lastCalls = new int[16];
    int[] returners = new int[16];
    int[] callers = new int[16];

    /** Somebody who read the value. */
    int[] readers = new int[16];

    /** The cluster whose value this one's writer expected to find, and the one that replaced it. */
    int[] before = new int[16];

    int[] after = new int[16];

    /** Whether somebody saw it or knows that it was written. */
    boolean[] live = new boolean[16];

    Clusters(ZoneInput input) {
        this.input = input;
        clusters = new int[input.valueCount()];
        stamps = new int[input.valueCount()];
    }

    void reset() {
        stamp++;
        count = 0;
        anySwaps = false;
        add(input.initial(), NONE, BEFORE_ALL, BEFORE_ALL);
        live[0] = true;
    }

    private void add(int value, int op, int call, int completion) {
        if (count == writes.length) {
            grow();
        }
        clusters[value] = count;
        stamps[value] = stamp;
        writes[count] = op;
        firstReturns[count] = completion;
        lastCalls[count] = call;
        returners[count] = op;
        callers[count] = op;
        readers[count] = NONE;
        before[count] = NONE;
        after[count] = NONE;
        live[count] = completion != History.OPEN;
        count++;
    }

    private void grow() {
        int length = count * 2;
        writes = Arrays.copyOf(writes, length);
        firstReturns = Arrays.copyOf(firstReturns, length);
        lastCalls = Arrays.copyOf(lastCalls, length);
        returners = Arrays.copyOf(returners, length);
        callers = Arrays.copyOf(callers, length);
        readers = Arrays.copyOf(readers, length);
        before = Arrays.copyOf(before, length);
        after = Arrays.copyOf(after, length);
        live = Arrays.copyOf(live, length);
    }

    /** The value's cluster, or {@link #NONE} when nobody wrote it. */
    int of(int value) {
        return stamps[value] == stamp ? clusters[value] : NONE;
    }

    /** A write or a swap, as it looked at the cut; false if the value had been written before. */
    boolean write(int op, int cut) {
        int value = input.written(op);
        if (stamps[value] == stamp) {
            return false;
        }
        int completion = input.completion(op);
        add(value, op, input.call(op), completion < cut ? completion : History.OPEN);
        anySwaps |= input.access(op) == ZoneInput.SWAP;
        return true;
    }

    /** A read; false if nobody had begun to write what it saw. */
    boolean read(int op) {
        int cluster = of(input.seen(op));
        if (cluster == NONE || endedBefore(op, writes[cluster])) {
            return false;
        }
        live[cluster] = true;
        readers[cluster] = op;
        if (input.completion(op) < firstReturns[cluster]) {
            firstReturns[cluster] = input.completion(op);
            returners[cluster] = op;
        }
        if (input.call(op) > lastCalls[cluster]) {
            lastCalls[cluster] = input.call(op);
            callers[cluster] = op;
        }
        return true;
    }

    boolean endedBefore(int op, int write) {
        return write != NONE && input.completion(op) < input.call(write);
    }

    boolean isForward(int cluster) {
        return firstReturns[cluster] < lastCalls[cluster];
    }
}
