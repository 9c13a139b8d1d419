package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.graph.IntList;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What clients of a transactional database did and saw, in columns: transactions have dense ids in
 * the order of their completion, their micro-operations lie one after the other in flat arrays,
 * keys have dense ids. Immutable; made by a {@link HistoryBuilder}.
 */
public final class TransactionHistory {
    /** The completion of a transaction that never completed. */
    static final int OPEN = Integer.MAX_VALUE;

    /** No revision is known. */
    static final long NO_REVISION = Long.MIN_VALUE;

    /** The process of transactions of which the history doesn't say whose they are. */
    static final long NOBODY = Long.MIN_VALUE;

    /** A micro-operation that read what {@link #value} says. */
    static final byte READ = 0;

    /** A micro-operation that appended or wrote {@link #value}. */
    static final byte WRITE = 1;

    /** A read of which nobody knows what it returned. */
    static final byte BLIND = 2;

    private final Workload workload;
    private final Values values;
    private final Lists lists;
    private final int[] keyValues;
    private final Columns columns;

    TransactionHistory(
            Workload workload, Values values, Lists lists, int[] keyValues, Columns columns) {
        this.workload = workload;
        this.values = values;
        this.lists = lists;
        this.keyValues = keyValues;
        this.columns = columns;
    }

    public Workload workload() {
        return workload;
    }

    /** The number of transactions. */
    public int size() {
        return columns.types.length;
    }

    /** The number of micro-operations. */
    public int operations() {
        return columns.kinds.length;
    }

    public OpType type(int transaction) {
        return OpType.of(columns.types[transaction]);
    }

    boolean isOk(int transaction) {
        return columns.types[transaction] == OpType.OK.code();
    }

    boolean isFailed(int transaction) {
        return columns.types[transaction] == OpType.FAIL.code();
    }

    /** The process that ran it, as the history names it. */
    public long process(int transaction) {
        return columns.processLabels[columns.processes[transaction]];
    }

    int denseProcess(int transaction) {
        return columns.processes[transaction];
    }

    int processes() {
        return columns.processLabels.length;
    }

    /** The index of the event at which it began; negative when that isn't known. */
    public int invoked(int transaction) {
        return columns.invoked[transaction];
    }

    /** The index of the event at which it completed; {@link Integer#MAX_VALUE} if it never did. */
    public int completed(int transaction) {
        return columns.completed[transaction];
    }

    boolean hasRevision(int transaction) {
        return columns.revisions.length > 0 && columns.revisions[transaction] != NO_REVISION;
    }

    long revision(int transaction) {
        return columns.revisions[transaction];
    }

    boolean hasRevisions() {
        return columns.revisions.length > 0;
    }

    int start(int transaction) {
        return columns.starts[transaction];
    }

    int end(int transaction) {
        return columns.starts[transaction + 1];
    }

    byte kind(int operation) {
        return columns.kinds[operation];
    }

    int key(int operation) {
        return columns.keys[operation];
    }

    /** The value written or read; for a list that was read the reference into {@link #lists}. */
    int value(int operation) {
        return columns.values[operation];
    }

    int keys() {
        return keyValues.length;
    }

    Lists lists() {
        return lists;
    }

    String keyText(int key) {
        return values.text(keyValues[key]);
    }

    String valueText(int value) {
        return values.text(value);
    }

    /** The transaction as its history has it, on one line. */
    public String describe(int transaction) {
        StringBuilder text = new StringBuilder();
        text.append("{:index ").append(position(completed(transaction)));
        if (invoked(transaction) >= 0) {
            text.append(", :invoked ").append(invoked(transaction));
        }
        if (process(transaction) != NOBODY) {
            text.append(", :process ").append(process(transaction));
        }
        text.append(", :type :").append(type(transaction).label()).append(", :value [");
        for (int m = start(transaction); m < end(transaction); m++) {
            text.append(m == start(transaction) ? "" : " ").append(describeOperation(m));
        }
        return text.append("]}").toString();
    }

    /** Each of a transaction's micro-operations, in their order. */
    public List<String> describeOperations(int transaction) {
        List<String> texts = new ArrayList<>();
        for (int m = start(transaction); m < end(transaction); m++) {
            texts.add(describeOperation(m));
        }
        return texts;
    }

    private static String position(int completed) {
        return completed == OPEN ? "nil" : Integer.toString(completed);
    }

    /** One micro-operation, as {@code [:append 3 1]}. */
    String describeOperation(int operation) {
        String key = keyText(key(operation));
        return switch (kind(operation)) {
            case WRITE ->
                    (workload == Workload.LIST_APPEND ? "[:append " : "[:w ")
                            + key
                            + " "
                            + valueText(value(operation))
                            + "]";
            case BLIND -> "[:r " + key + " nil]";
            default -> "[:r " + key + " " + describeRead(operation) + "]";
        };
    }

    String describeRead(int operation) {
        return workload == Workload.LIST_APPEND
                ? describeList(key(operation), value(operation))
                : valueText(value(operation));
    }

    /** A list as {@code [1 2 3]}. */
    String describeList(int key, int reference) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < lists.length(reference); i++) {
            text.append(i == 0 ? "" : " ").append(valueText(lists.element(key, reference, i)));
        }
        return text.append("]").toString();
    }

    /** The arrays of a history; nobody writes to them after it was built. */
    static final class Columns {
        private final byte[] types;
        private final int[] processes;
        private final long[] processLabels;
        private final int[] invoked;
        private final int[] completed;
        private final int[] starts;
        private final byte[] kinds;
        private final int[] keys;
        private final int[] values;
        private final long[] revisions;

        Columns(Transactions transactions, Operations operations, long[] processLabels) {
            this.types = transactions.types.toByteArray();
            this.processes = transactions.processes.toArray();
            this.processLabels = processLabels;
            this.invoked = transactions.invoked.toArray();
            this.completed = transactions.completed.toArray();
            this.starts = Arrays.copyOf(transactions.starts.array(), types.length + 1);
            this.starts[types.length] = operations.keys.size();
            this.kinds = operations.kinds.toByteArray();
            this.keys = operations.keys.toArray();
            this.values = operations.values.toArray();
            this.revisions = transactions.revisions();
        }
    }

    /** The growing columns of transactions. */
    static final class Transactions {
        final ByteList types = new ByteList();
        final IntList processes = new IntList();
        final IntList invoked = new IntList();
        final IntList completed = new IntList();
        final IntList starts = new IntList();
        private long[] revisions = {};

        void revision(int transaction, long revision) {
            if (transaction >= revisions.length) {
                int known = revisions.length;
                revisions = Arrays.copyOf(revisions, Math.max(transaction + 1, known * 2));
                Arrays.fill(revisions, known, revisions.length, NO_REVISION);
            }
            revisions[transaction] = revision;
        }

        private long[] revisions() {
            int known = revisions.length;
            if (known == 0) {
                return revisions;
            }
            long[] all = Arrays.copyOf(revisions, types.size());
            if (known < all.length) {
                Arrays.fill(all, known, all.length, NO_REVISION);
            }
            return all;
        }
    }

    /** The growing columns of micro-operations. */
    static final class Operations {
        final ByteList kinds = new ByteList();
        final IntList keys = new IntList();
        final IntList values = new IntList();

        void add(byte kind, int key, int value) {
            kinds.add(kind);
            keys.add(key);
            values.add(value);
        }
    }

    /** A growing array of bytes. */
    static final class ByteList {
        private byte[] items = new byte[16];
        private int size;

        void add(byte item) {
            if (size == items.length) {
                items = Arrays.copyOf(items, size + (size >> 1) + 4);
            }
            items[size++] = item;
        }

        byte get(int place) {
            return items[place];
        }

        int size() {
            return size;
        }

        byte[] toByteArray() {
            return Arrays.copyOf(items, size);
        }
    }
}
