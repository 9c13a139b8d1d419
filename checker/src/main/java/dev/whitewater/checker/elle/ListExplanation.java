package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.search.Purse;

/** Why one transaction over lists depends on another, in words. */
final class ListExplanation implements Explanation {
    private final TransactionHistory history;
    private final Purse purse;
    private final ListVersions versions;

    ListExplanation(TransactionHistory history, ListVersions versions, Purse purse) {
        this.purse = purse;
        this.history = history;
        this.versions = versions;
    }

    @Override
    public String because(Pair pair, int kind) {
        for (int m = history.start(pair.to()); m < history.end(pair.to()); m++) {
            purse.steps(1L + history.end(pair.from()) - history.start(pair.from()));
            boolean writes = history.kind(m) == TransactionHistory.WRITE;
            if (kind == EdgeKind.WW && writes && writerBefore(m) == pair.from()) {
                return overwrites(pair, m);
            }
            if (kind == EdgeKind.WR && !writes && writerSeen(m) == pair.from()) {
                return reads(pair, m);
            }
            if (kind == EdgeKind.RW && writes && readBefore(pair.from(), m) >= 0) {
                return missed(pair, m);
            }
        }
        throw new IllegalStateException(
                "explanation: expected a dependency of kind "
                        + kind
                        + " from "
                        + history.describe(pair.from())
                        + " to "
                        + history.describe(pair.to()));
    }

    private String overwrites(Pair pair, int append) {
        int key = history.key(append);
        return pair.toName()
                + "'s append of "
                + history.valueText(history.value(append))
                + " to key "
                + history.keyText(key)
                + (versions.place(append) >= 0 ? " comes right after " : " comes after ")
                + pair.fromName()
                + "'s append of "
                + history.valueText(versions.element(key, placeBefore(append)));
    }

    private String reads(Pair pair, int read) {
        return pair.toName()
                + " read key "
                + history.keyText(history.key(read))
                + " with "
                + history.valueText(history.lists().last(history.key(read), history.value(read)))
                + " as its last element, which "
                + pair.fromName()
                + " had appended";
    }

    private String missed(Pair pair, int append) {
        int read = readBefore(pair.from(), append);
        return pair.fromName()
                + " read key "
                + history.keyText(history.key(append))
                + " as "
                + history.describeRead(read)
                + ", without "
                + history.valueText(history.value(append))
                + ", which "
                + pair.toName()
                + " appended";
    }

    private int placeBefore(int append) {
        int place = versions.place(append);
        return (place >= 0 ? place : versions.count(history.key(append))) - 1;
    }

    private int writerBefore(int append) {
        int before = placeBefore(append);
        return before < 0 ? -1 : versions.possibleWriter(history.key(append), before);
    }

    private int writerSeen(int read) {
        int next = history.kind(read) == TransactionHistory.READ ? versions.next(read) : -1;
        return next <= 0 ? -1 : versions.possibleWriter(history.key(read), next - 1);
    }

    /**
     * The transaction's read of the version just before the append's; negative if there is none.
     */
    private int readBefore(int reader, int append) {
        for (int m = history.start(reader); m < history.end(reader); m++) {
            if (history.kind(m) == TransactionHistory.READ
                    && history.key(m) == history.key(append)
                    && versions.next(m) == placeBefore(append) + 1) {
                return m;
            }
        }
        return -1;
    }
}
