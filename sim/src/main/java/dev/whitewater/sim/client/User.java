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
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Permission;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.Txn;

/**
 * A user and the administrator who changes what the user may do: roles and permissions come and go,
 * permissions are looked at for a while and then not; meanwhile the user writes and reads with a
 * token that is mostly as new as can be. Changes come in bursts, so that what they led to is in
 * force for a while. The administrator asks as a member would, who may do everything.
 */
final class User implements Behaviour {

    private static final Bytes ROOT = Bytes.utf8("root");

    private final int client;
    private final Chooser chooser;
    private final Decisions decisions;
    private final Monitors monitors;
    private final int number;
    private final Bytes name;
    private final Bytes role;

    /** The keys of the last permission that was asked for. */
    private KeyRange granted = KeyRange.ALL;

    /** So many operations from one burst of changes to the next. */
    private static final int PERIOD = 45;

    /** Steps of a burst that go anywhere; then come those after which the user may do something. */
    private static final int WILD_STEPS = 4;

    private static final int FIRST_STEPS = 6;

    User(int client, int number, Chooser chooser, Decisions decisions, Monitors monitors) {
        this.client = client;
        this.chooser = chooser;
        this.decisions = decisions;
        this.monitors = monitors;
        this.number = number;
        name = name(number);
        role = Bytes.utf8("r" + number);
    }

    /** The user of this number, counted from 1. */
    static Bytes name(int number) {
        return Bytes.utf8("u" + number);
    }

    @Override
    public Operation next(long operation) {
        Dice dice = new Dice(decisions.bits(Purpose.CLIENT_USER, client, operation));
        if (operation <= FIRST_STEPS) {
            return firstSteps((int) operation);
        }
        int step = (int) ((operation + 20L * number) % PERIOD);
        if (step < WILD_STEPS || dice.oneIn(40)) {
            return change(dice);
        }
        if (step < WILD_STEPS + FIRST_STEPS) {
            return firstSteps(step - WILD_STEPS + 1);
        }
        if (step == WILD_STEPS + FIRST_STEPS) {
            return !dice.oneIn(4)
                    ? admin(Kind.AUTH_ENABLE, new AuthRequest.Enable())
                    : disable(client);
        }
        return dice.oneIn(2) ? transaction(operation, dice) : simple(operation, dice);
    }

    private Operation change(Dice dice) {
        return switch (dice.below(12)) {
            case 0, 1, 2 -> grant(dice);
            case 3, 4 -> {
                KeyRange keys = keys(dice);
                yield on(keys, Kind.ROLE_REVOKE, new AuthRequest.RevokePermission(role, keys));
            }
            case 5 -> admin(Kind.USER_REVOKE_ROLE, new AuthRequest.RevokeRole(name, role));
            case 6 -> admin(Kind.USER_GRANT_ROLE, new AuthRequest.GrantRole(name, role));
            case 7 -> admin(Kind.ROLE_DELETE, new AuthRequest.DeleteRole(role));
            case 8 -> admin(Kind.ROLE_ADD, new AuthRequest.AddRole(role));
            case 9 ->
                    dice.oneIn(3)
                            ? admin(Kind.USER_DELETE, new AuthRequest.DeleteUser(name))
                            : firstSteps(3);
            case 10 -> admin(Kind.AUTH_ENABLE, new AuthRequest.Enable());
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
        granted = permission.keys();
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
        return new Operation(
                client, Kind.TXN, "", new ClientRequest.Write(new Attributed(caller(dice), txn)));
    }

    /** Sometimes the administrator, so that there is something to see for others. */
    private Caller caller(Dice dice) {
        return dice.oneIn(8) ? Caller.MEMBER : caller(number, monitors.authRevision(), dice);
    }

    /** The user with a token, mostly the newest. */
    static Caller caller(int number, long authRevision, Dice dice) {
        return Caller.user(
                name(number), dice.oneIn(8) ? Math.max(1, authRevision - 1) : authRevision);
    }

    /** More often than not one that was permitted last. */
    private int key(Dice dice) {
        int key = dice.below(chooser.keys());
        if (dice.oneIn(3)) {
            return key;
        }
        for (int tried = 0; tried < chooser.keys(); tried++) {
            int next = (key + tried) % chooser.keys();
            if (granted.contains(TxnMaker.key(next))) {
                return next;
            }
        }
        return key;
    }

    /** One thing at a time is permitted more often than many. */
    private Operation simple(long operation, Dice dice) {
        TxnMaker maker = new TxnMaker(dice, chooser, _ -> Bytes.EMPTY);
        int key = key(dice);
        Caller caller = caller(dice);
        return switch (dice.below(6)) {
            case 0 -> {
                Put put = Put.of(TxnMaker.key(key), Bytes.utf8(chooser.value(client, operation)));
                yield new Operation(
                        client,
                        Kind.TXN,
                        "",
                        new ClientRequest.Write(
                                new Attributed(
                                        caller, Txn.of(dice.oneIn(2) ? put.withPrevious() : put))));
            }
            case 1 -> {
                DeleteRange delete = DeleteRange.of(maker.keys(key));
                yield new Operation(
                        client,
                        Kind.DELETE_RANGE,
                        delete.keys().start().toUtf8(),
                        new ClientRequest.Write(new Attributed(caller, delete)));
            }
            default -> {
                Range range = maker.range(key);
                yield new Operation(
                        client,
                        Kind.RANGE,
                        range.keys().start().toUtf8(),
                        new ClientRequest.Read(
                                range,
                                dice.oneIn(3)
                                        ? ClientRequest.Consistency.SERIALIZABLE
                                        : ClientRequest.Consistency.LINEARIZABLE,
                                ClientRequest.Manner.DIRECT,
                                caller));
            }
        };
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
