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

    /** As many as a long has bits. */
    static final int CAPACITY = 64;

    private static final int FIRST_ROOM = 8;
    private static final Bytes[] NO_KEYS = {};
    private static final long[] NO_COUNTS = {};

    final boolean leaf;
    int size;
    private long[] words = new long[FIRST_ROOM];
    private Object[] slots = new Object[FIRST_ROOM];

    /** Only leaves: which of the histories are of keys that are alive. */
    private long aliveBits;

    /**
     * Only inner nodes: a lower bound of the keys under each slot. A leaf's histories know theirs.
     */
    private Bytes[] bounds;

    /** Only inner nodes: how many keys under each slot are alive. */
    private long[] alive;

    /** The leaf behind; the node itself at the end. */
    IndexNode behind = this;

    /** The leaf before; the node itself at the beginning. */
    IndexNode before = this;

    private int prefix;
    private Bytes prefixOwner = Bytes.EMPTY;

    /** The first eight bytes of the prefix, or the prefix and zeros, and which bits of it count. */
    private long prefixWord = Bytes.EMPTY.word(0);

    private long prefixMask;

    IndexNode(boolean leaf) {
        this.leaf = leaf;
        this.bounds = leaf ? NO_KEYS : new Bytes[FIRST_ROOM];
        this.alive = leaf ? NO_COUNTS : new long[FIRST_ROOM];
    }

    IndexNode child(int at) {
        return (IndexNode) slots[at];
    }

    KeyHistory history(int at) {
        return (KeyHistory) slots[at];
    }

    Bytes key(int at) {
        return leaf ? history(at).key : bounds[at];
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    /**
     * The history of a key, {@link KeyHistory#NONE} if this leaf has none. The prefix needn't be
     * looked at: what is found is compared as a whole.
     */
    KeyHistory exact(Bytes key) {
        long word = key.word(prefix);
        for (int at = firstAtLeast(word); at < size && words[at] == word; at++) {
            KeyHistory history = history(at);
            if (history.isOf(key)) {
                return history;
            }
        }
        return KeyHistory.NONE;
    }

    private int firstAtLeast(long word) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (words[middle] < word) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Where a key stands, or the complement of where it belongs. */
    int find(Bytes key) {
        int order = compareWithPrefix(key);
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
                sign = key(middle).compareTo(key);
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

    /** A key that is long enough is mostly compared without a look at the prefix's own bytes. */
    private int compareWithPrefix(Bytes key) {
        if (key.length() < prefix) {
            return key.comparePrefix(prefixOwner, prefix);
        }
        int order = Long.compare(key.word(0) & prefixMask, prefixWord & prefixMask);
        return order == 0 && prefix > 8 ? key.comparePrefix(prefixOwner, prefix) : order;
    }

    private void setPrefix(Bytes owner, int length) {
        prefixOwner = owner;
        prefix = length;
        prefixWord = owner.word(0);
        prefixMask = length >= 8 ? -1 : length == 0 ? 0 : -1L << (64 - 8 * length);
    }

    /** The slot under which a key is, if it is anywhere: the first is open below. */
    int slotFor(Bytes key) {
        int at = find(key);
        return at >= 0 ? at : Math.max(0, ~at - 1);
    }

    void insertHistory(int at, KeyHistory history, boolean isAlive) {
        makeRoom(at, history.key, history);
        long below = (1L << at) - 1;
        long bit = isAlive ? 1L << at : 0;
        aliveBits = (aliveBits & below) | bit | (aliveBits & ~below) << 1;
        setWord(at, history.key);
    }

    void insertChild(int at, IndexNode child, long aliveUnder) {
        Bytes bound = child.key(0);
        makeRoom(at, bound, child);
        System.arraycopy(bounds, at, bounds, at + 1, size - 1 - at);
        System.arraycopy(alive, at, alive, at + 1, size - 1 - at);
        bounds[at] = bound;
        alive[at] = aliveUnder;
        setWord(at, bound);
    }

    private void makeRoom(int at, Bytes key, Object slot) {
        if (size == slots.length) {
            grow();
        }
        int moved = size - at;
        System.arraycopy(words, at, words, at + 1, moved);
        System.arraycopy(slots, at, slots, at + 1, moved);
        slots[at] = slot;
        size++;
        if (size == 1) {
            setPrefix(key, key.length());
        }
    }

    private void setWord(int at, Bytes key) {
        if (compareWithPrefix(key) == 0) {
            words[at] = key.word(prefix);
        } else {
            findPrefix();
        }
    }

    /** Lowers the first bound of an inner node, below which there must be nothing. */
    void lowerFirst(Bytes key) {
        bounds[0] = key;
        findPrefix();
    }

    void remove(int at) {
        size--;
        int moved = size - at;
        System.arraycopy(words, at + 1, words, at, moved);
        System.arraycopy(slots, at + 1, slots, at, moved);
        slots[size] = KeyHistory.NONE;
        if (leaf) {
            long below = (1L << at) - 1;
            aliveBits = (aliveBits & below) | (aliveBits >>> 1 & ~below);
        } else {
            System.arraycopy(bounds, at + 1, bounds, at, moved);
            System.arraycopy(alive, at + 1, alive, at, moved);
            bounds[size] = Bytes.EMPTY;
        }
    }

    /** Moves the upper half to a new node, which comes behind this one. */
    IndexNode split() {
        IndexNode upper = new IndexNode(leaf);
        int half = size / 2;
        upper.size = size - half;
        upper.words = Arrays.copyOfRange(words, half, half + CAPACITY);
        upper.slots = Arrays.copyOfRange(slots, half, half + CAPACITY);
        Arrays.fill(slots, half, size, KeyHistory.NONE);
        if (leaf) {
            upper.aliveBits = aliveBits >>> half;
            aliveBits &= (1L << half) - 1;
            upper.behind = behind == this ? upper : behind;
            upper.behind.before = upper;
            upper.before = this;
            behind = upper;
        } else {
            upper.bounds = Arrays.copyOfRange(bounds, half, half + CAPACITY);
            upper.alive = Arrays.copyOfRange(alive, half, half + CAPACITY);
            Arrays.fill(bounds, half, size, Bytes.EMPTY);
        }
        size = half;
        upper.setPrefix(prefixOwner, prefix);
        upper.lengthenPrefix();
        lengthenPrefix();
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

    void setAlive(int at, boolean isAlive) {
        aliveBits = isAlive ? aliveBits | 1L << at : aliveBits & ~(1L << at);
    }

    void addAlive(int at, long change) {
        alive[at] += change;
    }

    /** How many keys are alive in or under this node. */
    long aliveTotal() {
        return aliveBelow(size);
    }

    /** How many keys are alive in or under the first {@code slots}. */
    long aliveBelow(int count) {
        if (leaf) {
            return Long.bitCount(count == CAPACITY ? aliveBits : aliveBits & (1L << count) - 1);
        }
        long total = 0;
        for (int at = 0; at < count; at++) {
            total += alive[at];
        }
        return total;
    }

    private void grow() {
        int room = Math.min(CAPACITY, 2 * size);
        words = Arrays.copyOf(words, room);
        slots = Arrays.copyOf(slots, room);
        if (!leaf) {
            bounds = Arrays.copyOf(bounds, room);
            alive = Arrays.copyOf(alive, room);
        }
    }

    /** After a split the old words mostly still do, and the keys needn't be looked at. */
    private void lengthenPrefix() {
        setPrefix(key(0), prefix);
        if (prefixOwner.commonPrefix(key(size - 1)) != prefix) {
            findPrefix();
        }
    }

    private void findPrefix() {
        setPrefix(key(0), key(0).commonPrefix(key(size - 1)));
        for (int at = 0; at < size; at++) {
            words[at] = key(at).word(prefix);
        }
    }
}
