package dev.whitewater.store.kv;

import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.StateHash;
import dev.whitewater.store.backend.Backend;

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

    /** How many readers there are that go through all versions in slices. */
    private int pins;

    /** Being restored, and the sum still covers what was compacted. */
    private boolean unsettled;

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
        if (keys.isSingle()) {
            get(keys.start(), at).ifPresent(visitor::visit);
            return;
        }
        Batch batch = new Batch(at, visitor);
        index.scan(keys, batch);
        batch.show();
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

    /** Whether this version is what the key was at a revision. */
    boolean isCurrent(Bytes key, long main, int sub, long at) {
        KeyHistory history = index.get(key);
        int place = history.aliveAt(at);
        return place >= 0 && history.mainAt(place) == main && history.subAt(place) == sub;
    }

    /** Begins to hash all keys as of a revision, which is neither compacted nor to come. */
    public KvHash hashKv(long at) {
        return new KvHash(this, at, new byte[0]);
    }

    /** Begins to hash all keys as of now, and {@code others} before them. */
    public KvHash hashWith(byte[] others) {
        return new KvHash(this, revision, others);
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

    /** From now on, until as many {@link #unpin}, nothing that was compacted is removed. */
    public void pin() {
        pins++;
    }

    /** Takes one {@link #pin} back. */
    public void unpin() {
        if (pins == 0) {
            throw new BrokenInvariant("unpin-what-is-pinned", "nothing is");
        }
        pins--;
    }

    /** Whether versions must stay because somebody reads them in slices. */
    public boolean isPinned() {
        return pins > 0;
    }

    /** Looks at up to {@code most} versions for removal; true if more remain. */
    public boolean removeSlice(int most) {
        return pins == 0 ? compaction.slice(most, (key, main, sub) -> {}) : compaction.isPending();
    }

    /**
     * Begins to take over a state that was written elsewhere; the object must be new. Then comes
     * {@link #load} for every version, then {@link #settle} until it is done.
     */
    public void beginRestore(long atRevision, long compactedTo) {
        revision = atRevision;
        compactRevision = compactedTo;
        if (compactedTo > 0) {
            removable.reached(compactedTo);
        }
    }

    /** Takes over the next version, ascending; it may be compacted away already. */
    public void load(KeyValue loaded, int sub) {
        KeyHistory history = index.get(loaded.key());
        if (history == KeyHistory.NONE) {
            history = index.add(loaded.key(), false);
        }
        long main = loaded.modRevision();
        KeyValue kv = loaded.withKey(history.key);
        boolean wasAlive = history.isAlive();
        long versionHash = versionHash(kv, sub);
        if (main >= compactRevision) {
            noteWrite(history, main);
        }
        if (kv.isTombstone()) {
            history.delete(main, sub, versionHash);
            if (main >= compactRevision) {
                removable.outlives(main, versionHash);
            }
        } else {
            history.put(main, sub, kv.createRevision(), kv.version(), versionHash);
        }
        if (history.isAlive() != wasAlive) {
            index.noteAlive(history);
        }
        lastWritten = main;
        hash += versionHash;
        backend.append(kv, sub);
        unsettled = compactRevision > 0;
    }

    /** What the next version of a key, at {@code main}, supersedes. */
    private void noteWrite(KeyHistory history, long main) {
        if (!history.isAlive()) {
            removable.reached(main);
        } else if (history.lastMain() == main) {
            removable.outlives(main, history.lastHash());
        } else if (main > compactRevision) {
            removable.superseded(main, history.lastHash());
        }
    }

    /**
     * What was compacted but not yet removed when the state was written is in the sum and must
     * leave it: looks at up to {@code most} versions; true if more remain.
     */
    public boolean settle(int most) {
        if (unsettled && !compaction.isPending()) {
            compaction.raise(compactRevision);
        }
        unsettled =
                unsettled
                        && compaction.slice(
                                most,
                                (key, main, sub) ->
                                        hash -= versionHash(backend.read(main, sub, key), sub));
        return unsettled;
    }

    private Optional<KeyValue> version(KeyHistory history, long at) {
        int place = history.aliveAt(at);
        return place < 0 ? Optional.empty() : Optional.of(read(history, place));
    }

    private KeyValue read(KeyHistory history, int place) {
        return backend.read(history.mainAt(place), history.subAt(place), history.key);
    }

    /** 64 bits over all of a version, the same on every member. */
    private static long versionHash(KeyValue kv, int sub) {
        return StateHash.fold(kv.hash64(), sub);
    }

    /**
     * Some neighbouring keys at a time: all their histories are looked at before any version is
     * read. Histories lie anywhere in memory, and a processor that is asked for many of them at
     * once waits about as long as for one. Begins with few, for those who want few.
     */
    private final class Batch implements KeyIndex.Visitor {
        private static final int FIRST = 4;
        private static final int MOST = 32;

        private final long at;
        private final Visitor visitor;
        private final KeyHistory[] histories = new KeyHistory[MOST];
        private final int[] places = new int[MOST];
        private int room = FIRST;
        private int size;

        private Batch(long at, Visitor visitor) {
            this.at = at;
            this.visitor = visitor;
        }

        @Override
        public boolean visit(KeyHistory history) {
            int place = history.aliveAt(at);
            if (place >= 0) {
                histories[size] = history;
                places[size++] = place;
            }
            return size < room || show();
        }

        /** Shows what was gathered; false if that was enough. */
        private boolean show() {
            int gathered = size;
            size = 0;
            room = Math.min(MOST, 2 * room);
            for (int each = 0; each < gathered; each++) {
                if (!visitor.visit(read(histories[each], places[each]))) {
                    return false;
                }
            }
            return true;
        }
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
            boolean isNew = history == KeyHistory.NONE;
            if (isNew) {
                history = index.add(key, true);
            }
            boolean alive = history.isAlive();
            long created = alive ? history.created() : main;
            long nth = history.version() + 1;
            // The command's key, not the equal one of the index, which is far away in memory.
            KeyValue kv = new KeyValue(key, value, created, main, nth, lease);
            long versionHash = versionHash(kv, sub);
            hash += versionHash;
            noteWrite(history, main);
            history.put(main, sub, created, nth, versionHash);
            if (!alive && !isNew) {
                index.noteAlive(history);
            }
            append(kv);
        }

        /** Deletes a key that is there. */
        public void delete(Bytes key) {
            KeyHistory history = index.get(key);
            if (!history.isAlive()) {
                throw new BrokenInvariant("delete-what-is-there", key.toString());
            }
            KeyValue kv = KeyValue.tombstone(history.key, main);
            long versionHash = versionHash(kv, sub);
            hash += versionHash;
            noteWrite(history, main);
            removable.outlives(main, versionHash);
            history.delete(main, sub, versionHash);
            index.noteAlive(history);
            append(kv);
        }

        private void append(KeyValue kv) {
            lastWritten = main;
            backend.append(kv, sub);
            sub++;
        }

        /** Ends the command; true if it wrote. */
        public boolean commit() {
            revision = readRevision();
            return sub > 0;
        }
    }
}
