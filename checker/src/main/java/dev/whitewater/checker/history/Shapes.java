package dev.whitewater.checker.history;

import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of names that a history's maps have, each of them once, numbered as they came. */
final class Shapes {
    private final Values table;
    private final List<int[]> ids = new ArrayList<>();
    private final List<Value[]> names = new ArrayList<>();

    /** Numbers from 1 by the hash of the ids, 0 where there is none. */
    private int[] slots = new int[64];

    Shapes(Values table) {
        this.table = table;
    }

    /** The number of this row; if a name is there twice, its id as -id - 1. */
    int of(int[] row, int from, int to) {
        int mask = slots.length - 1;
        int slot = hash(row, from, to) & mask;
        while (slots[slot] != 0) {
            int[] known = ids.get(slots[slot] - 1);
            if (Arrays.equals(known, 0, known.length, row, from, to)) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        int[] added = Arrays.copyOfRange(row, from, to);
        int[] sorted = added.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                return -sorted[i] - 1;
            }
        }
        ids.add(added);
        names.add(lasting(added));
        slots[slot] = ids.size();
        if (ids.size() * 2 > slots.length) {
            grow();
        }
        return ids.size() - 1;
    }

    /** The names of the row with this number, which nobody may change. */
    Value[] names(int shape) {
        return names.get(shape);
    }

    /** The ids of the names of the row with this number, which nobody may change. */
    int[] ids(int shape) {
        return ids.get(shape);
    }

    /** A text by the very string that code asks for it with, which then is found at a glance. */
    private Value[] lasting(int[] row) {
        Value[] values = new Value[row.length];
        for (int i = 0; i < row.length; i++) {
            Value name = table.value(row[i]);
            values[i] = name instanceof Value.Text(String text) ? Value.text(text.intern()) : name;
        }
        return values;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int i = 0; i < ids.size(); i++) {
            int slot = hash(ids.get(i), 0, ids.get(i).length) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i + 1;
        }
    }

    private static int hash(int[] row, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + row[i];
        }
        return hash ^ (hash >>> 15);
    }
}
