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

/**
 * The operations of one partition as the searches want them: in the order of calls, numbered from
 * 0, each with its kind. Refused operations and unanswered reads are left out: they constrain
 * nothing.
 */
public final class Part {
    /** An operation as objects, and its numbers. */
    private static final long BYTES_PER_OPERATION = 160;

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
        List<Operation> group = new ArrayList<>();
        for (int op : operations) {
            group.add(history.operation(op));
        }
        return of(history, model, model.partition(group.getFirst()), group);
    }

    /** The same at the cost of this purse. */
    public static List<Part> of(History history, Model<?> model, IntPredicate wanted, Purse purse) {
        Map<Value, List<Operation>> groups = new LinkedHashMap<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.isFail(i) || !wanted.test(i)) {
                continue;
            }
            purse.step();
            purse.take(BYTES_PER_OPERATION);
            Operation operation = history.operation(i);
            if (operation.isOk() || !model.readOnly(operation)) {
                Value key = model.partition(operation);
                groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(operation);
            }
        }
        List<Part> parts = new ArrayList<>();
        groups.forEach((key, operations) -> parts.add(of(history, model, key, operations)));
        return parts;
    }

    private static Part of(History history, Model<?> model, Value key, List<Operation> group) {
        int size = group.size();
        int[] ids = new int[size];
        int[] calls = new int[size];
        int[] returns = new int[size];
        for (int i = 0; i < size; i++) {
            ids[i] = group.get(i).id();
            calls[i] = history.call(ids[i]);
            returns[i] = history.completion(ids[i]);
        }
        return new Part(model, key, ids, calls, returns, new Kinds(model, group));
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

    /** Numbers the kinds of a group of operations. */
    private static final class Kinds {
        final int[] kindOf;
        final List<Operation> kinds;
        final boolean[] readOnly;
        final boolean[] overwrites;

        Kinds(int[] kindOf, List<Operation> kinds, boolean[] readOnly, boolean[] overwrites) {
            this.kindOf = kindOf;
            this.kinds = kinds;
            this.readOnly = readOnly;
            this.overwrites = overwrites;
        }

        Kinds(Model<?> model, List<Operation> group) {
            kindOf = new int[group.size()];
            kinds = new ArrayList<>();
            Map<Object, Integer> known = new LinkedHashMap<>();
            for (int i = 0; i < kindOf.length; i++) {
                Operation operation = group.get(i);
                Object look = List.of(operation.action(), operation.answer());
                Integer kind = known.putIfAbsent(look, kinds.size());
                if (kind == null) {
                    kinds.add(operation);
                    kindOf[i] = kinds.size() - 1;
                } else {
                    kindOf[i] = kind;
                }
            }
            readOnly = new boolean[kinds.size()];
            overwrites = new boolean[kinds.size()];
            for (int kind = 0; kind < kinds.size(); kind++) {
                readOnly[kind] = model.readOnly(kinds.get(kind));
                overwrites[kind] = model.overwrites(kinds.get(kind));
            }
        }
    }
}
