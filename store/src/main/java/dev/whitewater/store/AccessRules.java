package dev.whitewater.store;

import dev.whitewater.store.auth.Auth;
import dev.whitewater.store.lease.Leases;

import java.util.List;
import java.util.Optional;

/**
 * Who may do what: etcd's rules, in the order in which it looks (its {@code apply_auth.go}),
 * without the holes that were found in them. Nested transactions are looked at as deep as they go,
 * both sides, with what their puts show of old values and the leases they attach to (advisories
 * GHSA-x35m-3gp4-4fh5 and GHSA-q8m4-xhhv-38mg). Judged when a request is applied, so that all
 * members decide alike.
 */
final class AccessRules {
    private final Auth auth;
    private final Leases leases;

    AccessRules(Auth auth, Leases leases) {
        this.auth = auth;
        this.leases = leases;
    }

    /** Why the caller may not make this request, if so. */
    Optional<ErrorCode> check(Caller caller, Request request) {
        if (!auth.isEnabled() || caller.isMember()) {
            return Optional.empty();
        }
        return switch (request) {
            case Attributed nested -> check(nested.caller(), nested.request());
            case Operation operation -> operation(caller, operation);
            case LeaseRequest lease -> lease(caller, lease);
            case MaintenanceRequest maintenance -> admin(caller);
            case MemberRequest.ListMembers list -> known(caller);
            case MemberRequest member -> admin(caller);
            case AuthRequest administration -> administration(caller, administration);
        };
    }

    /** Why the caller may not read these keys, or be told of them, if so. */
    Optional<ErrorCode> read(Caller caller, KeyRange keys) {
        return keys(caller, keys, false);
    }

    /** Why the caller may not be shown the keys of a lease, if so. */
    Optional<ErrorCode> leaseKeys(Caller caller, long lease) {
        if (!auth.isEnabled() || caller.isMember()) {
            return Optional.empty();
        }
        Optional<ErrorCode> refusal = known(caller);
        return refusal.isPresent() ? refusal : all(caller, keysOf(lease), false);
    }

    /** Why the caller isn't one who may do everything, if so. */
    Optional<ErrorCode> admin(Caller caller) {
        if (!auth.isEnabled() || caller.isMember()) {
            return Optional.empty();
        }
        if (caller.user().isEmpty()) {
            return Optional.of(ErrorCode.USER_EMPTY);
        }
        return auth.isRoot(caller.user())
                ? Optional.empty()
                : Optional.of(ErrorCode.PERMISSION_DENIED);
    }

    /** Why a watch that was allowed once must end, if so: a token doesn't age under it. */
    Optional<ErrorCode> stillRead(Caller caller, KeyRange keys) {
        return keys(
                caller.kind() == Caller.Kind.USER
                        ? Caller.user(caller.user(), auth.revision())
                        : caller,
                keys,
                false);
    }

    private Optional<ErrorCode> administration(Caller caller, AuthRequest request) {
        return switch (request) {
            case AuthRequest.Authenticate authenticate -> Optional.empty();
            case AuthRequest.Status status -> Optional.empty();
            case AuthRequest.GetUser get when get.user().equals(caller.user()) -> Optional.empty();
            case AuthRequest.GetRole get when auth.rolesOf(caller.user()).contains(get.role()) ->
                    Optional.empty();
            default -> admin(caller);
        };
    }

    private Optional<ErrorCode> lease(Caller caller, LeaseRequest request) {
        Optional<ErrorCode> refusal = known(caller);
        if (refusal.isPresent()) {
            return refusal;
        }
        return switch (request) {
            case LeaseRequest.Grant grant -> Optional.empty();
            case LeaseRequest.Revoke revoke -> all(caller, keysOf(revoke.id()), true);
            case LeaseRequest.Checkpoint checkpoint -> Optional.of(ErrorCode.PERMISSION_DENIED);
        };
    }

    private Optional<ErrorCode> operation(Caller caller, Operation operation) {
        return switch (operation) {
            case Range range -> keys(caller, range.keys(), false);
            case Put put -> put(caller, put);
            case DeleteRange delete -> {
                Optional<ErrorCode> refusal = keys(caller, delete.keys(), true);
                yield refusal.isEmpty() && delete.previous()
                        ? keys(caller, delete.keys(), false)
                        : refusal;
            }
            case Txn txn -> {
                for (Compare compare : txn.compares()) {
                    Optional<ErrorCode> refusal = keys(caller, compare.keys(), false);
                    if (refusal.isPresent()) {
                        yield refusal;
                    }
                }
                Optional<ErrorCode> refusal = operations(caller, txn.success());
                yield refusal.isPresent() ? refusal : operations(caller, txn.failure());
            }
        };
    }

    private Optional<ErrorCode> operations(Caller caller, List<Operation> operations) {
        for (Operation operation : operations) {
            Optional<ErrorCode> refusal = operation(caller, operation);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** Who puts a key under a lease can thereby keep it from being revoked by others. */
    private Optional<ErrorCode> put(Caller caller, Put put) {
        KeyRange key = KeyRange.single(put.key());
        Optional<ErrorCode> refusal = keys(caller, key, true);
        if (refusal.isEmpty()) {
            refusal = all(caller, keysOf(put.lease()), true);
        }
        return refusal.isEmpty() && put.previous() ? keys(caller, key, false) : refusal;
    }

    private List<Bytes> keysOf(long lease) {
        return leases.contains(lease) ? leases.keys(lease) : List.of();
    }

    private Optional<ErrorCode> all(Caller caller, List<Bytes> keys, boolean write) {
        for (Bytes key : keys) {
            Optional<ErrorCode> refusal = keys(caller, KeyRange.single(key), write);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** Whether the caller is a user at all, by a token that isn't older than the last change. */
    Optional<ErrorCode> known(Caller caller) {
        if (!auth.isEnabled() || caller.isMember()) {
            return Optional.empty();
        }
        if (caller.authRevision() == 0) {
            return Optional.of(ErrorCode.USER_EMPTY);
        }
        if (caller.authRevision() < auth.revision()) {
            return Optional.of(ErrorCode.AUTH_OLD_REVISION);
        }
        return auth.hasUser(caller.user())
                ? Optional.empty()
                : Optional.of(ErrorCode.PERMISSION_DENIED);
    }

    private Optional<ErrorCode> keys(Caller caller, KeyRange keys, boolean write) {
        if (!auth.isEnabled() || caller.isMember()) {
            return Optional.empty();
        }
        Optional<ErrorCode> refusal = known(caller);
        if (refusal.isPresent() || auth.isRoot(caller.user())) {
            return refusal;
        }
        return auth.permits(caller.user(), keys, write)
                ? Optional.empty()
                : Optional.of(ErrorCode.PERMISSION_DENIED);
    }
}
