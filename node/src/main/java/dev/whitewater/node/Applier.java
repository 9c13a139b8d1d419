package dev.whitewater.node;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.wire.Command;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.MalformedRequest;
import dev.whitewater.store.RequestCodec;
import dev.whitewater.store.Response;
import dev.whitewater.store.Store;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/** Carries committed entries to the store, in order, a bounded number per event. */
final class Applier implements AppliedView {

    private static final int FIELDS = 5;
    private static final Command NO_COMMAND = new Command(NodeId.NONE, 0, new byte[0]);

    private final Store store;
    private final PendingWrites writes;
    private final ArrayDeque<Entry> backlog = new ArrayDeque<>();

    /** {@link #FIELDS} numbers for each entry that this event applied. */
    private long[] applied = new long[8 * FIELDS];

    private int size;

    Applier(Store store, PendingWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    void add(List<Entry> committed) {
        backlog.addAll(committed);
    }

    int backlog() {
        return backlog.size();
    }

    /** A new event begins. */
    void forgetApplied() {
        size = 0;
    }

    /** Applies the oldest entry of the backlog and answers whoever waits for it. */
    void applyNext(NodeId leader) {
        Entry entry = backlog.removeFirst();
        switch (entry.kind()) {
            case COMMAND -> {
                Command command = command(entry);
                Response response = apply(entry, command);
                note(entry, command);
                writes.applied(entry.id(), new Reply.Answered(response), leader);
            }
            case CONFIGURATION -> {
                skip(entry);
                note(entry, NO_COMMAND);
                Configuration configuration = Configuration.decode(entry.data());
                writes.applied(entry.id(), new Reply.Reconfigured(configuration), leader);
            }
            case NOOP -> {
                skip(entry);
                note(entry, NO_COMMAND);
                writes.applied(entry.id(), leader);
            }
        }
    }

    private static Command command(Entry entry) {
        try {
            return Command.decode(entry.data());
        } catch (Malformed e) {
            throw broken("committed-command-readable", entry, e);
        }
    }

    private Response apply(Entry entry, Command command) {
        try {
            return store.apply(entry.index(), RequestCodec.decode(command.request()));
        } catch (MalformedRequest e) {
            throw broken("committed-command-readable", entry, e);
        } catch (BrokenInvariant e) {
            throw broken("store-invariant", entry, e);
        }
    }

    private void skip(Entry entry) {
        try {
            store.skip(entry.index());
        } catch (BrokenInvariant e) {
            throw broken("store-invariant", entry, e);
        }
    }

    private static InvariantViolation broken(String rule, Entry entry, RuntimeException cause) {
        InvariantViolation violation =
                new InvariantViolation(rule, "entry " + entry + ": " + cause.getMessage());
        violation.initCause(cause);
        return violation;
    }

    private void note(Entry entry, Command command) {
        int at = size * FIELDS;
        if (at == applied.length) {
            applied = Arrays.copyOf(applied, 2 * at);
        }
        applied[at] = entry.index();
        applied[at + 1] = entry.term();
        applied[at + 2] = command.proposer().value();
        applied[at + 3] = command.requestId();
        applied[at + 4] = store.hash();
        size++;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long index(int i) {
        return field(i, 0);
    }

    @Override
    public long term(int i) {
        return field(i, 1);
    }

    @Override
    public long proposer(int i) {
        return field(i, 2);
    }

    @Override
    public long requestId(int i) {
        return field(i, 3);
    }

    @Override
    public long storeHash(int i) {
        return field(i, 4);
    }

    private long field(int i, int field) {
        if (i >= size) {
            throw new IndexOutOfBoundsException("entry " + i + " of " + size);
        }
        return applied[i * FIELDS + field];
    }
}
