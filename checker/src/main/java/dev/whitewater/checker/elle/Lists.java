package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.graph.IntList;

import java.util.Arrays;

/**
 * The lists that reads returned. In a history without anomalies all lists read from one key are
 * prefixes of the longest, so the longest alone is kept (the key's trunk) and a read is the length
 * of its prefix. A list that doesn't fit the trunk as it stood is kept whole ("odd"). A reference
 * is the length, or the complement of the odd list's number.
 */
final class Lists {
    private static final int[] EMPTY = {};

    private int[][] trunks = new int[16][];
    private int[] lengths = new int[16];
    private final IntList oddStarts = new IntList();
    private final IntList oddValues = new IntList();
    private final IntList oddKeys = new IntList();

    Lists() {
        oddStarts.add(0);
    }

    /** Keeps a list read from a key and returns the reference to it. */
    int add(int key, int[] values, int from, int to) {
        ensure(key);
        int length = to - from;
        int[] trunk = trunks[key];
        int known = lengths[key];
        int common = Math.min(length, known);
        if (!Arrays.equals(trunk, 0, common, values, from, from + common)) {
            return odd(key, values, from, to);
        }
        if (length > known) {
            if (length > trunk.length) {
                trunk = Arrays.copyOf(trunk, length + (length >> 1) + 4);
                trunks[key] = trunk;
            }
            System.arraycopy(values, from + known, trunk, known, length - known);
            lengths[key] = length;
        }
        return length;
    }

    private int odd(int key, int[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            oddValues.add(values[i]);
        }
        oddStarts.add(oddValues.size());
        oddKeys.add(key);
        return ~(oddKeys.size() - 1);
    }

    private void ensure(int key) {
        while (key >= trunks.length) {
            trunks = Arrays.copyOf(trunks, trunks.length * 2);
            lengths = Arrays.copyOf(lengths, lengths.length * 2);
        }
        if (trunks[key] == null) {
            trunks[key] = EMPTY;
        }
    }

    int trunkLength(int key) {
        return key < lengths.length ? lengths[key] : 0;
    }

    int length(int reference) {
        return reference >= 0
                ? reference
                : oddStarts.get(~reference + 1) - oddStarts.get(~reference);
    }

    int element(int key, int reference, int at) {
        return reference >= 0 ? trunks[key][at] : oddValues.get(oddStarts.get(~reference) + at);
    }

    /** The last element; the list isn't empty. */
    int last(int key, int reference) {
        return element(key, reference, length(reference) - 1);
    }

    int odds() {
        return oddKeys.size();
    }

    /** The key from which an odd list was read. */
    int oddKey(int odd) {
        return oddKeys.get(odd);
    }

    /** Whether the first list is a prefix of the second. */
    boolean isPrefix(int key, int first, int second) {
        int length = length(first);
        if (length > length(second)) {
            return false;
        }
        return (first >= 0 && second >= 0) || sameUpTo(key, first, second, length);
    }

    /** Whether both lists hold the same. */
    boolean same(int key, int first, int second) {
        return first == second || (length(first) == length(second) && isPrefix(key, first, second));
    }

    private boolean sameUpTo(int key, int first, int second, int length) {
        for (int i = 0; i < length; i++) {
            if (element(key, first, i) != element(key, second, i)) {
                return false;
            }
        }
        return true;
    }
}
