package dev.whitewater.store.kv;

import dev.whitewater.store.Bytes;

import java.util.Arrays;

/**
 * A node of {@link KeyIndex}: keys in order, and under each a history (leaf) or another node.
 *
 * <p>All keys of a node begin with the same {@code prefix} bytes, and of each the eight bytes after
 * them are kept beside, as a number. Almost every comparison is one of such numbers, in one array,
 * and doesn't touch the key: a search costs a few cache lines a level instead of three for every
 * key compared.
 */
final class IndexNode {
    static final int CAPACITY = 64;
    private static final int FIRST_ROOM = 8;

    final boolean leaf;
    int size;
    Bytes[] keys = new Bytes[FIRST_ROOM];
    private long[] words = new long[FIRST_ROOM];
    Object[] slots = new Object[FIRST_ROOM];

    /** Only inner nodes: how many keys under each slot are alive. */
    long[] alive;

    /** The leaf before and behind; the node itself at either end. */
    IndexNode before = this;

    IndexNode behind = this;

    private int prefix;
    private Bytes prefixOwner = Bytes.EMPTY;

    IndexNode(boolean leaf) {
        this.leaf = leaf;
        this.alive = leaf ? new long[0] : new long[FIRST_ROOM];
    }

    IndexNode child(int at) {
        return (IndexNode) slots[at];
    }

    KeyHistory history(int at) {
        return (KeyHistory) slots[at];
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    /** Where a key stands, or the complement of where it belongs. */
    int find(Bytes key) {
        int order = key.comparePrefix(prefixOwner, prefix);
        if (order != 0) {
            return order < 0 ? ~0 : ~size;
        }
        long word = key.word(prefix);
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int sign = Long.compare(words[middle], word);
            if (sign == 0) {
                sign = keys[middle].compareTo(key);
            }
            if (sign == 0) {
                return middle;
            }
            if (sign < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return ~low;
    }

    /** The slot under which a key is, if it is anywhere: the first is open below. */
    int slotFor(Bytes key) {
        int at = find(key);
        return at >= 0 ? at : Math.max(0, ~at - 1);
    }

    void insert(int at, Bytes key, Object slot, long aliveUnder) {
        if (size == keys.length) {
            grow();
        }
        int moved = size - at;
        System.arraycopy(keys, at, keys, at + 1, moved);
        System.arraycopy(words, at, words, at + 1, moved);
        System.arraycopy(slots, at, slots, at + 1, moved);
        keys[at] = key;
        slots[at] = slot;
        if (!leaf) {
            System.arraycopy(alive, at, alive, at + 1, moved);
            alive[at] = aliveUnder;
        }
        size++;
        if (size > 1 && key.comparePrefix(prefixOwner, prefix) == 0) {
            words[at] = key.word(prefix);
        } else {
            findPrefix();
        }
    }

    /** Lowers the first key of an inner node, which bounds what is under its first slot. */
    void lowerFirst(Bytes key) {
        keys[0] = key;
        findPrefix();
    }

    void remove(int at) {
        size--;
        int moved = size - at;
        System.arraycopy(keys, at + 1, keys, at, moved);
        System.arraycopy(words, at + 1, words, at, moved);
        System.arraycopy(slots, at + 1, slots, at, moved);
        keys[size] = Bytes.EMPTY;
        slots[size] = KeyHistory.NONE;
        if (!leaf) {
            System.arraycopy(alive, at + 1, alive, at, moved);
        }
    }

    /** Moves the upper half to a new node, which comes behind this one. */
    IndexNode split() {
        IndexNode upper = new IndexNode(leaf);
        int half = size / 2;
        upper.size = size - half;
        upper.keys = Arrays.copyOfRange(keys, half, half + CAPACITY);
        upper.words = new long[CAPACITY];
        upper.slots = Arrays.copyOfRange(slots, half, half + CAPACITY);
        Arrays.fill(keys, half, size, Bytes.EMPTY);
        Arrays.fill(slots, half, size, KeyHistory.NONE);
        if (!leaf) {
            upper.alive = Arrays.copyOfRange(alive, half, half + CAPACITY);
        }
        size = half;
        findPrefix();
        upper.findPrefix();
        if (leaf) {
            upper.behind = behind == this ? upper : behind;
            upper.behind.before = upper;
            upper.before = this;
            behind = upper;
        }
        return upper;
    }

    /** Takes a leaf out of the chain. */
    void unlink() {
        boolean first = before == this;
        boolean last = behind == this;
        if (!first) {
            before.behind = last ? before : behind;
        }
        if (!last) {
            behind.before = first ? behind : before;
        }
    }

    /** How many keys are alive in or under this node. */
    long aliveTotal() {
        return aliveBelow(size);
    }

    /** How many keys are alive in or under the first {@code slots}. */
    long aliveBelow(int count) {
        long total = 0;
        for (int at = 0; at < count; at++) {
            if (leaf) {
                total += history(at).isAlive() ? 1 : 0;
            } else {
                total += alive[at];
            }
        }
        return total;
    }

    private void grow() {
        int room = Math.min(CAPACITY, 2 * size);
        keys = Arrays.copyOf(keys, room);
        words = Arrays.copyOf(words, room);
        slots = Arrays.copyOf(slots, room);
        alive = leaf ? alive : Arrays.copyOf(alive, room);
    }

    private void findPrefix() {
        prefixOwner = keys[0];
        prefix = keys[0].commonPrefix(keys[size - 1]);
        for (int at = 0; at < size; at++) {
            words[at] = keys[at].word(prefix);
        }
    }
}
