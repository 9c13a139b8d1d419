package dev.whitewater.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may read or write which keys, as plainly as can be: every range is the set of the points at
 * which some range could begin or end. Between two such points nothing can change.
 */
final class NaiveAccess {
    private static final List<Bytes> POINTS = points();

    private record Grant(Bytes role, KeyRange keys, Permission.Access access) {}

    private final List<Grant> grants = new ArrayList<>();
    private final NavigableSet<Bytes> roles = new TreeSet<>();
    private final NavigableMap<Bytes, NavigableSet<Bytes>> users = new TreeMap<>();
    private long revision = 1;
    private boolean enabled;

    private static List<Bytes> points() {
        NavigableSet<Bytes> points = new TreeSet<>();
        for (Bytes key : NaiveStore.KEYS) {
            points.add(key);
            points.add(key.next());
            points.add(key.afterPrefix());
        }
        return List.copyOf(points);
    }

    /** Follows a command that was carried out. */
    void carriedOut(AuthRequest request) {
        boolean changed =
                switch (request) {
                    case AuthRequest.Enable r -> {
                        enabled = true;
                        yield false;
                    }
                    case AuthRequest.Disable r -> {
                        boolean was = enabled;
                        enabled = false;
                        yield was;
                    }
                    case AuthRequest.AddUser r -> users.put(r.user(), new TreeSet<>()) == null;
                    case AuthRequest.DeleteUser r -> users.remove(r.user()) != null;
                    case AuthRequest.ChangePassword r -> true;
                    case AuthRequest.GrantRole r -> users.get(r.user()).add(r.role());
                    case AuthRequest.RevokeRole r -> users.get(r.user()).remove(r.role());
                    case AuthRequest.AddRole r -> roles.add(r.role());
                    case AuthRequest.DeleteRole r -> {
                        users.values().forEach(its -> its.remove(r.role()));
                        grants.removeIf(grant -> grant.role.equals(r.role()));
                        yield roles.remove(r.role());
                    }
                    case AuthRequest.GrantPermission r -> {
                        Permission its = r.permission();
                        revoke(r.role(), its.keys());
                        yield grants.add(new Grant(r.role(), its.keys(), its.access()));
                    }
                    case AuthRequest.RevokePermission r -> revoke(r.role(), r.keys());
                    default -> false;
                };
        revision += changed ? 1 : 0;
    }

    private boolean revoke(Bytes role, KeyRange keys) {
        return grants.removeIf(grant -> grant.role.equals(role) && grant.keys.equals(keys));
    }

    long revision() {
        return revision;
    }

    /** Why an operation is refused to a caller, if so. */
    Optional<ErrorCode> refusal(Caller caller, Operation operation, Map<Bytes, Long> leases) {
        if (!enabled || caller.isMember()) {
            return Optional.empty();
        }
        if (caller.authRevision() == 0) {
            return touchesNothing(operation) ? Optional.empty() : Optional.of(ErrorCode.USER_EMPTY);
        }
        if (touchesNothing(operation)) {
            return Optional.empty();
        }
        if (caller.authRevision() < revision) {
            return Optional.of(ErrorCode.AUTH_OLD_REVISION);
        }
        NavigableSet<Bytes> its = users.get(caller.user());
        boolean may =
                its != null && (its.contains(Bytes.utf8("root")) || may(its, operation, leases));
        return may ? Optional.empty() : Optional.of(ErrorCode.PERMISSION_DENIED);
    }

    /** Why somebody may not do what any user may, if so. */
    Optional<ErrorCode> refusalOfAnyone(Caller caller) {
        if (!enabled || caller.isMember()) {
            return Optional.empty();
        }
        if (caller.authRevision() == 0) {
            return Optional.of(ErrorCode.USER_EMPTY);
        }
        if (caller.authRevision() < revision) {
            return Optional.of(ErrorCode.AUTH_OLD_REVISION);
        }
        return users.containsKey(caller.user())
                ? Optional.empty()
                : Optional.of(ErrorCode.PERMISSION_DENIED);
    }

    /** Why somebody may not do what root may, if so; a token's age doesn't matter. */
    Optional<ErrorCode> refusalUnlessRoot(Caller caller) {
        if (!enabled || caller.isMember()) {
            return Optional.empty();
        }
        if (caller.user().isEmpty()) {
            return Optional.of(ErrorCode.USER_EMPTY);
        }
        NavigableSet<Bytes> its = users.getOrDefault(caller.user(), new TreeSet<>());
        return its.contains(Bytes.utf8("root"))
                ? Optional.empty()
                : Optional.of(ErrorCode.PERMISSION_DENIED);
    }

    private static boolean touchesNothing(Operation operation) {
        return operation instanceof Txn txn
                && txn.compares().isEmpty()
                && txn.success().stream().allMatch(NaiveAccess::touchesNothing)
                && txn.failure().stream().allMatch(NaiveAccess::touchesNothing);
    }

    private boolean may(NavigableSet<Bytes> its, Operation operation, Map<Bytes, Long> leases) {
        return switch (operation) {
            case Range range -> may(its, range.keys(), false);
            case Put put ->
                    may(its, KeyRange.single(put.key()), true)
                            && (!put.previous() || may(its, KeyRange.single(put.key()), false))
                            && leases.entrySet().stream()
                                    .filter(each -> each.getValue() == put.lease())
                                    .allMatch(
                                            each -> may(its, KeyRange.single(each.getKey()), true));
            case DeleteRange delete ->
                    may(its, delete.keys(), true)
                            && (!delete.previous() || may(its, delete.keys(), false));
            case Txn txn ->
                    txn.compares().stream().allMatch(each -> may(its, each.keys(), false))
                            && txn.success().stream().allMatch(each -> may(its, each, leases))
                            && txn.failure().stream().allMatch(each -> may(its, each, leases));
        };
    }

    private boolean may(NavigableSet<Bytes> its, KeyRange keys, boolean write) {
        return POINTS.stream()
                .filter(keys::contains)
                .allMatch(
                        point ->
                                grants.stream()
                                        .filter(grant -> its.contains(grant.role))
                                        .filter(
                                                grant ->
                                                        write
                                                                ? grant.access.writes()
                                                                : grant.access.reads())
                                        .anyMatch(grant -> grant.keys.contains(point)));
    }
}
