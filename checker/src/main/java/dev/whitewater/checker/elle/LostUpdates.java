package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Lost updates: committed transactions that read the same version of a key and then wrote the key.
 * The order of the writes need not be known, which is why this finds what no cycle shows.
 */
final class LostUpdates {
    private final TransactionHistory history;
    private final Findings findings;
    private final IntUnaryOperator slotOf;
    private final Purse purse;
    private long[] updates = new long[64];
    private int count;

    /**
     * @param slotOf for a read a number that is the same iff key and version are
     */
    LostUpdates(
            TransactionHistory history, Findings findings, IntUnaryOperator slotOf, Purse purse) {
        this.purse = purse;
        this.history = history;
        this.findings = findings;
        this.slotOf = slotOf;
    }

    void find() {
        SameKey sameKey = new SameKey(history);
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (history.isOk(t) && sameKey.of(t)) {
                collect(t, sameKey);
            }
        }
        Arrays.sort(updates, 0, count);
        for (int first = 0; first < count; ) {
            int end = first + 1;
            while (end < count && updates[end] >>> 32 == updates[first] >>> 32) {
                end++;
            }
            if (end - first > 1) {
                report(first, end);
            }
            first = end;
        }
    }

    private void collect(int t, SameKey sameKey) {
        for (int m = history.start(t); m < history.end(t); m++) {
            if (history.kind(m) == TransactionHistory.WRITE) {
                int read = externalReadBefore(m, sameKey);
                if (read >= 0) {
                    add((long) slotOf.applyAsInt(read) << 32 | t);
                }
            }
        }
    }

    /** The read with which the transaction's use of the key began, if this is its first write. */
    private int externalReadBefore(int write, SameKey sameKey) {
        int first = -1;
        for (int m = sameKey.before(write); m >= 0; m = sameKey.before(m)) {
            purse.step();
            if (history.kind(m) == TransactionHistory.WRITE) {
                return -1;
            }
            first = m;
        }
        return first >= 0 && history.kind(first) == TransactionHistory.READ ? first : -1;
    }

    private void add(long update) {
        if (count == updates.length) {
            purse.take((long) Long.BYTES * count);
            updates = Arrays.copyOf(updates, count * 2);
        }
        updates[count++] = update;
    }

    private void report(int first, int end) {
        List<Integer> transactions = new ArrayList<>();
        for (int i = first; i < end; i++) {
            transactions.add((int) updates[i]);
        }
        findings.add(Anomaly.LOST_UPDATE, transactions, () -> explain(transactions));
    }

    private String explain(List<Integer> transactions) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < transactions.size(); i++) {
            text.append("T").append(i + 1).append(" = ");
            text.append(history.describe(transactions.get(i))).append("\n");
        }
        return text.append("All of them replaced the same version of a key, each after reading it")
                .append(": only one can have replaced what it read")
                .toString();
    }
}
