package dev.whitewater.node;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.wire.Command;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.MalformedRequest;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;
import dev.whitewater.store.Store;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/** Carries committed entries to the store, in order, a bounded number per event. */
final class Applier implements AppliedView {

    private static final int FIELDS = 5;
    private static final Command NO_COMMAND = new Command(NodeId.NONE, 0, new byte[0]);

    private Store store;
    private final Observer observer;
    private final ArrayDeque<Entry> backlog = new ArrayDeque<>();

    /** {@link #FIELDS} numbers for each entry that this event applied. */
    private long[] applied = new long[8 * FIELDS];

    private int size;
    private long appliedTerm;
    private long restoredIndex;
    private long restoredHash;

    /** Who wants to know what was applied. */
    interface Observer {

        Observer NONE =
                new Observer() {
                    @Override
                    public void command(
                            EntryId id, Command command, Request of, Response response) {}

                    @Override
                    public void configuration(EntryId id, Configuration configuration) {}

                    @Override
                    public void nothing(EntryId id) {}
                };

        void command(EntryId id, Command command, Request of, Response response);

        void configuration(EntryId id, Configuration configuration);

        /** An entry that a leader appended of its own accord. */
        void nothing(EntryId id);
    }

    Applier(Store store, Observer observer) {
        this.store = store;
        this.observer = observer;
    }

    void add(List<Entry> committed) {
        backlog.addAll(committed);
    }

    /** A snapshot replaced the store; what waits to be applied is in it. */
    void restored(Store newStore) {
        store = newStore;
        backlog.clear();
        appliedTerm = 0;
        restoredIndex = store.appliedIndex();
        restoredHash = store.hash();
    }

    int backlog() {
        return backlog.size();
    }

    /** The term of the last entry that was applied here; 0: all is from a snapshot. */
    long appliedTerm() {
        return appliedTerm;
    }

    /** A new event begins. */
    void forgetApplied() {
        size = 0;
        restoredIndex = 0;
    }

    /** Applies the oldest entry of the backlog. */
    void applyNext() {
        Entry entry = backlog.removeFirst();
        appliedTerm = entry.term();
        switch (entry.kind()) {
            case COMMAND -> {
                Command command = command(entry);
                Request request = request(entry, command);
                Response response = apply(entry, request);
                note(entry, command);
                observer.command(entry.id(), command, request, response);
            }
            case CONFIGURATION -> {
                skip(entry);
                note(entry, NO_COMMAND);
                observer.configuration(entry.id(), Configuration.decode(entry.data()));
            }
            case NOOP -> {
                skip(entry);
                note(entry, NO_COMMAND);
                observer.nothing(entry.id());
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

    private static Request request(Entry entry, Command command) {
        try {
            return command.request();
        } catch (MalformedRequest e) {
            throw broken("committed-command-readable", entry, e);
        }
    }

    private Response apply(Entry entry, Request request) {
        try {
            return store.apply(entry.index(), request);
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
    public long restoredIndex() {
        return restoredIndex;
    }

    @Override
    public long restoredHash() {
        return restoredHash;
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
