package dev.whitewater.sim.client;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.ClientRequest.Consistency;
import dev.whitewater.sim.Probe;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;
import dev.whitewater.sim.history.Detail;
import dev.whitewater.sim.monitor.Monitors;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Dice;
import dev.whitewater.sim.random.Purpose;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Compare;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.Txn;

import java.util.List;

/**
 * Takes a lock by etcd's recipe: a key of its own, held by a lease, queues behind those with lower
 * create revisions; the first holds the lock. While it waits and holds it renews its lease now and
 * then. What it writes under the lock it writes on condition that its key is still the one it was,
 * for a lease is no promise about now.
 */
final class Locker implements Behaviour {

    private static final String QUEUE = "lock/";
    private static final String GUARDED = "guarded";

    private final int client;
    private final Chooser chooser;
    private final Decisions decisions;
    private final Monitors monitors;
    private State state = State.IDLE;
    private long lease;
    private long token;
    private int writes;

    private enum State {
        IDLE,
        LEASED,
        QUEUED,
        HOLDING
    }

    Locker(int client, Chooser chooser, Decisions decisions, Monitors monitors) {
        this.client = client;
        this.chooser = chooser;
        this.decisions = decisions;
        this.monitors = monitors;
    }

    static KeyRange queue() {
        return KeyRange.prefix(Bytes.utf8(QUEUE));
    }

    private Bytes key() {
        return Bytes.utf8(QUEUE + lease);
    }

    @Override
    public Operation next(long number) {
        Dice dice = new Dice(decisions.bits(Purpose.CLIENT_LOCK, client, number));
        if (state != State.IDLE && dice.oneIn(3)) {
            return Lessee.keepAlive(client, lease);
        }
        return switch (state) {
            case IDLE -> {
                lease = Lessee.id(client, number);
                yield Lessee.grant(client, lease, 1 + dice.below(4));
            }
            case LEASED -> enqueue(number);
            case QUEUED -> look();
            case HOLDING -> {
                if (writes-- > 0) {
                    yield write(number);
                }
                state = State.IDLE;
                yield Lessee.revoke(client, lease);
            }
        };
    }

    private Operation enqueue(long number) {
        Txn txn =
                new Txn(
                        List.of(Compare.createRevision(key(), Compare.Relation.EQUAL, 0)),
                        List.of(
                                Put.of(key(), Bytes.utf8(chooser.value(client, number)))
                                        .withLease(lease)),
                        List.of(Range.of(key())));
        return new Operation(client, Kind.TXN, "", new ClientRequest.Write(txn));
    }

    private Operation look() {
        return new Operation(
                client,
                Kind.RANGE,
                QUEUE,
                new ClientRequest.Read(Range.of(queue()), Consistency.LINEARIZABLE));
    }

    private Operation write(long number) {
        Txn txn =
                new Txn(
                        List.of(Compare.createRevision(key(), Compare.Relation.EQUAL, token)),
                        List.of(
                                Put.of(
                                        Bytes.utf8(GUARDED),
                                        Bytes.utf8(chooser.value(client, number)))),
                        List.of());
        return new Operation(client, Kind.TXN, "", new ClientRequest.Write(txn));
    }

    @Override
    public void learnt(Operation operation) {
        boolean ok = operation.outcome == Outcome.OK;
        switch (operation.kind) {
            case LEASE_GRANT -> state = ok ? State.LEASED : State.IDLE;
            case LEASE_KEEPALIVE -> {
                if (operation.outcome == Outcome.REFUSED && !operation.answered.isEmpty()) {
                    lost();
                }
            }
            case RANGE -> {
                if (ok) {
                    looked(operation);
                }
            }
            case TXN -> {
                if (state == State.LEASED) {
                    // Whatever became of it: the queue tells whether the key is there.
                    state = operation.outcome == Outcome.REFUSED ? State.IDLE : State.QUEUED;
                } else if (ok) {
                    wrote(operation);
                }
            }
            default -> {
                // Released, or perhaps; the next lock has another key.
            }
        }
    }

    private void lost() {
        if (state == State.HOLDING) {
            monitors.situations().hit(Probe.LOCK_LOST_BY_EXPIRY);
        }
        state = State.IDLE;
    }

    private void wrote(Operation operation) {
        if (operation.wrote) {
            monitors.locks().wrote(queue(), key(), token, operation.revision);
        } else {
            lost();
        }
    }

    private void looked(Operation operation) {
        long first = Long.MAX_VALUE;
        long own = 0;
        for (Detail one : Details.list(operation.answered, "kvs")) {
            long create = Details.number(one, "create");
            first = Math.min(first, create);
            own = Details.text(one, "key").equals(key().toUtf8()) ? create : own;
        }
        if (own == 0) {
            state = State.IDLE;
        } else if (own == first) {
            token = own;
            writes = 4;
            state = State.HOLDING;
            monitors.locks().held(queue(), key(), token, operation.revision);
        } else {
            monitors.situations().hit(Probe.LOCK_CONTENDED);
        }
    }
}
