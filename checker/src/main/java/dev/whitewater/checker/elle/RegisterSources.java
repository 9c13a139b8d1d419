package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.RegisterOrders.VersionPairs;
import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.elle.graph.LongIntMap;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Where knowledge about the order of a register's versions can come from, one method each. */
final class RegisterSources {
    private final TransactionHistory history;
    private final RegisterVersions versions;
    private final Purse purse;

    RegisterSources(TransactionHistory history, RegisterVersions versions, Purse purse) {
        this.purse = purse;
        this.history = history;
        this.versions = versions;
    }

    /** The initial version of a key comes before all others. */
    VersionPairs initialState() {
        VersionPairs pairs = new VersionPairs(purse);
        boolean[] seen = new boolean[versions.count()];
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (history.isFailed(t)) {
                continue;
            }
            for (int m = history.start(t); m < history.end(t); m++) {
                int version = versions.versionOf(m);
                boolean external = versions.isExternalRead(m) || versions.isExternalWrite(m);
                if (external && !seen[version]) {
                    seen[version] = true;
                    pairs.add(history.key(m), version);
                }
            }
        }
        return pairs;
    }

    /** Whoever writes a key has the place in its order that the whole transaction has. */
    VersionPairs revisions() {
        IntList[] writes = new IntList[history.keys()];
        for (int t : byRevision()) {
            for (int m = history.start(t); m < history.end(t); m++) {
                if (versions.isExternalWrite(m)) {
                    int key = history.key(m);
                    writes[key] = writes[key] == null ? new IntList() : writes[key];
                    writes[key].add(versions.versionOf(m));
                }
            }
        }
        VersionPairs pairs = new VersionPairs(purse);
        for (IntList ofKey : writes) {
            for (int i = 1; ofKey != null && i < ofKey.size(); i++) {
                pairs.add(ofKey.get(i - 1), ofKey.get(i));
            }
        }
        return pairs;
    }

    private int[] byRevision() {
        return IntStream.range(0, history.size())
                .filter(t -> !history.isFailed(t) && history.hasRevision(t))
                .boxed()
                .sorted((a, b) -> Long.compare(history.revision(a), history.revision(b)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** A transaction that read a version and wrote the key replaced what it had read, or later. */
    VersionPairs writesFollowReads() {
        VersionPairs pairs = new VersionPairs(purse);
        SameKey sameKey = new SameKey(history);
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (!history.isOk(t) || !sameKey.of(t)) {
                continue;
            }
            for (int m = history.start(t); m < history.end(t); m++) {
                if (versions.isExternalWrite(m)) {
                    int read = firstUse(m, sameKey);
                    if (versions.isExternalRead(read) && isWritten(read)) {
                        pairs.add(versions.versionOf(read), versions.versionOf(m));
                    }
                }
            }
        }
        return pairs;
    }

    private boolean isWritten(int read) {
        return versions.versionOf(read) >= history.keys();
    }

    private static int firstUse(int operation, SameKey sameKey) {
        int first = operation;
        for (int m = operation; m >= 0; m = sameKey.before(m)) {
            first = m;
        }
        return first;
    }

    /** Within a process, what one committed transaction saw of a key is not newer than the next. */
    VersionPairs sequential() {
        VersionPairs pairs = new VersionPairs(purse);
        LongIntMap last = new LongIntMap(history.size());
        Uses uses = new Uses(history, versions);
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (!history.isOk(t)) {
                continue;
            }
            uses.of(t);
            for (int i = 0; i < uses.size(); i++) {
                long name = (long) history.denseProcess(t) << 32 | uses.key(i);
                int before = last.put(name, uses.last(i));
                if (before != LongIntMap.ABSENT) {
                    pairs.add(before, uses.first(i));
                }
            }
        }
        return pairs;
    }

    /**
     * If a transaction ended before another began, what it saw of a key is not newer. Key by key,
     * of all transactions that ended before only those matter that no other one lies in between of:
     * a queue that rarely gets longer than the number of clients.
     */
    VersionPairs linearizable() {
        int[][] users = usersByKey();
        VersionPairs pairs = new VersionPairs(purse);
        for (int key = 0; key < users.length; key++) {
            linearizable(users[key], pairs);
        }
        return pairs;
    }

    /** For each key, (transaction, first version, last version) triples in order of completion. */
    private int[][] usersByKey() {
        IntList[] users = new IntList[history.keys()];
        Uses uses = new Uses(history, versions);
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (history.isFailed(t)) {
                continue;
            }
            uses.of(t);
            for (int i = 0; i < uses.size(); i++) {
                int key = uses.key(i);
                users[key] = users[key] == null ? new IntList() : users[key];
                users[key].add(t);
                users[key].add(uses.first(i));
                users[key].add(uses.last(i));
            }
        }
        int[][] triples = new int[users.length][];
        for (int key = 0; key < users.length; key++) {
            triples[key] = users[key] == null ? new int[0] : users[key].toArray();
        }
        return triples;
    }

    private void linearizable(int[] users, VersionPairs pairs) {
        int count = users.length / 3;
        long[] byInvocation = new long[count];
        for (int i = 0; i < count; i++) {
            byInvocation[i] = (long) history.invoked(users[3 * i]) << 32 | i;
        }
        Arrays.sort(byInvocation);
        int[] frontier = new int[count];
        int head = 0;
        int tail = 0;
        int next = 0;
        for (long entry : byInvocation) {
            int begins = (int) (entry >>> 32);
            for (; next < count && history.completed(users[3 * next]) < begins; next++) {
                if (history.isOk(users[3 * next])) {
                    int invoked = history.invoked(users[3 * next]);
                    purse.step();
                    while (head < tail && history.completed(users[3 * frontier[head]]) < invoked) {
                        head++;
                    }
                    frontier[tail++] = next;
                }
            }
            int first = users[3 * (int) entry + 1];
            for (int i = head; i < tail; i++) {
                pairs.add(users[3 * frontier[i] + 2], first);
            }
        }
    }

    /** The keys a transaction touched from outside, with the first and last version of each. */
    private static final class Uses {
        private final TransactionHistory history;
        private final RegisterVersions versions;
        private final SameKey sameKey;
        private final IntList triples = new IntList();

        Uses(TransactionHistory history, RegisterVersions versions) {
            this.history = history;
            this.versions = versions;
            this.sameKey = new SameKey(history);
        }

        void of(int t) {
            triples.clear();
            sameKey.of(t);
            for (int m = history.start(t); m < history.end(t); m++) {
                if (versions.isExternalRead(m)) {
                    put(m, true);
                } else if (versions.isExternalWrite(m)) {
                    put(m, false);
                }
            }
        }

        /** A read opens the use of its key; the write that the world sees ends it. */
        private void put(int operation, boolean opens) {
            int version = versions.versionOf(operation);
            int first = firstUse(operation, sameKey);
            if (!opens && versions.isExternalRead(first)) {
                for (int i = 0; i < size(); i++) {
                    if (key(i) == history.key(operation)) {
                        triples.set(3 * i + 2, version);
                    }
                }
                return;
            }
            triples.add(history.key(operation));
            triples.add(version);
            triples.add(version);
        }

        int size() {
            return triples.size() / 3;
        }

        int key(int i) {
            return triples.get(3 * i);
        }

        int first(int i) {
            return triples.get(3 * i + 1);
        }

        int last(int i) {
            return triples.get(3 * i + 2);
        }
    }
}
