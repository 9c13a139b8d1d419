package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.elle.graph.LongIntMap;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * The order of each list's versions, from the longest list that was read: appends can't be
 * reordered, so a list of n elements names its n versions. A version's number is that of its last
 * element, counted over all keys; before each key's first version there is its initial state.
 *
 * <p>A key is regular when all lists read from it are prefixes of one without repetition. On a
 * regular key the length of a list is its place in the order; the others are looked up one by one.
 */
final class ListVersions {
    static final int NONE = -1;

    /** In all arrays, maps half full included. */
    private static final int BYTES_PER_OPERATION = 40;

    private final TransactionHistory history;
    private final Purse purse;
    private final int[] transactionOf;
    private final LongIntMap writes;
    private final int[] firsts;
    private final int[] elements;
    private final int[] writers;
    private final int[] places;
    private final BitSet irregular = new BitSet();
    private final LongIntMap irregularPlaces = new LongIntMap(16);
    // While the trunks are gone through: the appends whose elements were met, and the elements met
    // that nobody is known to have appended.
    private final BitSet placed = new BitSet();
    private final LongIntMap strangers = new LongIntMap(16);
    private int duplicateAppend = NONE;

    ListVersions(TransactionHistory history, Purse purse) {
        purse.take((long) BYTES_PER_OPERATION * history.operations());
        this.history = history;
        this.purse = purse;
        this.transactionOf = transactions(history);
        this.writes = indexWrites();
        int[] longest = longest();
        this.firsts = new int[history.keys() + 1];
        IntList all = new IntList(history.operations());
        for (int key = 0; key < history.keys(); key++) {
            addDistinct(all, key, longest[key]);
            firsts[key + 1] = all.size();
        }
        this.elements = all.toArray();
        this.writers = new int[elements.length];
        this.places = new int[history.operations()];
        Arrays.fill(places, NONE);
        placeWrites();
    }

    private static int[] transactions(TransactionHistory history) {
        int[] transactionOf = new int[history.operations()];
        for (int t = 0; t < history.size(); t++) {
            Arrays.fill(transactionOf, history.start(t), history.end(t), t);
        }
        return transactionOf;
    }

    private LongIntMap indexWrites() {
        LongIntMap index = new LongIntMap(history.operations() / 2);
        for (int m = 0; m < history.operations(); m++) {
            purse.step();
            if (history.kind(m) == TransactionHistory.WRITE) {
                int before = index.put(name(history.key(m), history.value(m)), m);
                if (before != LongIntMap.ABSENT && duplicateAppend == NONE) {
                    duplicateAppend = m;
                }
            }
        }
        return index;
    }

    private static long name(int key, int element) {
        return ((long) key << 32) | (element & 0xffffffffL);
    }

    /** A reference to the longest list per key. */
    private int[] longest() {
        Lists lists = history.lists();
        int[] longest = new int[history.keys()];
        for (int key = 0; key < longest.length; key++) {
            longest[key] = lists.trunkLength(key);
        }
        for (int odd = 0; odd < lists.odds(); odd++) {
            int key = lists.oddKey(odd);
            irregular.set(key);
            if (lists.length(~odd) > lists.length(longest[key])) {
                longest[key] = ~odd;
            }
        }
        return longest;
    }

    private void addDistinct(IntList all, int key, int reference) {
        Lists lists = history.lists();
        int first = all.size();
        int length = lists.length(reference);
        LongIntMap seen = irregular.get(key) ? new LongIntMap(length) : null;
        for (int i = 0; i < length; i++) {
            purse.step();
            int element = lists.element(key, reference, i);
            if (seen == null && isRepeated(key, element, i)) {
                irregular.set(key);
                seen = new LongIntMap(length);
                for (int j = first; j < all.size(); j++) {
                    seen.put(all.get(j), j);
                }
            }
            if (seen == null || seen.put(element, i) == LongIntMap.ABSENT) {
                all.add(element);
            }
        }
        if (seen != null) {
            purse.take((long) BYTES_PER_OPERATION * length);
            for (int i = first; i < all.size(); i++) {
                purse.step();
                irregularPlaces.put(name(key, all.get(i)), i - first);
            }
        }
    }

    /** Whether the trunk has the element earlier. */
    private boolean isRepeated(int key, int element, int at) {
        int writer = writes.get(name(key, element));
        if (writer != LongIntMap.ABSENT) {
            boolean repeated = placed.get(writer);
            placed.set(writer);
            return repeated;
        }
        return strangers.put(name(key, element), at) != LongIntMap.ABSENT;
    }

    private void placeWrites() {
        for (int key = 0; key < history.keys(); key++) {
            for (int v = firsts[key]; v < firsts[key + 1]; v++) {
                purse.step();
                writers[v] = writes.get(name(key, elements[v]));
                if (writers[v] != NONE) {
                    places[writers[v]] = v - firsts[key];
                }
            }
        }
    }

    /** An append whose element was appended to the same key before, if there is one. */
    Optional<String> duplicateAppend() {
        return duplicateAppend == NONE
                ? Optional.empty()
                : Optional.of(
                        "element "
                                + history.valueText(history.value(duplicateAppend))
                                + " was appended to key "
                                + history.keyText(history.key(duplicateAppend))
                                + " more than once: the order of versions can't be told from"
                                + " reads");
    }

    boolean isRegular(int key) {
        return !irregular.get(key);
    }

    int transactionOf(int operation) {
        return transactionOf[operation];
    }

    /** The number of versions of a key, the initial one not counted. */
    int count(int key) {
        return firsts[key + 1] - firsts[key];
    }

    int element(int key, int place) {
        return elements[firsts[key] + place];
    }

    /** The append that made a version; {@link #NONE} if nobody is known to have. */
    int writer(int key, int place) {
        return writers[firsts[key] + place];
    }

    /** The append of an element, seen or not; {@link #NONE} if nobody is known to have. */
    int writerOf(int key, int element) {
        return writes.get(name(key, element));
    }

    /**
     * The transaction that made a version and isn't known to have failed; {@link #NONE} if none.
     */
    int possibleWriter(int key, int place) {
        int writer = writer(key, place);
        return writer == NONE || history.isFailed(transactionOf[writer])
                ? NONE
                : transactionOf[writer];
    }

    /** Where in its key's order an append is; {@link #NONE} if no read shows it. */
    int place(int append) {
        return places[append];
    }

    /**
     * The number of the first version that the read didn't see, within its key; {@link #NONE} if
     * its last element is not in the order.
     */
    int next(int read) {
        int key = history.key(read);
        int reference = history.value(read);
        if (reference == 0 || (reference > 0 && !irregular.get(key))) {
            return reference;
        }
        Lists lists = history.lists();
        if (lists.length(reference) == 0) {
            return 0;
        }
        int place = irregularPlaces.get(name(key, lists.last(key, reference)));
        return place == LongIntMap.ABSENT ? NONE : place + 1;
    }

    /** A number for (key, next version), dense over all keys. */
    int slot(int key, int next) {
        return firsts[key] + key + next;
    }

    int slots() {
        return elements.length + history.keys();
    }
}
