package dev.whitewater.checker.history;

import dev.whitewater.checker.value.Value;

import java.util.AbstractList;
import java.util.List;

/**
 * Operations in the order of their calls, kept as columns of numbers so that a million of them fit
 * into some ten megabytes; {@link #operation} shows one as a record. Made by {@link
 * HistoryBuilder}, or by a reader of a file. Immutable.
 *
 * <p>Real time is a total order of events (calls and returns): {@link #call} and {@link
 * #completion} are positions in it. {@link Operation#interval} holds the times as the source wrote
 * them.
 */
public final class History {
    /** The completion of an operation that never returned. */
    public static final int OPEN = Integer.MAX_VALUE;

    private final Columns columns;
    private final Values values;

    History(Columns columns, Values values) {
        this.columns = columns;
        this.values = values;
    }

    /** A history of these operations, ordered by their intervals; ids are given anew. */
    public static History of(List<Operation> operations) {
        HistoryBuilder builder = new HistoryBuilder();
        for (Operation operation : operations) {
            builder.add(operation);
        }
        return builder.build();
    }

    public int size() {
        return columns.size;
    }

    /** The values that {@link #key}, {@link #argument} and {@link #output} are ids of. */
    public Values values() {
        return values;
    }

    public String function(int operation) {
        return columns.functionNames.get(columns.functions[operation]);
    }

    /** The number of the function among {@link #functionNames}. */
    public int functionId(int operation) {
        return columns.functions[operation];
    }

    public List<String> functionNames() {
        return columns.functionNames;
    }

    public int key(int operation) {
        return columns.keys[operation];
    }

    public int argument(int operation) {
        return columns.arguments[operation];
    }

    public int output(int operation) {
        return columns.outputs[operation];
    }

    public int client(int operation) {
        return columns.clients[operation];
    }

    public Outcome outcome(int operation) {
        return Outcome.of(columns.outcomes[operation]);
    }

    public boolean isOk(int operation) {
        return columns.outcomes[operation] == Outcome.OK.code();
    }

    public boolean isFail(int operation) {
        return columns.outcomes[operation] == Outcome.FAIL.code();
    }

    public long revision(int operation) {
        return columns.revision(operation);
    }

    /** Position of the call among all events. */
    public int call(int operation) {
        return columns.calls[operation];
    }

    /**
     * Position of the return among all events, or {@link #OPEN}; open too if the end is unknown.
     */
    public int completion(int operation) {
        return columns.returns[operation];
    }

    /** The time of the call as the source wrote it. */
    public long invoked(int operation) {
        return columns.invoked[operation];
    }

    /** The time of the return as the source wrote it, or {@link Interval#OPEN}. */
    public long completed(int operation) {
        return columns.completed[operation];
    }

    public Operation operation(int operation) {
        return columns.operation(operation, values);
    }

    /** A view of all operations. */
    public List<Operation> operations() {
        return new AbstractList<>() {
            @Override
            public Operation get(int index) {
                return operation(index);
            }

            @Override
            public int size() {
                return columns.size;
            }
        };
    }

    /** The value behind an id. */
    public Value value(int id) {
        return values.value(id);
    }
}
