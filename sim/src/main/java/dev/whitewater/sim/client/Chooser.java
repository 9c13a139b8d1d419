package dev.whitewater.sim.client;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.ClientRequest.Consistency;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;
import dev.whitewater.sim.plan.OperationMix;
import dev.whitewater.sim.plan.WorkloadPlan;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Dice;
import dev.whitewater.sim.random.Purpose;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.MaintenanceRequest;

import java.util.List;

/**
 * Decides what clients do: each choice by the client and the number of its operation. Only what is
 * expected of keys and which revisions are meant depends on what happened: mostly what some client
 * saw last.
 */
final class Chooser implements TxnMaker.Known {

    private final WorkloadPlan plan;
    private final Decisions decisions;
    private final int members;
    private final String[] keys;
    private final String[] seen;
    private final long[] seenMod;
    private final String padding;
    private long newest;

    Chooser(WorkloadPlan plan, Decisions decisions, int members) {
        this.plan = plan;
        this.decisions = decisions;
        this.members = members;
        keys = new String[plan.keys()];
        seen = new String[plan.keys()];
        seenMod = new long[plan.keys()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "k" + i;
            seen[i] = "";
        }
        padding = ".".repeat(plan.valueBytes());
    }

    /** A client without an aim of its own: this and that, by the plan's weights. */
    Behaviour mixed(int client) {
        return new Behaviour() {
            @Override
            public Operation next(long number) {
                return operation(client, number);
            }

            @Override
            public void learnt(Operation operation) {
                saw(operation);
            }
        };
    }

    private Operation operation(int client, long number) {
        int key =
                (int)
                        Decisions.below(
                                decisions.bits(Purpose.CLIENT_KEY, client, number), keys.length);
        long bits = decisions.bits(Purpose.CLIENT_OPERATION, client, number);
        OperationMix mix = plan.mix();
        long pick = Decisions.below(bits, mix.total());
        String name = keys[key];
        if (pick < mix.put()) {
            return new Operation(client, Kind.PUT, name, value(client, number), "", false);
        }
        pick -= mix.put();
        if (pick < mix.get()) {
            return new Operation(client, Kind.GET, name, "", "", false);
        }
        pick -= mix.get();
        if (pick < mix.delete()) {
            return new Operation(client, Kind.DELETE, name, "", "", false);
        }
        pick -= mix.delete();
        if (pick < mix.cas()) {
            long expects = decisions.bits(Purpose.CLIENT_EXPECTATION, client, number);
            String expected = Decisions.below(expects, 8) == 0 ? "" : seen[key];
            return new Operation(client, Kind.CAS, name, value(client, number), expected, false);
        }
        pick -= mix.cas();
        return pick < mix.serializableGet()
                ? new Operation(client, Kind.GET, name, "", "", true)
                : wide(client, number, key, pick - mix.serializableGet());
    }

    /** About several keys, or none. */
    private Operation wide(int client, long number, int key, long weight) {
        OperationMix mix = plan.mix();
        long pick = weight;
        if (pick < mix.range()) {
            return range(client, number, key);
        }
        pick -= mix.range();
        Dice dice = new Dice(decisions.bits(Purpose.CLIENT_TXN, client, number));
        TxnMaker maker =
                new TxnMaker(
                        dice, this, nth -> Bytes.utf8(value("c" + client + "-" + number, nth)));
        if (pick < mix.deleteRange()) {
            DeleteRange delete = DeleteRange.of(maker.keys(key));
            return new Operation(
                    client,
                    Kind.DELETE_RANGE,
                    delete.keys().start().toUtf8(),
                    new ClientRequest.Write(delete));
        }
        pick -= mix.deleteRange();
        return pick < mix.txn()
                ? new Operation(client, Kind.TXN, "", new ClientRequest.Write(maker.make()))
                : compaction(client, number);
    }

    private Operation range(int client, long number, int key) {
        Dice dice = new Dice(decisions.bits(Purpose.CLIENT_RANGE, client, number));
        Consistency consistency =
                dice.oneIn(3) ? Consistency.SERIALIZABLE : Consistency.LINEARIZABLE;
        var range = new TxnMaker(dice, this, _ -> Bytes.EMPTY).range(key);
        return new Operation(
                client,
                Kind.RANGE,
                range.keys().start().toUtf8(),
                new ClientRequest.Read(range, consistency));
    }

    /** Mostly a little behind what is known, so that others still want what goes. */
    private Operation compaction(int client, long number) {
        Dice dice = new Dice(decisions.bits(Purpose.CLIENT_COMPACTION, client, number));
        long at = dice.oneIn(3) ? Math.max(1, newest) : pastRevision(dice);
        return new Operation(
                client,
                Kind.COMPACT,
                "",
                new ClientRequest.Write(new MaintenanceRequest.Compact(at)));
    }

    /** Unique in the run: who wrote it, as which of its operations. */
    String value(int client, long number) {
        return padded("c" + client + "-" + number);
    }

    /** And as which of its writes. */
    private String value(String operation, int nth) {
        return padded(operation + "/" + nth);
    }

    private String padded(String value) {
        return value.length() < plan.valueBytes()
                ? value + padding.substring(value.length())
                : value;
    }

    // ---- what clients know

    private void saw(Operation operation) {
        if (operation.outcome != Outcome.OK || !operation.kind.isSimple()) {
            return;
        }
        switch (operation.kind) {
            case PUT -> learnt(operation.key, operation.value);
            case GET -> learnt(operation.key, operation.result);
            case DELETE -> learnt(operation.key, "");
            case CAS -> {
                if (operation.result.equals("true")) {
                    learnt(operation.key, operation.value);
                }
            }
            default -> throw new IllegalStateException("not simple: " + operation);
        }
    }

    private void learnt(String key, String value) {
        seen[number(key)] = value;
    }

    private static int number(String key) {
        return Integer.parseInt(key, 1, key.length(), 10);
    }

    /** Somebody was told of a revision. */
    void heardOf(long revision) {
        newest = Math.max(newest, revision);
    }

    /** Somebody was shown keys. */
    void saw(List<KeyValue> kvs) {
        for (KeyValue kv : kvs) {
            if (kv.key().length() > 1 && kv.key().at(0) == 'k') {
                seenMod[number(kv.key().toUtf8())] = kv.modRevision();
            }
        }
    }

    @Override
    public int keys() {
        return keys.length;
    }

    @Override
    public long modRevision(int key) {
        return seenMod[key];
    }

    @Override
    public String value(int key) {
        return seen[key];
    }

    @Override
    public long pastRevision(Dice dice) {
        return Math.max(1, newest - dice.below(dice.oneIn(2) ? 4 : 40) + (dice.oneIn(10) ? 3 : 0));
    }

    // ---- how they go about it

    /** Whom to ask: mostly {@code hint}, the leader as far as the client knows, else anyone. */
    int member(Operation operation, long number, int hint) {
        long bits = decisions.bits(Purpose.CLIENT_MEMBER, operation.client, number);
        long anyone = operation.kind.isRead() ? 3 : 8;
        boolean follows =
                !operation.serializable
                        && !operation.forwarded
                        && Decisions.below(bits, anyone) > 0;
        return hint > 0 && follows ? hint : 1 + (int) Decisions.below(Long.reverse(bits), members);
    }

    boolean forwards(Operation operation, long number) {
        long bits = decisions.bits(Purpose.CLIENT_MANNER, operation.client, number);
        return Decisions.hits(bits, plan.habits().forwarded());
    }

    long think(int client, long number) {
        return Decisions.between(
                decisions.bits(Purpose.CLIENT_THINK, client, number), plan.think());
    }
}
