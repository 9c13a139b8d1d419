package dev.whitewater.checker.history;

import dev.whitewater.checker.value.Value;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Collects operations. Either event by event in real-time order, by {@link #invoke} and {@link
 * #complete}; or whole operations with their intervals, by {@link #add}, in any order. Not both
 * into one history.
 */
public final class HistoryBuilder {
    private final Columns columns = new Columns();
    private final Values values = new Values();
    private int events;
    private boolean byInterval;

    /** A builder of an empty history. */
    public HistoryBuilder() {
        // nothing to prepare
    }

    /** The table that ids given to {@link #invokeIds} come from. */
    public Values values() {
        return values;
    }

    public int size() {
        return columns.size;
    }

    /** How many events were recorded so far. */
    public int events() {
        return events;
    }

    /** A call, as the next event. Returns the operation's number. */
    public int invoke(Value client, Action action, long time) {
        int function = functionId(action.function());
        int[] ids = {
            values.idOf(client), function, values.idOf(action.key()), values.idOf(action.argument())
        };
        return invokeIds(ids[0], ids[1], ids[2], ids[3], time);
    }

    /** The same for a reader that interned everything itself. */
    public int invokeIds(int client, int function, int key, int argument, long time) {
        int operation = columns.append();
        columns.clients[operation] = client;
        columns.functions[operation] = function;
        columns.keys[operation] = key;
        columns.arguments[operation] = argument;
        columns.invoked[operation] = time;
        columns.calls[operation] = events++;
        return operation;
    }

    /** Whether an operation was answered. */
    public boolean isComplete(int operation) {
        return columns.isComplete(operation);
    }

    /** The answer to an earlier call, as the next event. */
    public void complete(int operation, Answer answer, long time) {
        completeIds(operation, answer.outcome(), values.idOf(answer.value()), time);
        columns.revision(operation, answer.revision());
    }

    /** The same for a reader that interned everything itself. */
    public void completeIds(int operation, Outcome outcome, int output, long time) {
        columns.outcomes[operation] = outcome.code();
        columns.outputs[operation] = outcome == Outcome.OK ? output : Values.NIL;
        // Events are in the order of real time; a clock that was put back between two of them
        // must not make an operation return before its call.
        columns.completed[operation] =
                outcome == Outcome.INFO
                        ? Interval.OPEN
                        : Math.max(time, columns.invoked[operation]);
        columns.returns[operation] = outcome == Outcome.INFO ? History.OPEN : events;
        events++;
    }

    /** The revision that an operation's answer told. */
    public void revision(int operation, long revision) {
        columns.revision(operation, revision);
    }

    /** The number of a function's name, which may be new. */
    public int functionId(String name) {
        int id = columns.functionNames.indexOf(name);
        if (id < 0) {
            columns.functionNames.add(name);
            id = columns.functionNames.size() - 1;
        }
        return id;
    }

    /** The function that an operation was called with. */
    public String function(int operation) {
        return columns.functionNames.get(columns.functions[operation]);
    }

    /** The number of the function that an operation was called with. */
    public int functionOf(int operation) {
        return columns.functions[operation];
    }

    /** The name behind {@link #functionId}. */
    public String functionName(int function) {
        return columns.functionNames.get(function);
    }

    /** A whole operation; its id is replaced by its place in the order of calls. */
    public void add(Operation operation) {
        byInterval = true;
        Interval interval = operation.interval();
        int id = invoke(operation.client(), operation.action(), interval.invoke());
        complete(id, operation.answer(), interval.complete());
        columns.completed[id] =
                operation.outcome() == Outcome.INFO ? Interval.OPEN : interval.complete();
    }

    /** Who called what, by ids of {@link #values} and {@link #functionId}. */
    public record Called(int client, int function, int key, int argument) {}

    /** A whole operation, for a reader that interned everything itself. */
    public void add(Called called, Outcome outcome, int output, Interval interval) {
        byInterval = true;
        int id =
                invokeIds(
                        called.client(),
                        called.function(),
                        called.key(),
                        called.argument(),
                        interval.invoke());
        completeIds(id, outcome, output, interval.complete());
    }

    /** The history; the builder must not be used after. */
    public History build() {
        return new History(byInterval ? sorted() : columns, values);
    }

    /** Gives events their places by time, calls before returns at the same instant. */
    private Columns sorted() {
        int size = columns.size;
        int[] order = inOrder(columns.invoked, IntStream.range(0, size).toArray());
        Columns result = columns.permuted(order);
        int[] returning =
                inOrder(
                        result.completed,
                        IntStream.range(0, size)
                                .filter(i -> result.completed[i] != Interval.OPEN)
                                .toArray());
        Arrays.fill(result.returns, 0, size, History.OPEN);
        int event = 0;
        int returned = 0;
        for (int i = 0; i < size; i++) {
            while (returned < returning.length
                    && result.completed[returning[returned]] < result.invoked[i]) {
                result.returns[returning[returned++]] = event++;
            }
            result.calls[i] = event++;
        }
        while (returned < returning.length) {
            result.returns[returning[returned++]] = event++;
        }
        return result;
    }

    /** Places by their times, equal ones as they were. */
    private static int[] inOrder(long[] times, int[] places) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int place : places) {
            first = Math.min(first, times[place]);
            last = Math.max(last, times[place]);
        }
        if (first < 0 || last - first >= 1L << 32) {
            return IntStream.of(places)
                    .boxed()
                    .sorted(Comparator.comparingLong(place -> times[place]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        long[] keyed = new long[places.length];
        for (int i = 0; i < keyed.length; i++) {
            keyed[i] = (times[places[i]] - first) << 31 | places[i];
        }
        Arrays.sort(keyed);
        int[] order = new int[keyed.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) (keyed[i] & Integer.MAX_VALUE);
        }
        return order;
    }
}
