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
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size] = hash;
        values[size] = value;
        table[slot] = ++size;
        if (size * 2 > table.length) {
            grow();
        }
        return size - 1;
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
        for (int id = 0; id < size; id++) {
            int slot = hashes[id] & mask;
            while (bigger[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            bigger[slot] = id + 1;
        }
        table = bigger;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9e3779b9;
        return mixed ^ (mixed >>> 15);
    }
}
