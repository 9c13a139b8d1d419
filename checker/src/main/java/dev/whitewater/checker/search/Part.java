package dev.whitewater.checker.search;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The operations of one partition as the searches want them: in the order of calls, numbered from
 * 0, each with its kind. Refused operations and unanswered reads are left out: they constrain
 * nothing.
 */
public final class Part {
    /** An operation's numbers, and its object if it is the first of its kind. */
    private static final long BYTES_PER_OPERATION = 100;

    private final Value key;
    private final int[] ids;
    private final int[] calls;
    private final int[] returns;
    private final int[] kindOf;
    private final List<Operation> kinds;
    private final boolean[] readOnly;
    private final boolean[] overwrites;
    private final Model<?> model;

    private Part(Model<?> model, Value key, int[] ids, int[] calls, int[] returns, Kinds kinds) {
        this.model = model;
        this.key = key;
        this.ids = ids;
        this.calls = calls;
        this.returns = returns;
        this.kindOf = kinds.kindOf;
        this.kinds = kinds.kinds;
        this.readOnly = kinds.readOnly;
        this.overwrites = kinds.overwrites;
    }

    /** Splits a history along the model's partitions, in the order of their first operations. */
    public static List<Part> of(History history, Model<?> model) {
        return of(history, model, _ -> true, new Purse(Budget.UNLIMITED));
    }

    /** The same for the operations with these numbers only. */
    public static List<Part> of(History history, Model<?> model, IntPredicate wanted) {
        return of(history, model, wanted, new Purse(Budget.UNLIMITED));
    }

    /** These answered operations or writes, all of one partition and in the order of calls. */
    public static Part of(History history, Model<?> model, int... operations) {
        Value key = model.partition(history.operation(operations[0]));
        return of(history, model, key, operations, new Purse(Budget.UNLIMITED));
    }

    /** The same at the cost of this purse. */
    public static List<Part> of(History history, Model<?> model, IntPredicate wanted, Purse purse) {
        Map<Value, IntStream.Builder> groups = new LinkedHashMap<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.isFail(i) || !wanted.test(i)) {
                continue;
            }
            purse.step();
            purse.take(BYTES_PER_OPERATION);
            Operation operation = history.operation(i);
            if (operation.isOk() || !model.readOnly(operation)) {
                Value key = model.partition(operation);
                groups.computeIfAbsent(key, _ -> IntStream.builder()).add(i);
            }
        }
        List<Part> parts = new ArrayList<>();
        groups.forEach(
                (key, operations) ->
                        parts.add(of(history, model, key, operations.build().toArray(), purse)));
        return parts;
    }

    private static Part of(
            History history, Model<?> model, Value key, int[] operations, Purse purse) {
        int[] calls = new int[operations.length];
        int[] returns = new int[operations.length];
        for (int i = 0; i < operations.length; i++) {
            calls[i] = history.call(operations[i]);
            returns[i] = history.completion(operations[i]);
        }
        Kinds kinds = Kinds.of(history, model, operations, purse);
        return new Part(model, key, operations, calls, returns, kinds);
    }

    /** The same part with only these of its operations, given by their rising places. */
    public Part restrictedTo(int[] places) {
        int size = places.length;
        int[] newIds = new int[size];
        int[] newCalls = new int[size];
        int[] newReturns = new int[size];
        int[] newKindOf = new int[size];
        for (int i = 0; i < size; i++) {
            newIds[i] = ids[places[i]];
            newCalls[i] = calls[places[i]];
            newReturns[i] = returns[places[i]];
            newKindOf[i] = kindOf[places[i]];
        }
        Kinds same = new Kinds(newKindOf, kinds, readOnly, overwrites);
        return new Part(model, key, newIds, newCalls, newReturns, same);
    }

    public Transitions transitions(Purse purse) {
        return new Transitions(model, kinds, purse);
    }

    public Model<?> model() {
        return model;
    }

    public Value key() {
        return key;
    }

    public int size() {
        return ids.length;
    }

    /** The operation's number in the history. */
    public int id(int operation) {
        return ids[operation];
    }

    public int call(int operation) {
        return calls[operation];
    }

    public int completion(int operation) {
        return returns[operation];
    }

    public boolean isOpen(int operation) {
        return returns[operation] == History.OPEN;
    }

    /** How many kinds there may be. */
    public int kinds() {
        return kinds.size();
    }

    public int kind(int operation) {
        return kindOf[operation];
    }

    /** One operation of that kind. */
    public Operation example(int kind) {
        return kinds.get(kind);
    }

    public boolean isReadOnly(int operation) {
        return readOnly[kindOf[operation]];
    }

    public boolean overwrites(int operation) {
        return overwrites[kindOf[operation]];
    }

    /** Answered operations in the order of their returns. */
    public int[] inOrderOfReturn() {
        long[] keyed = new long[ids.length];
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            if (!isOpen(i)) {
                keyed[count++] = (long) returns[i] << 32 | i;
            }
        }
        Arrays.sort(keyed, 0, count);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = (int) keyed[i];
        }
        return order;
    }

    /** The kinds of a group of operations. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Kinds(
            int[] kindOf, List<Operation> kinds, boolean[] readOnly, boolean[] overwrites) {

        /** Numbers them by what the history's columns say, without an object for each. */
        static Kinds of(History history, Model<?> model, int[] operations, Purse purse) {
            int[] kindOf = new int[operations.length];
            int[] examples = new int[operations.length];
            int[] table = new int[Math.max(16, Integer.highestOneBit(operations.length) * 4)];
            int count = 0;
            for (int i = 0; i < operations.length; i++) {
                purse.step();
                int slot = hash(history, operations[i]) & (table.length - 1);
                while (table[slot] != 0
                        && !alike(history, operations[i], examples[table[slot] - 1])) {
                    slot = (slot + 1) & (table.length - 1);
                }
                if (table[slot] == 0) {
                    examples[count++] = operations[i];
                    table[slot] = count;
                }
                kindOf[i] = table[slot] - 1;
            }
            List<Operation> kinds = new ArrayList<>(count);
            boolean[] readOnly = new boolean[count];
            boolean[] overwrites = new boolean[count];
            for (int kind = 0; kind < count; kind++) {
                purse.step();
                Operation example = history.operation(examples[kind]);
                kinds.add(example);
                readOnly[kind] = model.readOnly(example);
                overwrites[kind] = model.overwrites(example);
            }
            return new Kinds(kindOf, kinds, readOnly, overwrites);
        }

        private static int hash(History history, int op) {
            long hash = history.functionId(op);
            hash = hash * 0x9e3779b97f4a7c15L + history.key(op);
            hash = hash * 0x9e3779b97f4a7c15L + history.argument(op);
            hash = hash * 0x9e3779b97f4a7c15L + history.output(op);
            return Transitions.hash(hash + history.revision(op));
        }

        /** Whether a model can't tell two operations apart. */
        private static boolean alike(History history, int one, int other) {
            return history.functionId(one) == history.functionId(other)
                    && history.key(one) == history.key(other)
                    && history.argument(one) == history.argument(other)
                    && history.output(one) == history.output(other)
                    && history.outcome(one) == history.outcome(other)
                    && history.revision(one) == history.revision(other);
        }
    }
}
