package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is wrong with lists without looking at cycles: reads of aborted or intermediate state,
 * transactions that contradict themselves, lists that can't be versions of one list.
 */
final class ListAnomalies {
    private final TransactionHistory history;
    private final ListVersions versions;
    private final Lists lists;
    private final Findings findings;
    private final Purse purse;
    private final int[] firstFailed;
    private final BitSet intermediate;
    private final Map<Integer, Integer> oddSlots = new TreeMap<>(this::compareReads);

    ListAnomalies(
            TransactionHistory history, ListVersions versions, Findings findings, Purse purse) {
        this.history = history;
        this.versions = versions;
        this.lists = history.lists();
        this.findings = findings;
        this.purse = purse;
        this.firstFailed = firstFailed();
        this.intermediate = new BitSet(history.operations());
    }

    void find() {
        SameKey sameKey = new SameKey(history);
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (sameKey.of(t)) {
                markIntermediate(t, sameKey);
                if (history.isOk(t)) {
                    internal(t, sameKey);
                    futureRead(t, sameKey);
                }
            }
        }
        reads();
        dirtyUpdates();
        incompatibleOrders();
        new LostUpdates(history, findings, this::slotOf, purse).find();
    }

    private int[] firstFailed() {
        int[] first = new int[history.keys()];
        for (int key = 0; key < first.length; key++) {
            first[key] = Integer.MAX_VALUE;
            for (int place = 0; place < versions.count(key); place++) {
                purse.step();
                int writer = versions.writer(key, place);
                if (writer >= 0 && history.isFailed(versions.transactionOf(writer))) {
                    first[key] = place;
                    break;
                }
            }
        }
        return first;
    }

    /** Marks the appends that the same transaction follows by another to the same key. */
    private void markIntermediate(int t, SameKey sameKey) {
        for (int m = history.start(t); m < history.end(t); m++) {
            if (history.kind(m) != TransactionHistory.WRITE) {
                continue;
            }
            int before = sameKey.before(m);
            while (before >= 0 && history.kind(before) != TransactionHistory.WRITE) {
                purse.step();
                before = sameKey.before(before);
            }
            if (before >= 0) {
                intermediate.set(before);
            }
        }
    }

    /** Cerone's INT: what a transaction reads agrees with what it read and appended before. */
    private void internal(int t, SameKey sameKey) {
        for (int m = history.start(t); m < history.end(t); m++) {
            if (history.kind(m) == TransactionHistory.READ && !agrees(m, sameKey)) {
                int read = m;
                findings.add(
                        Anomaly.INTERNAL,
                        List.of(t),
                        () ->
                                "T1 = "
                                        + history.describe(t)
                                        + "\n"
                                        + history.describeOperation(read)
                                        + " does not fit what the transaction itself did to key "
                                        + history.keyText(history.key(read))
                                        + " before");
                return;
            }
        }
    }

    private boolean agrees(int read, SameKey sameKey) {
        int key = history.key(read);
        int list = history.value(read);
        int length = lists.length(list);
        int before = sameKey.before(read);
        while (before >= 0 && history.kind(before) == TransactionHistory.WRITE) {
            purse.step();
            length--;
            if (length < 0 || lists.element(key, list, length) != history.value(before)) {
                return false;
            }
            before = sameKey.before(before);
        }
        if (before < 0) {
            return true;
        }
        int earlier = history.value(before);
        purse.steps(length);
        return lists.length(earlier) == length && lists.isPrefix(key, earlier, list);
    }

    private void futureRead(int t, SameKey sameKey) {
        for (int m = history.start(t); m < history.end(t); m++) {
            if (history.kind(m) != TransactionHistory.WRITE) {
                continue;
            }
            for (int before = sameKey.before(m); before >= 0; before = sameKey.before(before)) {
                purse.step();
                if (history.kind(before) == TransactionHistory.READ && shows(before, m)) {
                    int append = m;
                    findings.add(
                            Anomaly.FUTURE_READ,
                            List.of(t),
                            () ->
                                    "T1 = "
                                            + history.describe(t)
                                            + "\nT1 read element "
                                            + history.valueText(history.value(append))
                                            + " of key "
                                            + history.keyText(history.key(append))
                                            + " before it appended it");
                    return;
                }
            }
        }
    }

    /** Whether the list that was read has the element that was appended. */
    private boolean shows(int read, int append) {
        int key = history.key(read);
        if (versions.isRegular(key)) {
            int place = versions.place(append);
            return place >= 0 && place < lists.length(history.value(read));
        }
        return contains(key, history.value(read), history.value(append));
    }

    private boolean contains(int key, int list, int element) {
        for (int i = 0; i < lists.length(list); i++) {
            purse.step();
            if (lists.element(key, list, i) == element) {
                return true;
            }
        }
        return false;
    }

    private void reads() {
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (history.isFailed(t)) {
                continue;
            }
            for (int m = history.start(t); m < history.end(t); m++) {
                if (history.kind(m) == TransactionHistory.READ && history.value(m) != 0) {
                    if (history.isOk(t)) {
                        abortedRead(t, m);
                        intermediateRead(t, m);
                    }
                    if (!versions.isRegular(history.key(m))) {
                        duplicates(t, m);
                    }
                }
            }
        }
    }

    private void abortedRead(int t, int read) {
        int key = history.key(read);
        int list = history.value(read);
        if (versions.isRegular(key) && list <= firstFailed[key]) {
            return;
        }
        for (int i = 0; i < lists.length(list); i++) {
            purse.step();
            int writer = versions.writerOf(key, lists.element(key, list, i));
            if (writer >= 0 && history.isFailed(versions.transactionOf(writer))) {
                addRead(Anomaly.G1A, t, writer, "appended, although T2 aborted");
            }
        }
    }

    private void intermediateRead(int t, int read) {
        int key = history.key(read);
        int list = history.value(read);
        if (lists.length(list) == 0) {
            return;
        }
        int writer =
                versions.isRegular(key)
                        ? versions.writer(key, list - 1)
                        : versions.writerOf(key, lists.last(key, list));
        if (writer >= 0 && intermediate.get(writer) && versions.transactionOf(writer) != t) {
            addRead(Anomaly.G1B, t, writer, "appended in passing: T2 appended more to the key");
        }
    }

    private void addRead(Anomaly type, int reader, int writer, String what) {
        int by = versions.transactionOf(writer);
        findings.add(
                type,
                List.of(reader, by),
                () ->
                        "T1 = "
                                + history.describe(reader)
                                + "\nT2 = "
                                + history.describe(by)
                                + "\nT1 read element "
                                + history.valueText(history.value(writer))
                                + " of key "
                                + history.keyText(history.key(writer))
                                + ", which T2 "
                                + what);
    }

    private void duplicates(int t, int read) {
        int key = history.key(read);
        int list = history.value(read);
        purse.steps(lists.length(list));
        int[] sorted = new int[lists.length(list)];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = lists.element(key, list, i);
        }
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                int element = sorted[i];
                findings.add(
                        Anomaly.DUPLICATE_ELEMENTS,
                        List.of(t),
                        () ->
                                "T1 = "
                                        + history.describe(t)
                                        + "\nT1 read element "
                                        + history.valueText(element)
                                        + " more than once in key "
                                        + history.keyText(key)
                                        + ", to which it was appended once");
                return;
            }
        }
    }

    /** Along each key's order, a committed append over aborted ones, whatever is in between. */
    private void dirtyUpdates() {
        for (int key = 0; key < history.keys(); key++) {
            int aborted = -1;
            for (int place = firstFailed[key]; place < versions.count(key); place++) {
                int writer = versions.writer(key, place);
                if (writer < 0) {
                    continue;
                }
                int t = versions.transactionOf(writer);
                if (history.isFailed(t)) {
                    aborted = aborted < 0 ? writer : aborted;
                } else if (history.isOk(t)) {
                    if (aborted >= 0) {
                        addDirtyUpdate(aborted, writer);
                    }
                    aborted = -1;
                }
            }
        }
    }

    private void addDirtyUpdate(int aborted, int committed) {
        int first = versions.transactionOf(aborted);
        int second = versions.transactionOf(committed);
        findings.add(
                Anomaly.DIRTY_UPDATE,
                List.of(first, second),
                () ->
                        "T1 = "
                                + history.describe(first)
                                + "\nT2 = "
                                + history.describe(second)
                                + "\nT2 committed element "
                                + history.valueText(history.value(committed))
                                + " of key "
                                + history.keyText(history.key(committed))
                                + " on top of element "
                                + history.valueText(history.value(aborted))
                                + " of T1, which aborted");
    }

    private void incompatibleOrders() {
        BitSet reported = new BitSet();
        for (int odd = 0; odd < lists.odds(); odd++) {
            purse.steps(1L + lists.length(~odd));
            int key = lists.oddKey(odd);
            int list = ~odd;
            int trunk = lists.trunkLength(key);
            if (!reported.get(key)
                    && !lists.isPrefix(key, trunk, list)
                    && !lists.isPrefix(key, list, trunk)) {
                reported.set(key);
                findings.add(
                        Anomaly.INCOMPATIBLE_ORDER,
                        List.of(),
                        () ->
                                "key "
                                        + history.keyText(key)
                                        + " was read as "
                                        + history.describeList(key, list)
                                        + " and as "
                                        + history.describeList(key, trunk)
                                        + ": neither can have grown into the other");
            }
        }
    }

    /** What a read saw, as one number: equal iff key and list are equal. */
    private int slotOf(int read) {
        int key = history.key(read);
        int list = history.value(read);
        if (list >= 0 && versions.isRegular(key)) {
            return versions.slot(key, list);
        }
        return oddSlots.computeIfAbsent(read, r -> versions.slots() + oddSlots.size());
    }

    private int compareReads(int a, int b) {
        int byKey = Integer.compare(history.key(a), history.key(b));
        if (byKey != 0) {
            return byKey;
        }
        int length = lists.length(history.value(a));
        int byLength = Integer.compare(length, lists.length(history.value(b)));
        for (int i = 0; i < length && byLength == 0; i++) {
            purse.step();
            byLength =
                    Integer.compare(
                            lists.element(history.key(a), history.value(a), i),
                            lists.element(history.key(b), history.value(b), i));
        }
        return byLength;
    }
}
