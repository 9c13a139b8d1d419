package dev.whitewater.store.kv;

import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.backend.Backend;
import dev.whitewater.store.backend.Version;

import java.util.Optional;

/**
 * Every key at every revision since the last compaction (etcd's data model): an index from keys to
 * the revisions that wrote them, over a backend that holds the versions by revision.
 *
 * <p>Invariants: {@code compactRevision <= revision}; every place in the index is a version in the
 * backend; reads at or after {@code compactRevision} don't depend on how far removal has come.
 */
public final class Mvcc {

    /** The revision of a store that nothing was ever written to. */
    private static final long FIRST_REVISION = 1;

    /** The compact revision of a store that was never compacted, as etcd reports it. */
    private static final long NEVER_COMPACTED = -1;

    private final KeyIndex index = new KeyIndex();
    private final Backend backend;
    private final Compaction compaction;
    private final RemovableHash removable = new RemovableHash();
    private long revision = FIRST_REVISION;
    private long compactRevision = NEVER_COMPACTED;
    private long hash;

    /** The revision of the newest version, which a running command may have just made. */
    private long lastWritten;

    public Mvcc(Backend backend) {
        this.backend = backend;
        this.compaction = new Compaction(index, backend);
    }

    /** The revision of the last command that changed a key. */
    public long revision() {
        return revision;
    }

    /** Reads before this revision are refused; -1 if there was no compaction. */
    public long compactRevision() {
        return compactRevision;
    }

    /** Over all versions that can still be read or watched; O(1). */
    public long hash() {
        return hash;
    }

    public Backend backend() {
        return backend;
    }

    /** The key as it stood at a revision. */
    public Optional<KeyValue> get(Bytes key, long at) {
        return version(index.get(key), at);
    }

    /** Hands the keys that were there at a revision to {@code visitor}, in order. */
    public void range(KeyRange keys, long at, Visitor visitor) {
        index.scan(
                keys,
                history -> {
                    int place = history.aliveAt(at);
                    return place < 0
                            || visitor.visit(
                                    backend.read(history.mainAt(place), history.subAt(place)));
                });
    }

    /** How many keys were there at a revision; O(log n) at the newest. */
    public long count(KeyRange keys, long at) {
        if (at >= lastWritten) {
            return index.aliveIn(keys);
        }
        long[] count = {0};
        index.scan(
                keys,
                history -> {
                    count[0] += history.aliveAt(at) >= 0 ? 1 : 0;
                    return true;
                });
        return count[0];
    }

    /** Begins a command that may write; nothing else is asked of this object until it is over. */
    public Writer writer() {
        return new Writer();
    }

    /**
     * Makes everything before {@code main} unreadable, at once; what that leaves over is removed by
     * {@link #removeSlice}.
     */
    public void compact(long main) {
        if (main <= compactRevision || main > revision) {
            throw new BrokenInvariant(
                    "compact-within-history",
                    "to " + main + " from " + compactRevision + " at " + revision);
        }
        hash -= removable.at(main) - removable.at(compactRevision);
        removable.forgetBefore(main);
        compactRevision = main;
        compaction.raise(main);
    }

    /** Whether compacted versions are still waiting to be removed. */
    public boolean isRemoving() {
        return compaction.isPending();
    }

    /** Looks at up to {@code most} versions for removal; true if more remain. */
    public boolean removeSlice(int most) {
        return compaction.slice(most, version -> {});
    }

    /**
     * Takes over a state that was written elsewhere. The object must be new.
     *
     * @param versions ascending; some of them may be compacted away already
     */
    public void restore(long atRevision, long compactedTo, Iterable<Version> versions) {
        revision = atRevision;
        compactRevision = compactedTo;
        if (compactedTo > 0) {
            removable.reached(compactedTo);
        }
        for (Version version : versions) {
            backend.append(version);
        }
        reindex();
    }

    private void reindex() {
        backend.scan(0, 0, Long.MAX_VALUE, this::load);
        if (compactRevision > 0) {
            compaction.raise(compactRevision);
            // What was compacted but not yet removed is in the sum and must leave it.
            compaction.slice(Integer.MAX_VALUE, version -> hash -= version.hash64());
        }
    }

    private boolean load(Version version) {
        KeyValue kv = version.kv();
        KeyHistory history = index.get(kv.key());
        if (history == KeyHistory.NONE) {
            history = index.add(kv.key());
        }
        boolean wasAlive = history.isAlive();
        long versionHash = version.hash64();
        boolean counted = version.main() > compactRevision;
        if (counted) {
            removable.reached(version.main());
            if (history.isAlive()) {
                removable.superseded(version.main(), history.lastHash());
            }
        }
        if (kv.isTombstone()) {
            history.delete(version.main(), version.sub(), versionHash);
            if (version.main() >= compactRevision) {
                removable.tombstone(version.main(), versionHash);
            }
        } else {
            history.put(
                    version.main(), version.sub(), kv.createRevision(), kv.version(), versionHash);
        }
        index.noteAlive(history, wasAlive);
        lastWritten = version.main();
        hash += versionHash;
        return true;
    }

    private Optional<KeyValue> version(KeyHistory history, long at) {
        int place = history.aliveAt(at);
        return place < 0
                ? Optional.empty()
                : Optional.of(backend.read(history.mainAt(place), history.subAt(place)));
    }

    /** Whoever is shown keys one after the other; true asks for the next. */
    @FunctionalInterface
    public interface Visitor {
        boolean visit(KeyValue kv);
    }

    /**
     * The writes of one command: all at one revision, taken only if there is a write, with
     * sub-revisions in the order they are made. They can be read at {@link #readRevision} at once.
     */
    public final class Writer {
        private final long main = revision + 1;
        private int sub;

        /** The revision that the command has so far. */
        public long readRevision() {
            return sub == 0 ? main - 1 : main;
        }

        /** Writes a key. */
        public void put(Bytes key, Bytes value, long lease) {
            KeyHistory history = index.get(key);
            if (history == KeyHistory.NONE) {
                history = index.add(key);
            }
            boolean alive = history.isAlive();
            long created = alive ? history.created() : main;
            long nth = history.version() + 1;
            // The index's key, not the command's: so that equal keys share one array.
            KeyValue kv = new KeyValue(history.key, value, created, main, nth, lease);
            Version version = new Version(kv, sub);
            long versionHash = version.hash64();
            noteWrite(history, versionHash);
            history.put(main, sub, created, nth, versionHash);
            index.noteAlive(history, alive);
            lastWritten = main;
            backend.append(version);
            sub++;
        }

        /** Deletes a key that is there. */
        public void delete(Bytes key) {
            KeyHistory history = index.get(key);
            if (!history.isAlive()) {
                throw new BrokenInvariant("delete-what-is-there", key.toString());
            }
            Version version = new Version(KeyValue.tombstone(history.key, main), sub);
            long versionHash = version.hash64();
            noteWrite(history, versionHash);
            removable.tombstone(main, versionHash);
            history.delete(main, sub, versionHash);
            index.noteAlive(history, true);
            lastWritten = main;
            backend.append(version);
            sub++;
        }

        /** Ends the command; true if it wrote. */
        public boolean commit() {
            revision = readRevision();
            return sub > 0;
        }

        private void noteWrite(KeyHistory history, long versionHash) {
            hash += versionHash;
            if (history.isAlive()) {
                removable.superseded(main, history.lastHash());
            } else {
                removable.reached(main);
            }
        }
    }
}
