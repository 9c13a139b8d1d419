package dev.whitewater.store;

import dev.whitewater.store.lease.Leases;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What can be said against a request without looking at the state, with etcd's errors (its {@code
 * v3rpc/key.go}). A server asks before it proposes; the store asks again, so that no command is
 * applied that breaks these rules wherever it came from.
 */
public final class RequestRules {
    private final Limits limits;

    public RequestRules(Limits limits) {
        this.limits = limits;
    }

    /** Why the request is refused, if it is. */
    public Optional<ErrorCode> check(Request request) {
        return switch (request) {
            case Operation operation -> check(operation);
            case LeaseRequest lease -> check(lease);
            case Attributed attributed -> check(attributed.request());
            case MaintenanceRequest maintenance -> Optional.empty();
            case AuthRequest auth -> Optional.empty();
            case MemberRequest member -> Optional.empty();
        };
    }

    /** Why a request of this encoded size is refused, if it is. */
    public Optional<ErrorCode> checkSize(int bytes) {
        return refuseIf(bytes > limits.requestBytesMax(), ErrorCode.REQUEST_TOO_LARGE);
    }

    private Optional<ErrorCode> check(LeaseRequest request) {
        return switch (request) {
            case LeaseRequest.Grant grant when grant.id() == 0 ->
                    Optional.of(ErrorCode.LEASE_NOT_FOUND);
            case LeaseRequest.Grant grant ->
                    refuseIf(
                            grant.ttlSeconds() > Leases.TTL_SECONDS_MAX,
                            ErrorCode.LEASE_TTL_TOO_LARGE);
            case LeaseRequest.Revoke revoke -> Optional.empty();
            case LeaseRequest.Checkpoint checkpoint -> Optional.empty();
        };
    }

    private Optional<ErrorCode> check(Operation operation) {
        if (!(operation instanceof Txn txn)) {
            return checkSimple(operation);
        }
        Optional<ErrorCode> refusal = checkTxn(txn, limits.txnOperationsMax());
        if (refusal.isPresent()) {
            return refusal;
        }
        Touched then = new Touched();
        Touched otherwise = new Touched();
        return refuseIf(
                !then.collect(txn.success()) || !otherwise.collect(txn.failure()),
                ErrorCode.DUPLICATE_KEY);
    }

    private static Optional<ErrorCode> checkSimple(Operation operation) {
        return switch (operation) {
            case Range range -> refuseIf(range.keys().start().isEmpty(), ErrorCode.EMPTY_KEY);
            case DeleteRange delete ->
                    refuseIf(delete.keys().start().isEmpty(), ErrorCode.EMPTY_KEY);
            case Put put -> check(put);
            case Txn txn -> Optional.empty();
        };
    }

    private static Optional<ErrorCode> check(Put put) {
        if (put.key().isEmpty()) {
            return Optional.of(ErrorCode.EMPTY_KEY);
        }
        if (put.ignoreValue() && !put.value().isEmpty()) {
            return Optional.of(ErrorCode.VALUE_PROVIDED);
        }
        return refuseIf(put.ignoreLease() && put.lease() != 0, ErrorCode.LEASE_PROVIDED);
    }

    private Optional<ErrorCode> checkTxn(Txn txn, int most) {
        int size =
                Math.max(
                        txn.compares().size(),
                        Math.max(txn.success().size(), txn.failure().size()));
        if (size > most) {
            return Optional.of(ErrorCode.TOO_MANY_OPERATIONS);
        }
        for (Compare compare : txn.compares()) {
            if (compare.keys().start().isEmpty()) {
                return Optional.of(ErrorCode.EMPTY_KEY);
            }
        }
        Optional<ErrorCode> refusal = checkAll(txn.success(), most - size);
        return refusal.isPresent() ? refusal : checkAll(txn.failure(), most - size);
    }

    private Optional<ErrorCode> checkAll(List<Operation> operations, int most) {
        for (Operation operation : operations) {
            Optional<ErrorCode> refusal =
                    operation instanceof Txn txn ? checkTxn(txn, most) : checkSimple(operation);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<ErrorCode> refuseIf(boolean wrong, ErrorCode code) {
        return wrong ? Optional.of(code) : Optional.empty();
    }

    /**
     * The keys that one side of a transaction may write. No key may be put twice, or put and
     * deleted, at one revision; but what the two sides of a nested transaction do excludes each
     * other. Two of etcd's exceptions are kept, because clients may live by them: deletions without
     * an upper end don't count, and a nested deletion doesn't count against an earlier nested put.
     */
    private static final class Touched {
        private final NavigableSet<Bytes> puts = new TreeSet<>();
        private final KeyIntervals deletions = new KeyIntervals();

        /** False if a key would be touched twice. */
        boolean collect(List<Operation> operations) {
            for (Operation operation : operations) {
                if (operation instanceof DeleteRange delete) {
                    addDeletion(delete.keys());
                }
            }
            for (Operation operation : operations) {
                if (operation instanceof Txn txn && !collectNested(txn)) {
                    return false;
                }
            }
            for (Operation operation : operations) {
                if (operation instanceof Put put
                        && (deletions.contains(put.key()) || !puts.add(put.key()))) {
                    return false;
                }
            }
            return true;
        }

        private boolean collectNested(Txn txn) {
            Touched then = new Touched();
            Touched otherwise = new Touched();
            if (!then.collect(txn.success()) || !otherwise.collect(txn.failure())) {
                return false;
            }
            for (Bytes key : then.puts) {
                if (puts.contains(key) || deletions.contains(key)) {
                    return false;
                }
            }
            for (Bytes key : otherwise.puts) {
                if (puts.contains(key) || deletions.contains(key)) {
                    return false;
                }
            }
            puts.addAll(then.puts);
            puts.addAll(otherwise.puts);
            deletions.addAll(then.deletions);
            deletions.addAll(otherwise.deletions);
            return true;
        }

        private void addDeletion(KeyRange keys) {
            if (keys.isSingle()) {
                deletions.add(keys.start(), keys.start().next());
            } else if (!keys.isOpenEnded() && keys.start().compareTo(keys.end()) < 0) {
                deletions.add(keys.start(), keys.end());
            }
        }
    }
}
