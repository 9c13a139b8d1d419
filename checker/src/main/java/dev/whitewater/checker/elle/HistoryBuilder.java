package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.TransactionHistory.Columns;
import dev.whitewater.checker.elle.TransactionHistory.Operations;
import dev.whitewater.checker.elle.TransactionHistory.Transactions;
import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.elle.graph.LongIntMap;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds a {@link TransactionHistory} event by event, in the order in which they happened:
 *
 * <pre>{@code
 * HistoryBuilder history = new HistoryBuilder(Workload.LIST_APPEND);
 * history.begin(OpType.INVOKE, 0).append(1, 10).readBlind(2).end();
 * history.begin(OpType.OK, 0).append(1, 10).readList(2, 7, 8).end();
 * ListAppend.check(history.build(), ElleOptions.defaults());
 * }</pre>
 *
 * <p>A completion belongs to the oldest open invocation of its process (of nobody's to one with the
 * same operations); nobody knows when one without an invocation began, so time puts nothing before
 * it. A completion without operations takes those of its invocation. What is never completed counts
 * as indeterminate.
 */
public final class HistoryBuilder {
    private final Workload workload;
    private final Values values = new Values();
    private final Lists lists = new Lists();
    private final Transactions transactions = new Transactions();
    private final Operations operations = new Operations();
    private final LongIntMap keyIds = new LongIntMap(64);
    private final IntList keyValues = new IntList();
    private final LongIntMap processIds = new LongIntMap(64);
    private final List<ClientProcess> processes = new ArrayList<>();
    private final int[] single = new int[1];
    private OpType type = OpType.INFO;
    private ClientProcess process = new ClientProcess(0);
    private Invocation invocation = new Invocation(0);
    private int position = -1;
    private int firstOperation;
    private boolean inside;

    /** Whether the event is of nobody, and what such events have begun. */
    private boolean ofNobody;

    private final ClientProcess nobody = new ClientProcess(TransactionHistory.NOBODY);

    public HistoryBuilder(Workload workload) {
        this.workload = workload;
    }

    /** The table in which keys and values get their ids. */
    public Values values() {
        return values;
    }

    /** Begins the next event, at the next index. */
    public HistoryBuilder begin(OpType eventType, long eventProcess) {
        return begin(eventType, eventProcess, position + 1L);
    }

    /** Begins the next event; an index that doesn't rise is replaced by the next one. */
    public HistoryBuilder begin(OpType eventType, long eventProcess, long index) {
        if (inside) {
            throw new IllegalStateException("event: expected end() before the next begin()");
        }
        inside = true;
        ofNobody = false;
        process = process(eventProcess);
        start(eventType, index);
        return this;
    }

    /**
     * Begins the next event, of which nobody says who it was: its transaction has a process of its
     * own. It completes the oldest open invocation of nobody with the same operations, or the
     * oldest of all.
     */
    HistoryBuilder beginAnonymous(OpType eventType, long index) {
        if (inside) {
            throw new IllegalStateException("event: expected end() before the next begin()");
        }
        inside = true;
        ofNobody = true;
        process = nobody;
        start(eventType, index);
        return this;
    }

    private void start(OpType eventType, long index) {
        position = index > position && index < Integer.MAX_VALUE ? (int) index : position + 1;
        type = eventType;
        if (eventType == OpType.INVOKE) {
            invocation = new Invocation(position);
        } else {
            firstOperation = operations.keys.size();
        }
    }

    /** The place of the transaction in the database's own order, such as a revision. */
    public HistoryBuilder revision(long revision) {
        if (type != OpType.INVOKE) {
            transactions.revision(transactions.types.size(), revision);
        }
        return this;
    }

    /** An append to a list. */
    public HistoryBuilder append(long key, long element) {
        return write(values.of(key), values.of(element));
    }

    /** A read of a whole list. */
    public HistoryBuilder readList(long key, long... elements) {
        int[] ids = new int[elements.length];
        for (int i = 0; i < elements.length; i++) {
            ids[i] = values.of(elements[i]);
        }
        return readIds(values.of(key), ids, 0, ids.length);
    }

    /** A write or an append, by the ids of {@link #values()}. */
    public HistoryBuilder write(int key, int value) {
        return add(TransactionHistory.WRITE, dense(key), value);
    }

    /** A read of a register, by ids; {@link Values#NIL} is its initial state. */
    public HistoryBuilder read(int key, int value) {
        if (value == Values.NIL && type != OpType.OK) {
            return readBlind(key);
        }
        return workload == Workload.RW_REGISTER
                ? add(TransactionHistory.READ, dense(key), value)
                : readIds(key, single, 0, 0);
    }

    /** A read of a list, by ids; those of aborted transactions say nothing and are forgotten. */
    public HistoryBuilder readIds(int key, int[] elements, int from, int to) {
        if (type != OpType.OK && type != OpType.INFO) {
            return readBlind(key);
        }
        int denseKey = dense(key);
        return add(TransactionHistory.READ, denseKey, lists.add(denseKey, elements, from, to));
    }

    /** A read of which nobody knows what it returned, by the key's id. */
    public HistoryBuilder readBlind(int key) {
        return add(TransactionHistory.BLIND, dense(key), Values.NIL);
    }

    /** Ends the event. */
    public HistoryBuilder end() {
        if (!inside) {
            throw new IllegalStateException("event: expected begin() before end()");
        }
        inside = false;
        if (type == OpType.INVOKE) {
            process.open.add(invocation);
        } else {
            complete(ofNobody ? takeFitting() : process.takeOldest(), position);
        }
        return this;
    }

    /** Nobody's open invocation that the event completes, and a process for the two. */
    private Invocation takeFitting() {
        process = new ClientProcess(TransactionHistory.NOBODY);
        process.id = processes.size();
        processes.add(process);
        for (int i = 0; i < nobody.open.size(); i++) {
            if (nobody.open.get(i).fits(operations, firstOperation)) {
                return nobody.open.remove(i);
            }
        }
        return nobody.takeOldest();
    }

    /** The history so far; the builder is of no use afterwards. */
    public TransactionHistory build() {
        type = OpType.INFO;
        while (!nobody.open.isEmpty()) {
            firstOperation = operations.keys.size();
            complete(takeFitting(), TransactionHistory.OPEN);
        }
        for (ClientProcess each : processes) {
            process = each;
            while (!each.open.isEmpty()) {
                firstOperation = operations.keys.size();
                complete(each.takeOldest(), TransactionHistory.OPEN);
            }
        }
        long[] labels = new long[processes.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = processes.get(i).label;
        }
        Columns columns = new Columns(transactions, operations, labels);
        return new TransactionHistory(workload, values, lists, keyValues.toArray(), columns);
    }

    private HistoryBuilder add(byte kind, int key, int value) {
        if (type == OpType.INVOKE) {
            invocation.operations.add(kind == TransactionHistory.WRITE ? 1 : 0);
            invocation.operations.add(key);
            invocation.operations.add(value);
        } else {
            operations.add(kind, key, value);
        }
        return this;
    }

    private void complete(Invocation begun, int completion) {
        if (operations.keys.size() == firstOperation) {
            begun.copyTo(operations);
        }
        transactions.types.add(type.code());
        transactions.processes.add(process.id);
        transactions.invoked.add(begun.position);
        transactions.completed.add(completion);
        transactions.starts.add(firstOperation);
    }

    private int dense(int key) {
        int id = keyIds.get(key);
        if (id == LongIntMap.ABSENT) {
            id = keyValues.size();
            keyIds.put(key, id);
            keyValues.add(key);
        }
        return id;
    }

    private ClientProcess process(long label) {
        int id = processIds.get(label);
        if (id == LongIntMap.ABSENT) {
            id = processes.size();
            processIds.put(label, id);
            ClientProcess added = new ClientProcess(label);
            added.id = id;
            processes.add(added);
        }
        return processes.get(id);
    }

    /** A process and the transactions it has open, normally at most one. */
    private static final class ClientProcess {
        private static final Invocation NONE = new Invocation(-1);

        private final long label;
        private final List<Invocation> open = new ArrayList<>(1);
        private int id;

        ClientProcess(long label) {
            this.label = label;
        }

        Invocation takeOldest() {
            return open.isEmpty() ? NONE : open.removeFirst();
        }
    }

    /** An invocation: where it was, and its operations as (writes, key, value) triples. */
    private static final class Invocation {
        private final int position;
        private final IntList operations = new IntList(8);

        Invocation(int position) {
            this.position = position;
        }

        /** Whether a completion from this place on has the same operations. */
        boolean fits(Operations completed, int from) {
            boolean same = completed.keys.size() - from == operations.size() / 3;
            for (int i = 0; same && i < operations.size(); i += 3) {
                int other = from + i / 3;
                boolean writes = operations.get(i) == 1;
                same =
                        writes == (completed.kinds.get(other) == TransactionHistory.WRITE)
                                && operations.get(i + 1) == completed.keys.get(other)
                                && (!writes
                                        || operations.get(i + 2) == completed.values.get(other));
            }
            return same;
        }

        void copyTo(Operations target) {
            for (int i = 0; i < operations.size(); i += 3) {
                boolean writes = operations.get(i) == 1;
                target.add(
                        writes ? TransactionHistory.WRITE : TransactionHistory.BLIND,
                        operations.get(i + 1),
                        operations.get(i + 2));
            }
        }
    }
}
