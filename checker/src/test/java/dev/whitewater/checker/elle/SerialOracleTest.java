package dev.whitewater.checker.elle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.elle.model.ConsistencyModel;
import dev.whitewater.checker.elle.sim.Chance;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/**
 * The checks against the definition on tiny histories: a history is serializable iff its
 * transactions, one at a time in some order, give what was read; strictly so iff that order agrees
 * with time. A last transaction reads every key, so that all versions are known and the checks have
 * no excuse.
 */
class SerialOracleTest {
    private static final int HISTORIES = 6_000;
    private static final int KEYS = 2;

    @Test
    void listsAreSerializableExactlyWhenSomeSerialOrderExplainsThem() {
        int invalid = compare(ConsistencyModel.SERIALIZABLE, false);
        assertTrue(invalid > HISTORIES / 10 && invalid < HISTORIES * 9 / 10, "invalid " + invalid);
    }

    @Test
    void listsAreStrictlySerializableExactlyWhenSuchAnOrderAgreesWithTime() {
        int invalid = compare(ConsistencyModel.STRONG_SERIALIZABLE, true);
        assertTrue(invalid > HISTORIES / 10 && invalid < HISTORIES * 9 / 10, "invalid " + invalid);
    }

    private static int compare(ConsistencyModel model, boolean timed) {
        ElleOptions options = ElleOptions.defaults().expecting(model);
        int invalid = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<Txn> transactions = random(new Chance(seed));
            ElleResult result = ListAppend.check(history(transactions), options);
            boolean serial = extend(transactions, new ArrayList<>(), new int[KEYS], timed);
            if (result.verdict() != Verdict.UNKNOWN) {
                String where = "seed " + seed + ": " + result;
                assertEquals(serial, result.verdict() == Verdict.VALID, where);
            }
            invalid += serial ? 0 : 1;
        }
        return invalid;
    }

    /** Whether what is left can follow what has been done, given how long each list is by now. */
    private static boolean extend(List<Txn> left, List<Txn> done, int[] lengths, boolean timed) {
        if (left.isEmpty()) {
            return true;
        }
        for (Txn next : left) {
            List<Txn> rest = new ArrayList<>(left);
            rest.remove(next);
            boolean early = timed && rest.stream().anyMatch(other -> other.end < next.begin);
            int[] after = lengths.clone();
            if (!early && next.fits(after)) {
                done.add(next);
                if (extend(rest, done, after, timed)) {
                    return true;
                }
                done.removeLast();
            }
        }
        return false;
    }

    /**
     * Each key's list is 1, 2, 3, … in the order of its versions; who appends what and reads how
     * far is drawn, transactions begin in their order and overlap.
     */
    private static List<Txn> random(Chance chance) {
        int count = 2 + chance.below(4);
        List<Txn> transactions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            transactions.add(new Txn(2 * i, 2 * i + 1 + 2 * chance.below(3)));
        }
        for (int key = 0; key < KEYS; key++) {
            int appends = chance.below(3) + 1;
            List<Txn> writers = new ArrayList<>(transactions);
            for (int element = 1; element <= appends && !writers.isEmpty(); element++) {
                Txn writer = writers.remove(chance.below(writers.size()));
                writer.operations.add(new int[] {key, -element});
            }
            for (Txn reader : transactions) {
                if (chance.percent(40)) {
                    reader.operations.addFirst(new int[] {key, chance.below(appends + 1)});
                }
            }
        }
        Txn last = new Txn(1000, 1001);
        for (int key = 0; key < KEYS; key++) {
            last.operations.add(new int[] {key, appended(transactions, key)});
        }
        transactions.add(last);
        return transactions;
    }

    private static int appended(List<Txn> transactions, int key) {
        return (int)
                transactions.stream()
                        .flatMap(txn -> txn.operations.stream())
                        .filter(operation -> operation[0] == key && operation[1] < 0)
                        .count();
    }

    private static TransactionHistory history(List<Txn> transactions) {
        HistoryBuilder builder = new HistoryBuilder(Workload.LIST_APPEND);
        for (int time = 0; time <= 1001; time++) {
            for (int process = 0; process < transactions.size(); process++) {
                Txn txn = transactions.get(process);
                if (txn.begin == time) {
                    builder.begin(OpType.INVOKE, process).end();
                }
                if (txn.end == time) {
                    builder.begin(OpType.OK, process);
                    txn.operations.forEach(operation -> add(builder, operation));
                    builder.end();
                }
            }
        }
        return builder.build();
    }

    private static void add(HistoryBuilder builder, int[] operation) {
        if (operation[1] < 0) {
            builder.append(operation[0], -operation[1]);
            return;
        }
        long[] list = new long[operation[1]];
        for (int i = 0; i < list.length; i++) {
            list[i] = i + 1L;
        }
        builder.readList(operation[0], list);
    }

    /** Operations are (key, -element) for an append and (key, length) for a read. */
    private static final class Txn {
        private final int begin;
        private final int end;
        private final List<int[]> operations = new ArrayList<>();

        Txn(int begin, int end) {
            this.begin = begin;
            this.end = end;
        }

        boolean fits(int[] lengths) {
            for (int[] operation : operations) {
                if (operation[1] >= 0 && lengths[operation[0]] != operation[1]) {
                    return false;
                }
                if (operation[1] < 0 && ++lengths[operation[0]] != -operation[1]) {
                    return false;
                }
            }
            return true;
        }
    }
}
