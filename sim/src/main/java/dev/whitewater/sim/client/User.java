package dev.whitewater.sim.client;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.monitor.Monitors;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Dice;
import dev.whitewater.sim.random.Purpose;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Permission;
import dev.whitewater.store.Txn;

/**
 * A user and the administrator who changes what the user may do: roles and permissions come and go,
 * permissions are looked at for a while and then not; the user runs transactions with a token that
 * is mostly as new as can be. The administrator asks as a member would, who may do everything.
 */
final class User implements Behaviour {

    private static final Bytes ROOT = Bytes.utf8("root");

    private final int client;
    private final Chooser chooser;
    private final Decisions decisions;
    private final Monitors monitors;
    private final Bytes name;
    private final Bytes role;

    User(int client, Chooser chooser, Decisions decisions, Monitors monitors) {
        this.client = client;
        this.chooser = chooser;
        this.decisions = decisions;
        this.monitors = monitors;
        name = Bytes.utf8("u" + client);
        role = Bytes.utf8("r" + client);
    }

    @Override
    public Operation next(long number) {
        Dice dice = new Dice(decisions.bits(Purpose.CLIENT_USER, client, number));
        if (number <= 6) {
            return firstSteps((int) number);
        }
        int what = dice.below(24);
        if (what >= 8) {
            return transaction(number, dice);
        }
        return switch (what) {
            case 0, 1, 2 -> grant(dice);
            case 3 -> {
                KeyRange keys = keys(dice);
                yield on(keys, Kind.ROLE_REVOKE, new AuthRequest.RevokePermission(role, keys));
            }
            case 4 ->
                    dice.oneIn(3)
                            ? admin(Kind.USER_REVOKE_ROLE, new AuthRequest.RevokeRole(name, role))
                            : admin(Kind.USER_GRANT_ROLE, new AuthRequest.GrantRole(name, role));
            case 5 -> admin(Kind.AUTH_ENABLE, new AuthRequest.Enable());
            default -> disable(client);
        };
    }

    private Operation firstSteps(int step) {
        return switch (step) {
            case 1 -> admin(Kind.USER_ADD, new AuthRequest.AddUser(ROOT, Bytes.utf8("#")));
            case 2 -> admin(Kind.USER_GRANT_ROLE, new AuthRequest.GrantRole(ROOT, ROOT));
            case 3 -> admin(Kind.USER_ADD, new AuthRequest.AddUser(name, Bytes.utf8("#" + client)));
            case 4 -> admin(Kind.ROLE_ADD, new AuthRequest.AddRole(role));
            case 5 -> admin(Kind.USER_GRANT_ROLE, new AuthRequest.GrantRole(name, role));
            default -> grant(new Dice(client));
        };
    }

    private Operation grant(Dice dice) {
        Permission.Access access = Permission.Access.values()[dice.below(3)];
        Permission permission = new Permission(access, keys(dice));
        return on(
                permission.keys(),
                Kind.ROLE_GRANT,
                new AuthRequest.GrantPermission(role, permission));
    }

    private KeyRange keys(Dice dice) {
        Bytes key = TxnMaker.key(dice.below(chooser.keys()));
        return switch (dice.below(4)) {
            case 0 -> KeyRange.prefix(Bytes.utf8("k"));
            case 1 -> KeyRange.from(key);
            default -> KeyRange.single(key);
        };
    }

    private Operation transaction(long number, Dice dice) {
        Txn txn =
                new TxnMaker(
                                dice,
                                chooser,
                                nth -> Bytes.utf8(chooser.value(client, number) + "/" + nth))
                        .make();
        long now = monitors.authRevision();
        Caller caller = Caller.user(name, dice.oneIn(8) ? Math.max(1, now - 1) : now);
        return new Operation(
                client, Kind.TXN, "", new ClientRequest.Write(new Attributed(caller, txn)));
    }

    private Operation admin(Kind kind, AuthRequest request) {
        return admin(client, kind, request);
    }

    private Operation on(KeyRange keys, Kind kind, AuthRequest request) {
        return new Operation(
                client,
                kind,
                keys.start().toUtf8(),
                new ClientRequest.Write(Attributed.member(request)));
    }

    private static Operation admin(int client, Kind kind, AuthRequest request) {
        return new Operation(client, kind, "", new ClientRequest.Write(Attributed.member(request)));
    }

    /** Nobody's permissions are looked at any more. */
    static Operation disable(int client) {
        return admin(client, Kind.AUTH_DISABLE, new AuthRequest.Disable());
    }

    @Override
    public void learnt(Operation operation) {
        // Whatever became of it, the next one is as good.
    }
}
