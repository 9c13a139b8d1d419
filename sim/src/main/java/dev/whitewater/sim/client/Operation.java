package dev.whitewater.sim.client;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;
import dev.whitewater.sim.history.Detail;

/** An operation while it is under way, and what is known of it at the end. */
final class Operation {

    /** Of the simple kinds: the words say it all. */
    private static final ClientRequest NOTHING_MORE = new ClientRequest.ListLeases();

    final int client;
    final Kind kind;
    final String key;
    final String value;
    final String expected;
    final boolean serializable;

    /** What is asked for, unless the words above say it. */
    final ClientRequest request;

    private final boolean plain;

    /**
     * What members are asked. Of words it is made only when it is wanted: whoever goes through a
     * book unpacks every operation of the run, and asks none of them.
     */
    private ClientRequest asked;

    private boolean made;

    /** What it does with lists, for Elle. */
    private ListSteps lists = ListSteps.NONE;

    int member;
    long invokeNanos;
    long invokeEvent;
    long returnNanos = ClientOperation.OPEN;
    long returnEvent;
    Outcome outcome = Outcome.UNKNOWN;
    String result = "";
    Detail.Fields answered = Detail.Fields.NONE;
    long revision;

    /** Whether its answer says that it made that revision. */
    boolean wrote;

    /** What a linearizable operation must not go below. */
    long floor;

    /** Whether the member is to find the leader. */
    boolean forwarded;

    Operation(int client, Kind kind, String key, String value, String expected, boolean weak) {
        this.client = client;
        this.kind = kind;
        this.key = key;
        this.value = value;
        this.expected = expected;
        this.serializable = weak;
        this.request = NOTHING_MORE;
        this.asked = NOTHING_MORE;
        this.plain = true;
    }

    /** One of the other kinds. */
    Operation(int client, Kind kind, String key, ClientRequest request) {
        this.client = client;
        this.kind = kind;
        this.key = key;
        this.value = "";
        this.expected = "";
        this.serializable =
                request instanceof ClientRequest.Read read
                        && read.consistency() == ClientRequest.Consistency.SERIALIZABLE;
        this.request = request;
        this.asked = request;
        this.made = true;
        this.plain = false;
    }

    /** A put of a key that a lease holds. */
    Operation(int client, String key, String value, ClientRequest request) {
        this.client = client;
        this.kind = Kind.PUT;
        this.key = key;
        this.value = value;
        this.expected = "";
        this.serializable = false;
        this.request = request;
        this.asked = request;
        this.made = true;
        this.plain = false;
    }

    /** The same, which does this with lists. */
    Operation withLists(ListSteps steps) {
        lists = steps;
        return this;
    }

    /** Whether the words say all that is asked for. */
    boolean isPlain() {
        return plain;
    }

    /** What it asks, in the store's words; nothing of an answer is in it. */
    ClientRequest asked() {
        if (!made) {
            asked = Requests.plain(this);
            made = true;
        }
        return asked;
    }

    /** Whether it is a transaction whose conditions were not all fulfilled. */
    boolean tookOtherSide() {
        return kind == Kind.TXN && !Details.truth(answered, "succeeded");
    }

    /** Whether its client knows that it made {@link #revision}. */
    boolean madeRevision() {
        return wrote && outcome == Outcome.OK;
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
                returnEvent,
                Requests.asked(this).with(lists.field(this)),
                answered);
    }

    @Override
    public String toString() {
        if (!isPlain()) {
            return kind.text() + (key.isEmpty() ? "" : " " + key) + " " + request;
        }
        return kind
                + " "
                + key
                + (value.isEmpty() ? "" : " " + value)
                + (kind == Kind.CAS ? " if " + (expected.isEmpty() ? "absent" : expected) : "")
                + (serializable ? " serializable" : "");
    }
}
