package dev.whitewater.store;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The replicated state machine: a function of the commands applied so far and of nothing else.
 *
 * <p>Not safe for threads; one owner drives it. Invariants: {@code revision} rises by one with
 * every command that changes a key and never falls; {@code appliedIndex} rises by one with every
 * entry.
 */
public final class Store {

    /** The revision of a store that nothing was ever written to (etcd's data model). */
    private static final long FIRST_REVISION = 1;

    private final NavigableMap<Bytes, KeyValue> keys = new TreeMap<>();
    private long revision = FIRST_REVISION;
    private long appliedIndex;
    private long contentHash;

    /** Applies the command of the log entry at {@code index}, the next one. */
    public Response apply(long index, Request request) {
        skip(index);
        return switch (request) {
            case Range range -> read(range);
            case Operation operation -> {
                Writes writes = new Writes();
                Response response = run(operation, writes);
                revision = writes.revisionAfter();
                yield response;
            }
        };
    }

    /** Passes over an entry that carries no command. */
    public void skip(long index) {
        if (index != appliedIndex + 1) {
            throw new BrokenInvariant(
                    "apply-in-order", "expected index " + (appliedIndex + 1) + ", got " + index);
        }
        appliedIndex = index;
    }

    /** Reads the state as it is now; the log isn't involved. */
    public Response read(Range range) {
        return select(range, revision);
    }

    public long revision() {
        return revision;
    }

    public long appliedIndex() {
        return appliedIndex;
    }

    /** Equal for two stores that applied the same entries; O(1). */
    public long hash() {
        return StateHash.fold(StateHash.fold(contentHash, revision), appliedIndex);
    }

    private Response run(Operation operation, Writes writes) {
        return switch (operation) {
            case Range range -> select(range, writes.revisionAfter());
            case Put put -> put(put, writes);
            case DeleteRange delete -> delete(delete, writes);
            case Txn txn -> {
                boolean succeeded = txn.compares().stream().allMatch(this::holds);
                List<Response> responses = new ArrayList<>();
                for (Operation each : succeeded ? txn.success() : txn.failure()) {
                    responses.add(run(each, writes));
                }
                yield new TxnResponse(writes.revisionAfter(), succeeded, List.copyOf(responses));
            }
        };
    }

    private boolean holds(Compare compare) {
        List<KeyValue> found = new ArrayList<>(within(compare.keys()).values());
        if (found.isEmpty()) {
            return compare.holdsFor(KeyValue.tombstone(compare.keys().start(), 0));
        }
        return found.stream().allMatch(compare::holdsFor);
    }

    private Response put(Put put, Writes writes) {
        KeyValue old = keys.get(put.key());
        long at = writes.write();
        KeyValue now =
                old == null
                        ? new KeyValue(put.key(), put.value(), at, at, 1, put.lease())
                        : new KeyValue(
                                put.key(),
                                put.value(),
                                old.createRevision(),
                                at,
                                old.version() + 1,
                                put.lease());
        keys.put(put.key(), now);
        contentHash += now.hash64() - (old == null ? 0 : old.hash64());
        return new PutResponse(at, old == null || !put.previous() ? List.of() : List.of(old));
    }

    private Response delete(DeleteRange delete, Writes writes) {
        List<KeyValue> gone = new ArrayList<>(within(delete.keys()).values());
        for (KeyValue kv : gone) {
            writes.write();
            keys.remove(kv.key());
            contentHash -= kv.hash64();
        }
        return new DeleteRangeResponse(
                writes.revisionAfter(), gone.size(), delete.previous() ? gone : List.of());
    }

    private Response select(Range range, long head) {
        List<KeyValue> found = new ArrayList<>();
        long count = 0;
        for (KeyValue kv : within(range.keys()).values()) {
            count++;
            if (range.limit() <= 0 || found.size() < range.limit()) {
                found.add(kv);
            }
        }
        return new RangeResponse(head, List.copyOf(found), count, found.size() < count);
    }

    private NavigableMap<Bytes, KeyValue> within(KeyRange range) {
        if (range.isSingle()) {
            return keys.subMap(range.start(), true, range.start(), true);
        }
        if (range.isOpenEnded()) {
            return keys.tailMap(range.start(), true);
        }
        return range.start().compareTo(range.end()) < 0
                ? keys.subMap(range.start(), true, range.end(), false)
                : new TreeMap<>();
    }

    /** The one revision that all writes of a command share, taken only if there is a write. */
    private final class Writes {
        private boolean wrote;

        long write() {
            wrote = true;
            return revisionAfter();
        }

        long revisionAfter() {
            return wrote ? revision + 1 : revision;
        }
    }
}
