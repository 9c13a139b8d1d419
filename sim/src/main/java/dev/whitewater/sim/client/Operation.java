package dev.whitewater.sim.client;

import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;

/** An operation while it is under way, and what is known of it at the end. */
final class Operation {

    final int client;
    final Kind kind;
    final String key;
    final String value;
    final String expected;
    final boolean serializable;

    int member;
    long invokeNanos;
    long invokeEvent;
    long returnNanos = ClientOperation.OPEN;
    long returnEvent;
    Outcome outcome = Outcome.UNKNOWN;
    String result = "";
    long revision;

    /** What a linearizable read must not go below. */
    long floor;

    Operation(int client, Kind kind, String key, String value, String expected, boolean weak) {
        this.client = client;
        this.kind = kind;
        this.key = key;
        this.value = value;
        this.expected = expected;
        this.serializable = weak;
    }

    boolean isOpen() {
        return returnNanos == ClientOperation.OPEN;
    }

    ClientOperation toHistory() {
        return new ClientOperation(
                client,
                invokeNanos,
                returnNanos,
                kind,
                key,
                value,
                expected,
                outcome,
                result,
                revision,
                serializable,
                member,
                invokeEvent,
                returnEvent);
    }

    @Override
    public String toString() {
        return kind
                + " "
                + key
                + (value.isEmpty() ? "" : " " + value)
                + (kind == Kind.CAS ? " if " + (expected.isEmpty() ? "absent" : expected) : "")
                + (serializable ? " serializable" : "");
    }
}
