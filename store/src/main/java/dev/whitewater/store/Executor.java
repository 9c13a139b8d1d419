package dev.whitewater.store;

import dev.whitewater.store.kv.Mvcc;
import dev.whitewater.store.lease.Leases;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Runs operations on keys. All that can go wrong is found before the first write, so that a
 * transaction takes place as a whole or not at all (etcd issue 18749), and it is looked for on
 * every member alike, whether or not a client waits there for the answer (etcd issue 18667).
 */
final class Executor {
    private final Mvcc mvcc;
    private final Leases leases;
    private final RangeReader ranges;

    Executor(Mvcc mvcc, Leases leases, RangeReader ranges) {
        this.mvcc = mvcc;
        this.leases = leases;
        this.ranges = ranges;
    }

    Response run(Operation operation) {
        return operation instanceof Put put ? runAlone(put) : runAny(operation);
    }

    /** The same as {@link #runAny}, for what comes most. */
    private Response runAlone(Put put) {
        Optional<ErrorCode> refusal = check(put);
        if (refusal.isPresent()) {
            return Rejected.because(refusal.get());
        }
        Mvcc.Writer writer = mvcc.writer();
        Response response = put(put, writer);
        writer.commit();
        return response;
    }

    private Response runAny(Operation operation) {
        Deque<Boolean> decisions = new ArrayDeque<>();
        decide(operation, decisions);
        Optional<ErrorCode> refusal = check(operation, decisions);
        if (refusal.isPresent()) {
            return Rejected.because(refusal.get());
        }
        Mvcc.Writer writer = mvcc.writer();
        Response response = run(operation, writer, decisions);
        writer.commit();
        return response;
    }

    /** Deletes the keys of a lease, and the lease. */
    void revoke(long lease) {
        Mvcc.Writer writer = mvcc.writer();
        for (Bytes key : leases.keys(lease)) {
            leases.attach(key, 0);
            writer.delete(key);
        }
        writer.commit();
        leases.revoke(lease);
    }

    /**
     * Judges the conditions of a transaction and of those nested in the side it takes, all on the
     * state before it; the decisions come out in the order in which running will need them.
     */
    private void decide(Operation operation, Deque<Boolean> decisions) {
        if (operation instanceof Txn txn) {
            boolean succeeded = holds(txn.compares());
            decisions.add(succeeded);
            for (Operation nested : succeeded ? txn.success() : txn.failure()) {
                decide(nested, decisions);
            }
        }
    }

    private boolean holds(List<Compare> compares) {
        for (Compare compare : compares) {
            if (!holds(compare)) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(Compare compare) {
        boolean[] found = {false};
        boolean[] all = {true};
        mvcc.range(
                compare.keys(),
                mvcc.revision(),
                kv -> {
                    found[0] = true;
                    all[0] = compare.holdsFor(kv);
                    return all[0];
                });
        return found[0] ? all[0] : compare.holdsFor(KeyValue.tombstone(compare.keys().start(), 0));
    }

    /** Looks at all puts before it looks at any range, however they stand: so does etcd. */
    private Optional<ErrorCode> check(Operation operation, Deque<Boolean> decisions) {
        Optional<ErrorCode> refusal = check(operation, new ArrayDeque<>(decisions), Put.class);
        return refusal.isPresent()
                ? refusal
                : check(operation, new ArrayDeque<>(decisions), Range.class);
    }

    private Optional<ErrorCode> check(
            Operation operation, Deque<Boolean> decisions, Class<? extends Operation> only) {
        if (operation instanceof Txn txn) {
            for (Operation nested : decisions.remove() ? txn.success() : txn.failure()) {
                Optional<ErrorCode> refusal = check(nested, decisions, only);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            return Optional.empty();
        }
        return switch (operation) {
            case Put put when only == Put.class -> check(put);
            case Range range when only == Range.class -> check(range);
            default -> Optional.empty();
        };
    }

    private Optional<ErrorCode> check(Put put) {
        if (put.lease() != 0 && !leases.contains(put.lease())) {
            return Optional.of(ErrorCode.LEASE_NOT_FOUND);
        }
        boolean needsOld = put.ignoreValue() || put.ignoreLease();
        return needsOld && mvcc.get(put.key(), mvcc.revision()).isEmpty()
                ? Optional.of(ErrorCode.KEY_NOT_FOUND)
                : Optional.empty();
    }

    /** A revision in the future is refused even if the transaction itself is about to make it. */
    private Optional<ErrorCode> check(Range range) {
        if (range.revision() > mvcc.revision()) {
            return Optional.of(ErrorCode.FUTURE_REVISION);
        }
        return range.revision() != 0 && range.revision() < mvcc.compactRevision()
                ? Optional.of(ErrorCode.COMPACTED)
                : Optional.empty();
    }

    private Response run(Operation operation, Mvcc.Writer writer, Deque<Boolean> decisions) {
        return switch (operation) {
            case Put put -> put(put, writer);
            case Range range -> ranges.read(range, writer.readRevision());
            case DeleteRange delete -> delete(delete, writer);
            case Txn txn -> {
                boolean succeeded = decisions.remove();
                List<Response> responses = new ArrayList<>();
                for (Operation nested : succeeded ? txn.success() : txn.failure()) {
                    responses.add(inside(run(nested, writer, decisions)));
                }
                yield new TxnResponse(writer.readRevision(), succeeded, List.copyOf(responses));
            }
        };
    }

    /** Of a transaction inside another etcd tells no revision. */
    private static Response inside(Response response) {
        return response instanceof TxnResponse txn
                ? new TxnResponse(0, txn.succeeded(), txn.responses())
                : response;
    }

    /**
     * Writes a key. A value to be kept can be gone by now, through an open-ended deletion earlier
     * in the same transaction, which {@link RequestRules} lets pass as etcd does; then nothing is
     * kept. (etcd's members panic here, all of them.)
     */
    private Response put(Put put, Mvcc.Writer writer) {
        Bytes value = put.value();
        long lease = put.lease();
        List<KeyValue> previous = List.of();
        if (put.previous() || put.ignoreValue() || put.ignoreLease()) {
            Optional<KeyValue> old = mvcc.get(put.key(), writer.readRevision());
            if (old.isPresent()) {
                value = put.ignoreValue() ? old.get().value() : value;
                lease = put.ignoreLease() ? old.get().lease() : lease;
                previous = put.previous() ? List.of(old.get()) : previous;
            }
        }
        writer.put(put.key(), value, lease);
        leases.attach(put.key(), lease);
        return new PutResponse(writer.readRevision(), previous);
    }

    private Response delete(DeleteRange delete, Mvcc.Writer writer) {
        List<KeyValue> gone = new ArrayList<>();
        mvcc.range(delete.keys(), writer.readRevision(), gone::add);
        for (KeyValue kv : gone) {
            leases.attach(kv.key(), 0);
            writer.delete(kv.key());
        }
        return new DeleteRangeResponse(
                writer.readRevision(),
                gone.size(),
                delete.previous() ? List.copyOf(gone) : List.of());
    }
}
