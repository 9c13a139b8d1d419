package dev.whitewater.sim.monitor;

import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;
import dev.whitewater.store.Compare;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Permission;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.Txn;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Users, roles and permissions between two changes of them, and what they allow. */
final class AccessState {

    private static final Bytes ROOT = Bytes.utf8("root");

    /** The entry that brought it about; 0 for the beginning. */
    final long since;

    /** How often users and roles had changed. */
    private final long revision;

    private final TreeMap<Bytes, TreeSet<Bytes>> users = new TreeMap<>();
    private final TreeMap<Bytes, TreeMap<String, Permission>> roles = new TreeMap<>();
    private boolean enabled;

    AccessState(long since, long revision) {
        this.since = since;
        this.revision = revision;
    }

    /** The one after a change that was carried out. */
    AccessState after(AuthRequest change, long index, long revisionAfter) {
        AccessState next = new AccessState(index, revisionAfter);
        users.forEach((name, its) -> next.users.put(name, new TreeSet<>(its)));
        roles.forEach((name, its) -> next.roles.put(name, new TreeMap<>(its)));
        next.enabled = enabled;
        next.change(change);
        return next;
    }

    /** Whether the caller may do this, by a token as old as it is. */
    boolean allows(Caller caller, Operation operation) {
        if (!enabled || caller.isMember()) {
            return true;
        }
        return caller.authRevision() > 0
                && !isOld(caller)
                && users.containsKey(caller.user())
                && (isRoot(caller.user()) || may(caller.user(), operation));
    }

    /** Whether a token was made before the last change. */
    boolean isOld(Caller caller) {
        return enabled && caller.authRevision() < revision;
    }

    /** Whether the caller may still be told of these keys: no token ages under a watch. */
    boolean showsOn(Caller caller, KeyRange keys) {
        Caller asOfNow =
                caller.kind() == Caller.Kind.USER ? Caller.user(caller.user(), revision) : caller;
        return allows(asOfNow, Range.of(keys));
    }

    private boolean isRoot(Bytes user) {
        return users.get(user).contains(ROOT);
    }

    private boolean may(Bytes user, Operation operation) {
        return switch (operation) {
            case Put put -> {
                KeyRange key = KeyRange.single(put.key());
                yield may(user, key, true) && (!put.previous() || may(user, key, false));
            }
            case Range range -> may(user, range.keys(), false);
            case DeleteRange delete ->
                    may(user, delete.keys(), true)
                            && (!delete.previous() || may(user, delete.keys(), false));
            case Txn txn -> {
                boolean all = may(user, txn.success()) && may(user, txn.failure());
                for (Compare compare : txn.compares()) {
                    all &= may(user, compare.keys(), false);
                }
                yield all;
            }
        };
    }

    private boolean may(Bytes user, List<Operation> operations) {
        boolean all = true;
        for (Operation operation : operations) {
            all &= may(user, operation);
        }
        return all;
    }

    /** Goes along the range from permission to permission. */
    private boolean may(Bytes user, KeyRange keys, boolean write) {
        Bytes from = keys.start();
        Bytes end = keys.isSingle() ? from.next() : keys.end();
        while (keys.isOpenEnded() || from.compareTo(end) < 0) {
            Bytes reached = from;
            for (Bytes role : users.get(user)) {
                for (Permission permission : roles.getOrDefault(role, new TreeMap<>()).values()) {
                    boolean fits =
                            write ? permission.access().writes() : permission.access().reads();
                    if (fits && permission.keys().contains(from)) {
                        if (permission.keys().isOpenEnded()) {
                            return true;
                        }
                        reached = later(reached, endOf(permission.keys()));
                    }
                }
            }
            if (reached.equals(from)) {
                return false;
            }
            from = reached;
        }
        return true;
    }

    private static Bytes endOf(KeyRange keys) {
        return keys.isSingle() ? keys.start().next() : keys.end();
    }

    private static Bytes later(Bytes one, Bytes other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private void change(AuthRequest request) {
        switch (request) {
            case AuthRequest.Enable _ -> enabled = true;
            case AuthRequest.Disable _ -> enabled = false;
            case AuthRequest.AddUser add -> users.put(add.user(), new TreeSet<>());
            case AuthRequest.DeleteUser delete -> users.remove(delete.user());
            case AuthRequest.GrantRole grant -> users.get(grant.user()).add(grant.role());
            case AuthRequest.RevokeRole revoke -> users.get(revoke.user()).remove(revoke.role());
            case AuthRequest.AddRole add -> roles.put(add.role(), new TreeMap<>());
            case AuthRequest.DeleteRole delete -> {
                roles.remove(delete.role());
                users.values().forEach(its -> its.remove(delete.role()));
            }
            case AuthRequest.GrantPermission grant ->
                    roles.get(grant.role())
                            .put(grant.permission().keys().toString(), grant.permission());
            case AuthRequest.RevokePermission revoke ->
                    roles.get(revoke.role()).remove(revoke.keys().toString());
            default -> {
                // Changes nothing.
            }
        }
    }
}
