package dev.whitewater.checker.history;

import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The arrays behind a {@link History}, one slot per operation. */
final class Columns {
    final List<String> functionNames = new ArrayList<>();
    int size;
    int[] functions = new int[16];
    int[] clients = new int[16];
    int[] keys = new int[16];
    int[] arguments = new int[16];
    int[] outputs = new int[16];
    int[] calls = new int[16];
    int[] returns = new int[16];
    byte[] outcomes = new byte[16];
    long[] invoked = new long[16];
    long[] completed = new long[16];

    /** Empty while no answer carried a revision, which spares histories that have none. */
    private long[] revisions = {};

    int append() {
        if (size == functions.length) {
            grow(size * 2);
        }
        outcomes[size] = Outcome.INFO.code();
        returns[size] = History.OPEN;
        completed[size] = Interval.OPEN;
        return size++;
    }

    boolean isComplete(int operation) {
        return returns[operation] != History.OPEN;
    }

    long revision(int operation) {
        return operation < revisions.length ? revisions[operation] : 0;
    }

    void revision(int operation, long revision) {
        if (revision == 0 && revisions.length == 0) {
            return;
        }
        if (operation >= revisions.length) {
            revisions = Arrays.copyOf(revisions, functions.length);
        }
        revisions[operation] = revision;
    }

    private void grow(int length) {
        functions = Arrays.copyOf(functions, length);
        clients = Arrays.copyOf(clients, length);
        keys = Arrays.copyOf(keys, length);
        arguments = Arrays.copyOf(arguments, length);
        outputs = Arrays.copyOf(outputs, length);
        calls = Arrays.copyOf(calls, length);
        returns = Arrays.copyOf(returns, length);
        outcomes = Arrays.copyOf(outcomes, length);
        invoked = Arrays.copyOf(invoked, length);
        completed = Arrays.copyOf(completed, length);
    }

    Operation operation(int i, Values values) {
        Action action =
                new Action(
                        functionNames.get(functions[i]),
                        values.value(keys[i]),
                        values.value(arguments[i]));
        Outcome outcome = Outcome.of(outcomes[i]);
        Answer answer = new Answer(outcome, values.value(outputs[i]), revision(i));
        Value client = values.value(clients[i]);
        return new Operation(i, client, action, answer, new Interval(invoked[i], completed[i]));
    }

    /** A copy with operation {@code order[i]} at place i. */
    Columns permuted(int[] order) {
        Columns result = new Columns();
        result.functionNames.addAll(functionNames);
        result.grow(Math.max(16, size));
        result.size = size;
        for (int to = 0; to < size; to++) {
            int from = order[to];
            result.functions[to] = functions[from];
            result.clients[to] = clients[from];
            result.keys[to] = keys[from];
            result.arguments[to] = arguments[from];
            result.outputs[to] = outputs[from];
            result.calls[to] = calls[from];
            result.returns[to] = returns[from];
            result.outcomes[to] = outcomes[from];
            result.invoked[to] = invoked[from];
            result.completed[to] = completed[from];
            result.revision(to, revision(from));
        }
        return result;
    }
}
