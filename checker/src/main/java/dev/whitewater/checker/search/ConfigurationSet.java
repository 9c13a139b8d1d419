package dev.whitewater.checker.search;

import java.util.Arrays;

/**
 * A set of configurations, kept free of dominated ones. A row is a state, hard words and soft words
 * ({@link Slots}); of two rows with the same state and hard words, the one whose soft bits are a
 * subset of the other's can do all that the other can, so the other is dropped. That is what keeps
 * unanswered operations cheap: using one needlessly is dominated by not using it.
 */
final class ConfigurationSet {
    private static final int NONE = -1;

    private final int hardWords;
    private final int width;
    private final Purse purse;
    private long[] rows;
    private int[] links;
    private int[] steps;
    private int[] table = new int[64];
    private int used;
    private int size;
    private int alive;

    ConfigurationSet(int hardWords, int softWords, Purse purse) {
        this.hardWords = hardWords;
        this.width = 1 + hardWords + softWords;
        this.purse = purse;
        rows = new long[16 * width];
        links = new int[16];
        steps = new int[16];
        purse.take(bytes(16));
        Arrays.fill(table, NONE);
    }

    private long bytes(int capacity) {
        return capacity * (width * 8L + 8);
    }

    void clear() {
        size = 0;
        alive = 0;
        if (used > 0) {
            Arrays.fill(table, NONE);
            used = 0;
        }
    }

    /** Rows ever added since the last clear; some may be dead. */
    int size() {
        return size;
    }

    int alive() {
        return alive;
    }

    boolean isDead(int row) {
        return steps[row] == NONE - 1;
    }

    int state(int row) {
        return (int) rows[row * width];
    }

    int step(int row) {
        return steps[row];
    }

    void step(int row, int step) {
        steps[row] = step;
    }

    boolean hard(int row, int bit) {
        return (rows[row * width + 1 + (bit >> 6)] >>> bit & 1) != 0;
    }

    boolean soft(int row, int bit) {
        return (rows[row * width + 1 + hardWords + (bit >> 6)] >>> bit & 1) != 0;
    }

    /** Sets a soft bit in place: for changes that treat rows of the same state alike. */
    void setSoft(int row, int bit) {
        rows[row * width + 1 + hardWords + (bit >> 6)] |= 1L << bit;
    }

    /** Copies a row into a scratch row of {@link #width}. */
    void copyTo(int row, long[] scratch) {
        System.arraycopy(rows, row * width, scratch, 0, width);
    }

    int width() {
        return width;
    }

    /** Adds a row unless one that is there dominates it. Returns its place, or -1. */
    int add(long[] row, int step) {
        int keyWords = 1 + hardWords;
        int slot = hash(row, keyWords) & (table.length - 1);
        while (table[slot] != NONE && !sameKey(table[slot], row, keyWords)) {
            slot = (slot + 1) & (table.length - 1);
        }
        int head = table[slot];
        for (int other = head; other != NONE; other = links[other]) {
            if (!isDead(other)) {
                int relation = compare(other, row);
                if (relation <= 0) {
                    return NONE;
                }
                if (relation == 1) {
                    steps[other] = NONE - 1;
                    alive--;
                }
            }
        }
        int place = append(row, step);
        links[place] = head;
        table[slot] = place;
        if (head == NONE && ++used * 2 > table.length) {
            grow(keyWords);
        }
        return place;
    }

    private int append(long[] row, int step) {
        if (size == links.length) {
            purse.take(bytes(size));
            rows = Arrays.copyOf(rows, rows.length * 2);
            links = Arrays.copyOf(links, size * 2);
            steps = Arrays.copyOf(steps, size * 2);
        }
        System.arraycopy(row, 0, rows, size * width, width);
        steps[size] = step;
        alive++;
        return size++;
    }

    private boolean sameKey(int place, long[] row, int keyWords) {
        int start = place * width;
        for (int i = 0; i < keyWords; i++) {
            if (rows[start + i] != row[i]) {
                return false;
            }
        }
        return true;
    }

    /** 0 or less: the placed row dominates; 1: it is dominated; 2: neither. */
    private int compare(int place, long[] row) {
        boolean placedExtra = false;
        boolean rowExtra = false;
        int start = place * width;
        for (int i = 1 + hardWords; i < width; i++) {
            long placed = rows[start + i];
            placedExtra |= (placed & ~row[i]) != 0;
            rowExtra |= (row[i] & ~placed) != 0;
        }
        if (!placedExtra) {
            return 0;
        }
        return rowExtra ? 2 : 1;
    }

    private void grow(int keyWords) {
        int[] old = table;
        purse.take(4L * old.length);
        table = new int[old.length * 2];
        Arrays.fill(table, NONE);
        long[] row = new long[width];
        for (int head : old) {
            if (head != NONE) {
                copyTo(head, row);
                int slot = hash(row, keyWords) & (table.length - 1);
                while (table[slot] != NONE) {
                    slot = (slot + 1) & (table.length - 1);
                }
                table[slot] = head;
            }
        }
    }

    private static int hash(long[] row, int words) {
        long hash = 0;
        for (int i = 0; i < words; i++) {
            hash = (hash ^ row[i]) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash ^ (hash >>> 32));
    }
}
