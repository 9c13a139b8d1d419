package dev.whitewater.checker.search;

import java.util.Arrays;

/**
 * How each configuration came about: a tree of ordered operations that grows from the root, so that
 * the order can be told at the end. Branches that no configuration needs any more are cut off now
 * and then.
 */
final class Steps {
    static final int ROOT = -1;
    private static final int FIRST_SWEEP = 1 << 20;

    private final Purse purse;
    private int[] operations = new int[1024];
    private int[] parents = new int[1024];
    private int[] events = new int[1024];
    private int size;
    private int nextSweep = FIRST_SWEEP;

    Steps(Purse purse) {
        this.purse = purse;
        purse.take(12L * 1024);
    }

    /** Operation {@code op} was ordered next, while event {@code event} was worked on. */
    int add(int parent, int op, int event) {
        if (size == operations.length) {
            purse.take(12L * size);
            operations = Arrays.copyOf(operations, size * 2);
            parents = Arrays.copyOf(parents, size * 2);
            events = Arrays.copyOf(events, size * 2);
        }
        operations[size] = op;
        parents[size] = parent;
        events[size] = event;
        return size++;
    }

    int operation(int step) {
        return operations[step];
    }

    int event(int step) {
        return events[step];
    }

    /** How many steps lead to each step, itself counted. */
    int[] lengths() {
        int[] lengths = new int[size];
        for (int i = 0; i < size; i++) {
            lengths[i] = parents[i] == ROOT ? 1 : lengths[parents[i]] + 1;
        }
        return lengths;
    }

    /** The steps from the root to this one. */
    int[] path(int step) {
        int length = 0;
        for (int at = step; at != ROOT; at = parents[at]) {
            length++;
        }
        int[] path = new int[length];
        for (int at = step; at != ROOT; at = parents[at]) {
            path[--length] = at;
        }
        return path;
    }

    boolean wantsSweep() {
        return size > nextSweep;
    }

    /** Keeps only what the live rows of this set need. */
    void sweep(ConfigurationSet live) {
        boolean[] needed = new boolean[size];
        for (int row = 0; row < live.size(); row++) {
            if (!live.isDead(row) && live.step(row) != ROOT) {
                needed[live.step(row)] = true;
            }
        }
        for (int i = size - 1; i >= 0; i--) {
            if (needed[i] && parents[i] != ROOT) {
                needed[parents[i]] = true;
            }
        }
        int[] moved = new int[size];
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (needed[i]) {
                operations[kept] = operations[i];
                events[kept] = events[i];
                parents[kept] = parents[i] == ROOT ? ROOT : moved[parents[i]];
                moved[i] = kept++;
            }
        }
        for (int row = 0; row < live.size(); row++) {
            if (!live.isDead(row) && live.step(row) != ROOT) {
                live.step(row, moved[live.step(row)]);
            }
        }
        size = kept;
        nextSweep = Math.max(FIRST_SWEEP, kept * 2);
    }
}
