package dev.whitewater.store.kv;

import dev.whitewater.store.Bytes;

import java.util.Arrays;

/**
 * The histories once more, by hash: where {@link KeyIndex} would walk down its tree, and wait for
 * memory a dozen times in a large store, a key that is known is found here with two such waits, one
 * for the table and one for the history.
 *
 * <p>Extendible hashing (Fagin et al., 1979): a directory of segments by the first bits of the
 * hash; a full segment is split alone, so no write ever pays for moving the whole table. The hash
 * isn't secret, so somebody can choose keys that meet in one segment: then it stays as it is, says
 * so, and what it has no room for is looked up in the tree, in O(log n) as ever.
 */
final class KeyTable {
    private static final int FIRST_SLOTS = 8;
    private static final int SLOTS_MOST = 128;

    /** Splitting stops when the directory has one entry for fewer keys than this. */
    private static final int KEYS_PER_ENTRY_LEAST = 8;

    private Segment[] directory = {new Segment(0, FIRST_SLOTS)};

    /** The slots of the segments, which is all that a look needs. */
    private KeyHistory[][] slots = {directory[0].slots};

    /** The directory has 2^bits entries. */
    private int bits;

    private int size;

    private int entry(int tag) {
        return (int) (Integer.toUnsignedLong(tag) >>> (32 - bits));
    }

    /** The history of a key; {@link KeyHistory#NONE} if there is none, or none here. */
    KeyHistory get(Bytes key) {
        int tag = KeyHistory.tag(key);
        KeyHistory[] there = slots[entry(tag)];
        int mask = there.length - 1;
        for (int at = tag & mask; there[at] != null; at = (at + 1) & mask) {
            if (there[at].isOf(key, tag)) {
                return there[at];
            }
        }
        return KeyHistory.NONE;
    }

    /** Whether a key that isn't found here may still have a history. */
    boolean isIncompleteFor(Bytes key) {
        return directory[entry(KeyHistory.tag(key))].incomplete;
    }

    /** Adds the history of a key that has none, if there is room. */
    void add(KeyHistory history) {
        int entry = entry(history.tag);
        while (directory[entry].isFull()) {
            Segment full = directory[entry];
            if (full.slots.length < SLOTS_MOST) {
                full.grow();
                slots[entry] = full.slots;
            } else if (!split(full, history.tag)) {
                full.incomplete = true;
                return;
            }
            entry = entry(history.tag);
        }
        directory[entry].insert(history);
        size++;
    }

    void remove(KeyHistory history) {
        size -= directory[entry(history.tag)].remove(history) ? 1 : 0;
    }

    /** False if that would make the directory longer than the number of keys is worth. */
    private boolean split(Segment full, int tag) {
        if (full.depth == bits) {
            if ((long) directory.length * KEYS_PER_ENTRY_LEAST > size) {
                return false;
            }
            doubleDirectory();
        }
        Segment lower = new Segment(full.depth + 1, SLOTS_MOST);
        Segment upper = new Segment(full.depth + 1, SLOTS_MOST);
        full.divide(lower, upper);
        int half = 1 << (bits - full.depth - 1);
        int first = entry(tag) & -(2 * half);
        Arrays.fill(directory, first, first + half, lower);
        Arrays.fill(directory, first + half, first + 2 * half, upper);
        Arrays.fill(slots, first, first + half, lower.slots);
        Arrays.fill(slots, first + half, first + 2 * half, upper.slots);
        return true;
    }

    private void doubleDirectory() {
        Segment[] twice = new Segment[2 * directory.length];
        KeyHistory[][] twiceSlots = new KeyHistory[twice.length][];
        for (int at = 0; at < twice.length; at++) {
            twice[at] = directory[at / 2];
            twiceSlots[at] = slots[at / 2];
        }
        directory = twice;
        slots = twiceSlots;
        bits++;
    }

    /**
     * Open addressing with linear probing by the last bits of the tag, at most half full: few
     * probes meet another key, whose history would be one more wait.
     */
    private static final class Segment {

        /** How many first bits of the tag all in here have in common. */
        private final int depth;

        private KeyHistory[] slots;
        private int used;
        private boolean incomplete;

        private Segment(int depth, int room) {
            this.depth = depth;
            slots = new KeyHistory[room];
        }

        private boolean isFull() {
            return 2 * (used + 1) > slots.length;
        }

        private void insert(KeyHistory history) {
            int mask = slots.length - 1;
            int at = history.tag & mask;
            while (slots[at] != null) {
                at = (at + 1) & mask;
            }
            slots[at] = history;
            used++;
        }

        /** Closes the gap, so that whatever probed past it is still found. */
        private boolean remove(KeyHistory history) {
            int mask = slots.length - 1;
            int gap = history.tag & mask;
            while (slots[gap] != history) {
                if (slots[gap] == null) {
                    return false;
                }
                gap = (gap + 1) & mask;
            }
            for (int at = (gap + 1) & mask; slots[at] != null; at = (at + 1) & mask) {
                int fromHome = (at - slots[at].tag) & mask;
                if (fromHome >= ((at - gap) & mask)) {
                    slots[gap] = slots[at];
                    gap = at;
                }
            }
            slots[gap] = null;
            used--;
            return true;
        }

        private void grow() {
            KeyHistory[] old = slots;
            slots = new KeyHistory[2 * old.length];
            used = 0;
            for (KeyHistory history : old) {
                if (history != null) {
                    insert(history);
                }
            }
        }

        private void divide(Segment lower, Segment upper) {
            lower.incomplete = incomplete;
            upper.incomplete = incomplete;
            for (KeyHistory history : slots) {
                if (history != null) {
                    boolean high = (history.tag << depth) < 0;
                    (high ? upper : lower).insert(history);
                }
            }
        }
    }
}
