package dev.whitewater.checker.format;

/** Numbers to small non-negative numbers, by open addressing. */
final class LongIntMap {
    static final int ABSENT = -1;

    private long[] keys = new long[64];

    /** The value plus one; 0 where the slot is free, -1 where the key is absent again. */
    private int[] values = new int[64];

    private int size;

    int get(long key) {
        int stored = values[slot(key)];
        return stored <= 0 ? ABSENT : stored - 1;
    }

    /** Sets the value; {@link #ABSENT} removes it. */
    void put(long key, int value) {
        int slot = slot(key);
        if (values[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        values[slot] = value == ABSENT ? -1 : value + 1;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9e3779b97f4a7c15L;
        int slot = (int) (mixed >>> 33) & mask;
        while (values[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
