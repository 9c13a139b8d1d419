package dev.whitewater.sim.client;

import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.plan.OperationMix;
import dev.whitewater.sim.plan.WorkloadPlan;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Purpose;

/**
 * Decides what clients do: each choice by the client and the number of its operation. Only what a
 * CAS expects depends on what happened: it is mostly the value that some client saw last.
 */
final class Chooser {

    private final WorkloadPlan plan;
    private final Decisions decisions;
    private final int members;
    private final String[] keys;
    private final String[] seen;
    private final String padding;

    Chooser(WorkloadPlan plan, Decisions decisions, int members) {
        this.plan = plan;
        this.decisions = decisions;
        this.members = members;
        keys = new String[plan.keys()];
        seen = new String[plan.keys()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "k" + i;
            seen[i] = "";
        }
        padding = ".".repeat(plan.valueBytes());
    }

    Operation operation(int client, long number) {
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
        return new Operation(client, Kind.GET, name, "", "", true);
    }

    /** Unique in the run: who wrote it, as which of its operations. */
    String value(int client, long number) {
        String value = "c" + client + "-" + number;
        return value.length() < plan.valueBytes()
                ? value + padding.substring(value.length())
                : value;
    }

    /** A client learnt the value of {@code key}. */
    void learnt(String key, String value) {
        seen[Integer.parseInt(key, 1, key.length(), 10)] = value;
    }

    /** Whom to ask: mostly {@code hint}, the leader as far as the client knows, else anyone. */
    int member(Operation operation, long number, int hint) {
        long bits = decisions.bits(Purpose.CLIENT_MEMBER, operation.client, number);
        long anyone = operation.kind == Kind.GET ? 3 : 8;
        boolean follows = !operation.serializable && Decisions.below(bits, anyone) > 0;
        return hint > 0 && follows ? hint : 1 + (int) Decisions.below(Long.reverse(bits), members);
    }

    long think(int client, long number) {
        return Decisions.between(
                decisions.bits(Purpose.CLIENT_THINK, client, number), plan.think());
    }
}
