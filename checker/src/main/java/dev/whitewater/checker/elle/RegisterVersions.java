package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.elle.graph.LongIntMap;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;
import java.util.Optional;

/**
 * The versions of registers (one per key and value, and an initial one per key) and who made and
 * saw them from outside: a transaction shows the world only its last write of a key, and sees of
 * the world only what it read before its first. The initial version of key k has number k.
 *
 * <p>Indeterminate transactions count as soon as a committed one read something they wrote: then
 * they did commit.
 */
final class RegisterVersions {
    static final int NONE = -1;

    /** In all arrays and lists, a map half full included. */
    private static final int BYTES_PER_OPERATION = 48;

    private static final byte INSIDE = 0;
    private static final byte EXTERNAL_READ = 1;
    private static final byte EXTERNAL_WRITE = 2;
    private static final byte INTERMEDIATE_WRITE = 3;

    private final TransactionHistory history;
    private final Purse purse;
    private final byte[] roles;
    private final int[] versionOf;
    private final LongIntMap versions;
    private final IntList keyOf = new IntList();
    private final IntList valueOf = new IntList();
    private final boolean[] counts;
    private int[] writers = {};
    private int[] readerStarts = {};
    private int[] readers = {};
    private int ambiguous = NONE;

    RegisterVersions(TransactionHistory history, Purse purse) {
        purse.take((long) BYTES_PER_OPERATION * history.operations());
        this.purse = purse;
        this.history = history;
        this.roles = new byte[history.operations()];
        this.versionOf = new int[history.operations()];
        this.versions = new LongIntMap(history.operations() / 2);
        this.counts = new boolean[history.size()];
        for (int key = 0; key < history.keys(); key++) {
            keyOf.add(key);
            valueOf.add(Values.NIL);
        }
        assignRoles();
        sortReaders();
        indexWriters();
    }

    private void assignRoles() {
        SameKey sameKey = new SameKey(history);
        for (int t = 0; t < history.size(); t++) {
            sameKey.of(t);
            for (int m = history.start(t); m < history.end(t); m++) {
                purse.step();
                versionOf[m] = version(m);
                if (history.kind(m) == TransactionHistory.WRITE) {
                    roles[m] = history.value(m) == Values.NIL ? INSIDE : EXTERNAL_WRITE;
                    overwriteBefore(m, sameKey);
                } else if (sameKey.before(m) < 0 && history.isOk(t)) {
                    roles[m] = EXTERNAL_READ;
                }
            }
            counts[t] = history.isOk(t);
        }
    }

    private void overwriteBefore(int write, SameKey sameKey) {
        int before = sameKey.before(write);
        while (before >= 0 && history.kind(before) != TransactionHistory.WRITE) {
            purse.step();
            before = sameKey.before(before);
        }
        if (before >= 0) {
            roles[before] = INTERMEDIATE_WRITE;
        }
    }

    private int version(int operation) {
        int key = history.key(operation);
        int value = history.value(operation);
        if (value == Values.NIL || history.kind(operation) == TransactionHistory.BLIND) {
            return key;
        }
        long name = ((long) key << 32) | (value & 0xffffffffL);
        int known = versions.get(name);
        if (known != LongIntMap.ABSENT) {
            return known;
        }
        int added = keyOf.size();
        versions.put(name, added);
        keyOf.add(key);
        valueOf.add(value);
        return added;
    }

    private void sortReaders() {
        readerStarts = new int[count() + 1];
        for (int m = 0; m < roles.length; m++) {
            readerStarts[versionOf[m] + 1] += roles[m] == EXTERNAL_READ ? 1 : 0;
        }
        for (int v = 0; v < count(); v++) {
            readerStarts[v + 1] += readerStarts[v];
        }
        readers = new int[readerStarts[count()]];
        int[] next = readerStarts.clone();
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            for (int m = history.start(t); m < history.end(t); m++) {
                if (roles[m] == EXTERNAL_READ) {
                    readers[next[versionOf[m]]++] = t;
                }
            }
        }
    }

    /** Committed writers first, then those indeterminate ones of whom something was read. */
    private void indexWriters() {
        writers = new int[count()];
        Arrays.fill(writers, NONE);
        for (int t = 0; t < history.size(); t++) {
            if (history.isOk(t)) {
                addWrites(t);
            }
        }
        for (int t = 0; t < history.size(); t++) {
            if (history.type(t) == OpType.INFO && isObserved(t)) {
                counts[t] = true;
                addWrites(t);
            }
        }
    }

    private boolean isObserved(int t) {
        for (int m = history.start(t); m < history.end(t); m++) {
            int v = versionOf[m];
            purse.step();
            if (roles[m] == EXTERNAL_WRITE && isRead(v) && writers[v] == NONE) {
                return true;
            }
        }
        return false;
    }

    private void addWrites(int t) {
        for (int m = history.start(t); m < history.end(t); m++) {
            purse.step();
            int v = versionOf[m];
            if (roles[m] != EXTERNAL_WRITE) {
                continue;
            }
            if (writers[v] == NONE) {
                writers[v] = t;
            } else if (isRead(v)) {
                ambiguous = v;
            }
        }
    }

    private boolean isRead(int version) {
        return readerStarts[version + 1] > readerStarts[version];
    }

    /** Why reads can't be traced to writes, if a value that was read has several writers. */
    Optional<String> ambiguity() {
        return ambiguous == NONE
                ? Optional.empty()
                : Optional.of(
                        "key "
                                + history.keyText(keyOf.get(ambiguous))
                                + " was set to "
                                + history.valueText(valueOf.get(ambiguous))
                                + " by more than one transaction: reads can't be traced to writes");
    }

    /** The number of versions, initial ones included. */
    int count() {
        return keyOf.size();
    }

    int key(int version) {
        return keyOf.get(version);
    }

    String text(int version) {
        return history.valueText(valueOf.get(version));
    }

    int versionOf(int operation) {
        return versionOf[operation];
    }

    boolean isExternalRead(int operation) {
        return roles[operation] == EXTERNAL_READ;
    }

    boolean isExternalWrite(int operation) {
        return roles[operation] == EXTERNAL_WRITE;
    }

    boolean isIntermediateWrite(int operation) {
        return roles[operation] == INTERMEDIATE_WRITE;
    }

    /** Whether the transaction is known to have committed. */
    boolean isKnown(int transaction) {
        return counts[transaction];
    }

    /** The transaction that made the version for the world; {@link #NONE} if none is known. */
    int writer(int version) {
        return writers[version];
    }

    /** The committed transactions that read the version from outside, ascending. */
    int[] readers(int version) {
        return Arrays.copyOfRange(readers, readerStarts[version], readerStarts[version + 1]);
    }
}
