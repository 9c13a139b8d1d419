package dev.whitewater.checker.elle.graph;

import java.util.Arrays;

/** A growing array of ints. */
public final class IntList {
    private int[] items;
    private int size;

    public IntList() {
        this(16);
    }

    public IntList(int capacity) {
        items = new int[Math.max(4, capacity)];
    }

    public void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size + (size >> 1) + 4);
        }
        items[size++] = item;
    }

    public int get(int at) {
        return items[at];
    }

    public void set(int at, int item) {
        items[at] = item;
    }

    /** Removes the last item and returns it. */
    public int pop() {
        return items[--size];
    }

    public int last() {
        return items[size - 1];
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public void clear() {
        size = 0;
    }

    /** The array behind it, of which the first {@link #size()} items count; not a copy. */
    public int[] array() {
        return items;
    }

    public int[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
