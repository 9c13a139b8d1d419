package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.graph.LongIntMap;

/** For the operations of one transaction at a time, the operation before on the same key. */
final class SameKey {
    private static final int SHORT = 16;
    private static final int NONE = -1;

    private final TransactionHistory history;
    private int start;
    private int[] previous = new int[SHORT];
    private boolean repeats;

    SameKey(TransactionHistory history) {
        this.history = history;
    }

    /** Looks at another transaction; says whether it uses any key more than once. */
    boolean of(int transaction) {
        start = history.start(transaction);
        int count = history.end(transaction) - start;
        repeats = false;
        if (count > previous.length) {
            previous = new int[count * 2];
        }
        if (count <= SHORT) {
            pairwise(count);
        } else {
            byMap(count);
        }
        return repeats;
    }

    /** The operation before this one on its key; negative if there is none. */
    int before(int operation) {
        return previous[operation - start];
    }

    private void pairwise(int count) {
        for (int i = 0; i < count; i++) {
            int key = history.key(start + i);
            int found = NONE;
            for (int j = i - 1; j >= 0; j--) {
                if (history.key(start + j) == key) {
                    found = start + j;
                    repeats = true;
                    break;
                }
            }
            previous[i] = found;
        }
    }

    private void byMap(int count) {
        LongIntMap last = new LongIntMap(count);
        for (int i = 0; i < count; i++) {
            int before = last.put(history.key(start + i), start + i);
            repeats |= before != LongIntMap.ABSENT;
            previous[i] = before;
        }
    }
}
