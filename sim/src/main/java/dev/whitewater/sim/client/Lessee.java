package dev.whitewater.sim.client;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Dice;
import dev.whitewater.sim.random.Purpose;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.Put;

/**
 * Holds one lease after the other: attaches several keys to it, some of which others write too,
 * renews it for a while, then takes it back or lets it expire, and may ask for its renewal even
 * then.
 */
final class Lessee implements Behaviour {

    /** The longest time that a lease is granted for. */
    static final int SECONDS_MOST = 8;

    private final int client;
    private final Chooser chooser;
    private final Decisions decisions;
    private long lease;
    private boolean granted;
    private int renewals;

    Lessee(int client, Chooser chooser, Decisions decisions) {
        this.client = client;
        this.chooser = chooser;
        this.decisions = decisions;
    }

    /** Never one that another client makes, in this run. */
    static long id(int client, long number) {
        return (long) client << 24 | number;
    }

    static Operation grant(int client, long lease, int seconds) {
        return new Operation(
                client,
                Kind.LEASE_GRANT,
                "",
                new ClientRequest.Write(new LeaseRequest.Grant(lease, seconds)));
    }

    static Operation keepAlive(int client, long lease) {
        return new Operation(client, Kind.LEASE_KEEPALIVE, "", new ClientRequest.RenewLease(lease));
    }

    static Operation revoke(int client, long lease) {
        return new Operation(
                client,
                Kind.LEASE_REVOKE,
                "",
                new ClientRequest.Write(new LeaseRequest.Revoke(lease)));
    }

    @Override
    public Operation next(long number) {
        Dice dice = new Dice(decisions.bits(Purpose.CLIENT_LEASE, client, number));
        if (!granted) {
            lease = id(client, number);
            renewals = dice.below(3) * dice.below(30);
            return grant(client, lease, 1 + dice.below(SECONDS_MOST));
        }
        int what = dice.below(12);
        if (what < 4) {
            return put(number, dice);
        }
        if (renewals > 0) {
            renewals--;
            return keepAlive(client, lease);
        }
        if (what < 5) {
            granted = false;
            return revoke(client, lease);
        }
        if (what < 6) {
            // What it held is left to expire.
            lease = id(client, number);
            renewals = dice.below(20);
            return grant(client, lease, 1 + dice.below(SECONDS_MOST));
        }
        return what < 7 ? keepAlive(client, lease) : put(number, dice);
    }

    private Operation put(long number, Dice dice) {
        String key =
                dice.oneIn(3)
                        ? "k" + dice.below(chooser.keys())
                        : "s" + client + "-" + dice.below(5);
        String value = chooser.value(client, number);
        Put put = Put.of(Bytes.utf8(key), Bytes.utf8(value)).withLease(lease);
        return new Operation(client, key, value, new ClientRequest.Write(put));
    }

    @Override
    public void learnt(Operation operation) {
        switch (operation.kind) {
            case LEASE_GRANT -> granted = operation.outcome == Outcome.OK;
            case PUT, LEASE_KEEPALIVE -> {
                boolean gone =
                        operation.outcome == Outcome.REFUSED && !operation.answered.isEmpty();
                granted &= !gone;
            }
            default -> {
                // Its lease is what it was.
            }
        }
    }
}
