package dev.whitewater.checker.history;

import dev.whitewater.checker.value.Value;

import java.util.Arrays;

/**
 * Values to small ids and back: within one history, equal values have equal ids. Id 0 is nil. Open
 * addressing, ids in the order of first sight.
 */
public final class Values {
    /** The id of nil. */
    public static final int NIL = 0;

    private Value[] values = new Value[64];

    /** Big values are slow to hash, and are asked for theirs often. */
    private int[] hashes = new int[64];

    private int[] table = new int[128];
    private int size;

    /** How many can be found in the table. */
    private int found;

    public Values() {
        idOf(Value.NIL);
    }

    /** The id of this value, which may be new. */
    public int idOf(Value value) {
        int mask = table.length - 1;
        int hash = spread(value.hashCode());
        int slot = hash & mask;
        while (table[slot] != 0) {
            int known = table[slot] - 1;
            if (hashes[known] == hash && values[known].equals(value)) {
                return table[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        makeRoom();
        hashes[size] = hash;
        values[size] = value;
        table[slot] = ++size;
        if (++found * 2 > table.length) {
            grow();
        }
        return size - 1;
    }

    /**
     * An id for a value that is known to be alone, or too big to be worth looking for: equal ones
     * may have other ids, so nobody may tell keys or written values apart by it.
     */
    public int add(Value value) {
        makeRoom();
        values[size] = value;
        return size++;
    }

    private void makeRoom() {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
            hashes = Arrays.copyOf(hashes, values.length);
        }
    }

    public Value value(int id) {
        return values[id];
    }

    public int size() {
        return size;
    }

    private void grow() {
        int[] bigger = new int[table.length * 2];
        int mask = bigger.length - 1;
        for (int entry : table) {
            if (entry != 0) {
                int slot = hashes[entry - 1] & mask;
                while (bigger[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                bigger[slot] = entry;
            }
        }
        table = bigger;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9e3779b9;
        return mixed ^ (mixed >>> 15);
    }
}
