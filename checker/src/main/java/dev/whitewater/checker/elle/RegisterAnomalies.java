package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.graph.LongIntMap;
import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;
import java.util.List;

/** What is wrong with registers without looking at cycles. */
final class RegisterAnomalies {
    private final TransactionHistory history;
    private final RegisterVersions versions;
    private final Findings findings;
    private final Purse purse;
    private final int[] failedWriter;
    private final int[] intermediateWriter;

    RegisterAnomalies(
            TransactionHistory history, RegisterVersions versions, Findings findings, Purse purse) {
        purse.take(2L * Integer.BYTES * versions.count());
        this.purse = purse;
        this.history = history;
        this.versions = versions;
        this.findings = findings;
        this.failedWriter = new int[versions.count()];
        this.intermediateWriter = new int[versions.count()];
        indexWriters();
    }

    void find() {
        SameKey sameKey = new SameKey(history);
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (!history.isOk(t)) {
                continue;
            }
            if (sameKey.of(t)) {
                internal(t, sameKey);
            }
            for (int m = history.start(t); m < history.end(t); m++) {
                if (history.kind(m) == TransactionHistory.READ) {
                    abortedRead(t, m);
                    intermediateRead(t, m);
                }
            }
        }
        new LostUpdates(history, findings, versions::versionOf, purse).find();
    }

    /** A value that somebody else wrote too, and perhaps committed, convicts nobody. */
    private void indexWriters() {
        Arrays.fill(failedWriter, LongIntMap.ABSENT);
        Arrays.fill(intermediateWriter, LongIntMap.ABSENT);
        boolean[] possible = new boolean[versions.count()];
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            for (int m = history.start(t); m < history.end(t); m++) {
                if (history.kind(m) != TransactionHistory.WRITE) {
                    continue;
                }
                int version = versions.versionOf(m);
                if (history.isFailed(t)) {
                    failedWriter[version] = t;
                } else {
                    possible[version] = true;
                }
                if (versions.isIntermediateWrite(m)) {
                    intermediateWriter[version] = t;
                }
            }
        }
        for (int version = 0; version < possible.length; version++) {
            failedWriter[version] = possible[version] ? -1 : failedWriter[version];
        }
    }

    private void internal(int t, SameKey sameKey) {
        for (int m = history.start(t); m < history.end(t); m++) {
            int before = sameKey.before(m);
            boolean differs =
                    before >= 0
                            && history.kind(m) == TransactionHistory.READ
                            && history.value(m) != history.value(before);
            if (differs) {
                int read = m;
                findings.add(
                        Anomaly.INTERNAL,
                        List.of(t),
                        () ->
                                "T1 = "
                                        + history.describe(t)
                                        + "\nT1 read key "
                                        + history.keyText(history.key(read))
                                        + " as "
                                        + history.valueText(history.value(read))
                                        + " where it knew "
                                        + history.valueText(history.value(before)));
                return;
            }
        }
    }

    private void abortedRead(int t, int read) {
        int writer = failedWriter[versions.versionOf(read)];
        if (writer >= 0) {
            addRead(Anomaly.G1A, t, writer, read, "wrote, although it aborted");
        }
    }

    private void intermediateRead(int t, int read) {
        int writer = intermediateWriter[versions.versionOf(read)];
        if (writer >= 0 && writer != t) {
            addRead(Anomaly.G1B, t, writer, read, "wrote in passing and overwrote itself");
        }
    }

    private void addRead(Anomaly type, int reader, int writer, int read, String what) {
        findings.add(
                type,
                List.of(reader, writer),
                () ->
                        "T1 = "
                                + history.describe(reader)
                                + "\nT2 = "
                                + history.describe(writer)
                                + "\nT1 read key "
                                + history.keyText(history.key(read))
                                + " as "
                                + history.valueText(history.value(read))
                                + ", which T2 "
                                + what);
    }
}
