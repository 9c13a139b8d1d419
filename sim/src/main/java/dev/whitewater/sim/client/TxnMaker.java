package dev.whitewater.sim.client;

import dev.whitewater.sim.random.Dice;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Compare;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.Txn;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Makes transactions of all shapes: several keys, ranges of the present and the past among writes,
 * nested ones, conditions that fail, operations that make the whole transaction fail.
 */
final class TxnMaker {

    private final Dice dice;
    private final Known known;
    private final IntFunction<Bytes> values;
    private int writes;

    /** What clients have seen so far. */
    interface Known {

        int keys();

        /** The revision of the last write of a key that some client saw; 0: it saw none. */
        long modRevision(int key);

        /** The hash-free value that was seen last; empty if the key was absent. */
        String value(int key);

        /** A revision not far behind the newest that any client was told of, or of it. */
        long pastRevision(Dice dice);
    }

    /**
     * For one transaction.
     *
     * @param values the values to write, one after the other
     */
    TxnMaker(Dice dice, Known known, IntFunction<Bytes> values) {
        this.dice = dice;
        this.known = known;
        this.values = values;
    }

    Txn make() {
        return make(1);
    }

    private Txn make(int depth) {
        List<Compare> compares = new ArrayList<>();
        for (int left = dice.below(3); left > 0; left--) {
            compares.add(compare());
        }
        return new Txn(compares, steps(1 + dice.below(3), depth), steps(dice.below(3), depth));
    }

    private List<Operation> steps(int most, int depth) {
        List<Operation> steps = new ArrayList<>();
        TreeSet<Integer> touched = new TreeSet<>();
        for (int i = 0; i < most; i++) {
            int kind = dice.below(10);
            int key = dice.below(known.keys());
            if (kind < 4 && touched.add(key)) {
                steps.add(put(key));
            } else if (kind < 5 && touched.add(key)) {
                steps.add(deletion(key));
            } else if (kind == 9 && depth > 0 && steps.isEmpty()) {
                // Alone among the writes: what is nested may touch any key.
                steps.add(make(depth - 1));
                break;
            } else {
                steps.add(range(key));
            }
        }
        return steps;
    }

    private Put put(int key) {
        Put put = Put.of(key(key), values.apply(writes++));
        if (dice.oneIn(30)) {
            // No such lease: nothing of the transaction may happen.
            return put.withLease(1L << 50);
        }
        return dice.oneIn(4) ? put.withPrevious() : put;
    }

    private DeleteRange deletion(int key) {
        DeleteRange delete = DeleteRange.of(key(key));
        return dice.oneIn(3) ? delete.withPrevious() : delete;
    }

    Range range(int key) {
        Range range = Range.of(dice.oneIn(2) ? keys(key) : KeyRange.single(key(key)));
        if (dice.oneIn(4)) {
            range = range.withRevision(known.pastRevision(dice));
        }
        if (dice.oneIn(4)) {
            range = range.withLimit(1 + dice.below(3));
        }
        return switch (dice.below(8)) {
            case 0 -> range.keysOnly();
            case 1 -> range.countOnly();
            default -> range;
        };
    }

    /** Several keys, from {@code key} on. */
    KeyRange keys(int key) {
        return switch (dice.below(4)) {
            case 0 -> KeyRange.prefix(Bytes.utf8("k"));
            case 1 -> KeyRange.from(key(key));
            default -> between(key(key), key(dice.below(known.keys())));
        };
    }

    /** By the order of bytes, in which k10 is before k2; at least one key. */
    private static KeyRange between(Bytes one, Bytes other) {
        int order = one.compareTo(other);
        if (order == 0) {
            return KeyRange.between(one, one.next());
        }
        return order < 0 ? KeyRange.between(one, other) : KeyRange.between(other, one);
    }

    private Compare compare() {
        int key = dice.below(known.keys());
        Bytes name = key(key);
        Compare.Relation equal = Compare.Relation.EQUAL;
        Compare compare =
                switch (dice.below(8)) {
                    case 0 -> Compare.version(name, Compare.Relation.GREATER, 0);
                    case 1 -> Compare.createRevision(name, equal, 0);
                    case 2 -> Compare.modRevision(name, Compare.Relation.LESS, past());
                    case 3, 4 -> Compare.modRevision(name, equal, known.modRevision(key));
                    case 5 -> Compare.lease(name, equal, 0);
                    case 6 -> Compare.value(name, equal, Bytes.utf8(known.value(key)));
                    default -> Compare.value(name, Compare.Relation.NOT_EQUAL, Bytes.EMPTY);
                };
        return dice.oneIn(5) ? compare.over(keys(key)) : compare;
    }

    private long past() {
        return known.pastRevision(dice);
    }

    static Bytes key(int key) {
        return Bytes.utf8("k" + key);
    }
}
