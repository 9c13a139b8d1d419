package dev.whitewater.scenarios.explore;

import java.util.Arrays;

/** From long keys, none of them 0, to ints; open addressing, and it only grows. */
final class LongIntMap {

    static final int MISSING = -1;

    private long[] keys = new long[1 << 12];
    private int[] values = new int[1 << 12];
    private int size;

    int get(long key) {
        int at = place(keys, key);
        return keys[at] == 0 ? MISSING : values[at];
    }

    /** Puts what is not there yet; whether it was not. */
    boolean putIfMissing(long key, int value) {
        int at = place(keys, key);
        if (keys[at] != 0) {
            return false;
        }
        keys[at] = key;
        values[at] = value;
        size++;
        if (size * 2L > keys.length) {
            grow();
        }
        return true;
    }

    /** Puts, in place of what was there. */
    void put(long key, int value) {
        if (!putIfMissing(key, value)) {
            values[place(keys, key)] = value;
        }
    }

    int size() {
        return size;
    }

    private static int place(long[] keys, long key) {
        int mask = keys.length - 1;
        int at = (int) Hashes.mix(key) & mask;
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = Arrays.copyOf(oldValues, keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = place(keys, oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
