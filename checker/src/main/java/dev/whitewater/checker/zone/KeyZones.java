package dev.whitewater.checker.zone;

import dev.whitewater.checker.history.History;

import java.util.Arrays;

/**
 * One register whose values are written at most once each (Gibbons and Korach, "Testing shared
 * memories", 1997). All operations on one value stand together in any legal order. Let a value's
 * zone stretch between the first return and the last call among its operations: if the return comes
 * first the value must have been there over all that time (a forward zone), else any instant of the
 * zone will do (a backward zone). The history is linearizable if and only if no read returned
 * before its write was called, no two forward zones overlap, and no backward zone lies inside a
 * forward one.
 *
 * <p>An unanswered write that nobody read is left out; one that was read returns, as it were,
 * never. The initial value counts as written before all time.
 */
final class KeyZones {
    static final int NONE = -1;

    /** Time before all events, at which the initial value was written. */
    private static final int BEFORE_ALL = -1;

    private final ZoneInput input;

    /** Per value: its cluster in this key, valid where {@link #stamps} says so. */
    private final int[] clusters;

    private final int[] stamps;
    private int stamp;

    private int count;
    private int[] writes = new int[16];
    private int[] firstReturns = new int[16];
    private int[] lastCalls = new int[16];
    private int[] returners = new int[16];
    private int[] callers = new int[16];
    private boolean[] live = new boolean[16];

    private int badRead = NONE;
    private int badOne = NONE;
    private int badOther = NONE;
    private long[] forward = new long[16];
    private int forwards;

    KeyZones(ZoneInput input) {
        this.input = input;
        clusters = new int[input.valueCount()];
        stamps = new int[input.valueCount()];
    }

    /** What came out for one key. */
    enum Outcome {
        VALID,
        INVALID,
        /** Some value is written twice, or some operation is no plain read or write. */
        NOT_APPLICABLE
    }

    /**
     * Judges the operations {@code order[from..to)}, all of one key and in the order of calls, as
     * they looked at event {@code cut}: what was called later isn't there, what returned later is
     * unanswered.
     */
    Outcome judge(int[] order, int from, int to, int cut) {
        reset();
        for (int i = from; i < to; i++) {
            int op = order[i];
            if (input.call(op) >= cut) {
                continue;
            }
            switch (input.access(op)) {
                case ZoneInput.WRITE -> {
                    if (!write(op, cut)) {
                        return Outcome.NOT_APPLICABLE;
                    }
                }
                case ZoneInput.OTHER -> {
                    return Outcome.NOT_APPLICABLE;
                }
                default -> {
                    // reads come when all writes are known
                }
            }
        }
        for (int i = from; i < to; i++) {
            int op = order[i];
            if (input.access(op) == ZoneInput.READ && input.completion(op) < cut && !read(op)) {
                badRead = op;
                return Outcome.INVALID;
            }
        }
        return zonesClash() ? Outcome.INVALID : Outcome.VALID;
    }

    private void reset() {
        stamp++;
        count = 0;
        badRead = NONE;
        badOne = NONE;
        badOther = NONE;
        cluster(input.initial(), NONE, BEFORE_ALL, BEFORE_ALL, true);
    }

    private void cluster(int value, int op, int call, int completion, boolean answered) {
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
        live[count++] = answered;
    }

    private void grow() {
        int length = count * 2;
        writes = Arrays.copyOf(writes, length);
        firstReturns = Arrays.copyOf(firstReturns, length);
        lastCalls = Arrays.copyOf(lastCalls, length);
        returners = Arrays.copyOf(returners, length);
        callers = Arrays.copyOf(callers, length);
        live = Arrays.copyOf(live, length);
    }

    private boolean write(int op, int cut) {
        int value = input.written(op);
        if (stamps[value] == stamp) {
            return false;
        }
        int completion = input.completion(op);
        boolean answered = completion < cut;
        cluster(value, op, input.call(op), answered ? completion : History.OPEN, answered);
        return true;
    }

    private boolean read(int op) {
        int value = input.seen(op);
        if (stamps[value] != stamp) {
            return false;
        }
        int cluster = clusters[value];
        int write = writes[cluster];
        if (write != NONE && input.completion(op) < input.call(write)) {
            return false;
        }
        live[cluster] = true;
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

    private boolean isForward(int cluster) {
        return firstReturns[cluster] < lastCalls[cluster];
    }

    private boolean zonesClash() {
        forwards = 0;
        if (forward.length < count) {
            forward = new long[count * 2];
        }
        for (int c = 0; c < count; c++) {
            if (live[c] && isForward(c)) {
                forward[forwards++] = (long) firstReturns[c] << 32 | c;
            }
        }
        Arrays.sort(forward, 0, forwards);
        for (int i = 1; i < forwards; i++) {
            if (clash((int) forward[i - 1], (int) forward[i])) {
                return true;
            }
        }
        for (int c = 0; c < count; c++) {
            if (live[c] && !isForward(c)) {
                int around = forwardAt(lastCalls[c]);
                if (around != NONE && clash(around, c)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The forward zone that starts last at or before an event, if any. */
    private int forwardAt(int event) {
        int found = Arrays.binarySearch(forward, 0, forwards, ((long) event + 1) << 32);
        int place = found >= 0 ? found : -found - 1;
        return place == 0 ? NONE : (int) forward[place - 1];
    }

    /** Whether each of the two must stand before the other. */
    private boolean clash(int one, int other) {
        if (firstReturns[one] < lastCalls[other] && firstReturns[other] < lastCalls[one]) {
            badOne = one;
            badOther = other;
            return true;
        }
        return false;
    }

    /** The operations that prove the last judgement: a read alone, or up to three of two values. */
    int[] proof() {
        if (badRead != NONE) {
            int value = input.seen(badRead);
            int write = stamps[value] == stamp ? writes[clusters[value]] : NONE;
            return write == NONE ? new int[] {badRead} : distinct(badRead, write);
        }
        return distinct(
                writes[badOne],
                returners[badOne],
                callers[badOne],
                writes[badOther],
                returners[badOther],
                callers[badOther]);
    }

    private static int[] distinct(int... operations) {
        return Arrays.stream(operations).filter(op -> op != NONE).sorted().distinct().toArray();
    }

    /**
     * An order of the operations of the last, valid judgement. Every operation of a forward zone
     * takes effect inside it, a backward zone at its first instant outside of forward ones; a write
     * before its reads.
     */
    int[] order(int[] order, int from, int to) {
        return order(order, from, to, History.OPEN);
    }

    /** The same after a judgement that was cut at this event. */
    int[] order(int[] order, int from, int to, int cut) {
        long[][] points = new long[to - from][];
        int size = 0;
        for (int i = from; i < to; i++) {
            int op = order[i];
            boolean write = input.access(op) == ZoneInput.WRITE;
            boolean read = input.access(op) == ZoneInput.READ && input.completion(op) < cut;
            if (input.call(op) >= cut || (!write && !read)) {
                continue;
            }
            int cluster = clusters[write ? input.written(op) : input.seen(op)];
            if (live[cluster]) {
                points[size++] = new long[] {point(op, cluster), cluster, write ? 0 : 1, op};
            }
        }
        long[][] sorted = Arrays.copyOf(points, size);
        Arrays.sort(sorted, Arrays::compare);
        return Arrays.stream(sorted).mapToInt(point -> (int) point[3]).toArray();
    }

    /**
     * Twice the instant, plus one for backward zones: they follow a forward zone that ends there.
     */
    private long point(int op, int cluster) {
        if (isForward(cluster)) {
            int write = writes[cluster];
            long written = write == NONE ? BEFORE_ALL : input.call(write);
            long start = Math.max(written, firstReturns[cluster]);
            return 2 * Math.max(start, input.call(op));
        }
        int start = lastCalls[cluster];
        int around = forwardAt(start);
        return 2L * (around == NONE ? start : Math.max(start, lastCalls[around])) + 1;
    }
}
