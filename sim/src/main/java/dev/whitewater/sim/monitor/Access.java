package dev.whitewater.sim.monitor;

import dev.whitewater.sim.Probe;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;
import dev.whitewater.store.Compare;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Permission;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;
import dev.whitewater.store.Txn;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * M34, authorisation: a command on keys is carried out if and only if, by the commands before it in
 * the log, its caller may do all that it could do, in both branches of each transaction and inside
 * of those nested. That all members decide alike is M14's.
 */
final class Access {

    private static final Bytes ROOT = Bytes.utf8("root");

    private final Situations situations;
    private final TreeMap<Bytes, TreeSet<Bytes>> users = new TreeMap<>();
    private final TreeMap<Bytes, TreeMap<String, Permission>> roles = new TreeMap<>();
    private boolean enabled;

    Access(Situations situations) {
        this.situations = situations;
    }

    /** A command is applied, when users and roles had come to {@code revision}. */
    void applied(Request request, Response response, long revision) {
        if (request instanceof Attributed(Caller caller, Request asked)) {
            judge(caller, asked, response, revision);
        } else {
            judge(Caller.NOBODY, request, response, revision);
        }
        if (!(response instanceof Rejected)
                && Attributed.strip(request) instanceof AuthRequest change) {
            change(change);
        }
    }

    private void judge(Caller caller, Request request, Response response, long revision) {
        if (!enabled || caller.isMember() || !(request instanceof Operation operation)) {
            return;
        }
        boolean old = caller.authRevision() < revision;
        boolean may =
                caller.authRevision() > 0
                        && !old
                        && users.containsKey(caller.user())
                        && (isRoot(caller.user()) || may(caller.user(), operation));
        boolean refused = response instanceof Rejected;
        if (!may && !refused) {
            throw broken(caller, operation, "was carried out without permission");
        }
        if (may && refused && isDenial(((Rejected) response).code())) {
            throw broken(caller, operation, "was refused though permitted: " + response);
        }
        if (refused && isDenial(((Rejected) response).code())) {
            situations.hit(Probe.PERMISSION_REFUSED);
        }
        if (old && caller.authRevision() > 0) {
            situations.hit(Probe.AUTH_CHANGED_UNDER_WAY);
        }
    }

    private static boolean isDenial(ErrorCode code) {
        return code == ErrorCode.PERMISSION_DENIED
                || code == ErrorCode.USER_EMPTY
                || code == ErrorCode.AUTH_OLD_REVISION;
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

    private static Finding broken(Caller caller, Operation operation, String what) {
        return new Finding(
                "M34", "authorisation", operation + " of user " + caller.user() + " " + what);
    }
}
