package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.Answer;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Interval;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.search.Exhausted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * How far a history that can't be could have been: a check by revisions meets what breaks in the
 * order of revisions, so the first return up to which there is no order is looked for afterwards.
 * What had not returned by then counts as unanswered. If a prefix had no order, no longer one has
 * any, so halving finds it.
 */
final class LongestPrefix {
    private static final int NOBODY = -1;

    private final History history;
    private final Function<History, Verdict> judge;

    /** Answered operations in the order of their returns. */
    private final int[] returns;

    private List<Integer> order = List.of();

    /** The fewest returns of which it is certain, not just undecided, that they have no order. */
    private int broken;

    private LongestPrefix(History history, Function<History, Verdict> judge) {
        this.history = history;
        this.judge = judge;
        long[] keyed = new long[history.size()];
        int size = 0;
        for (int op = 0; op < history.size(); op++) {
            if (history.isOk(op)) {
                keyed[size++] = (long) history.completion(op) << Integer.SIZE | op;
            }
        }
        Arrays.sort(keyed, 0, size);
        returns = new int[size];
        for (int i = 0; i < size; i++) {
            returns[i] = (int) keyed[i];
        }
        broken = size;
    }

    /** The same verdict with the prefix; without it if the budget ends before it is found. */
    static Verdict of(History history, Verdict.Invalid found, Function<History, Verdict> judge) {
        LongestPrefix longest = new LongestPrefix(history, judge);
        Witness witness = found.witness();
        int stuckAt;
        try {
            stuckAt = longest.search(witness);
        } catch (Exhausted e) {
            return found;
        }
        return stuckAt == NOBODY
                ? found
                : new Verdict.Invalid(
                        found.methods(),
                        new Witness(
                                witness.rule(),
                                witness.sentence(),
                                witness.operations(),
                                witness.partition(),
                                stuckAt,
                                longest.order));
    }

    /** The first operation whose return leaves no order, or nobody. */
    private int search(Witness witness) {
        int last = 0;
        for (Operation operation : witness.operations()) {
            for (int i = last; i < returns.length && operation.isOk(); i++) {
                last = returns[i] == operation.id() ? i : last;
            }
        }
        int low = 0;
        int high = isOrdered(last + 1) ? returns.length : last + 1;
        if (low < high - 1 && isOrdered(high - 1)) {
            low = high - 1;
        }
        while (low < high - 1) {
            int middle = (low + high) >>> 1;
            if (isOrdered(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high == 0 || high != broken ? NOBODY : returns[high - 1];
    }

    /** Whether the first so many returns have an order; the last that was found is kept. */
    private boolean isOrdered(int count) {
        Verdict verdict = judge.apply(upTo(returns[count - 1]));
        if (verdict.isInvalid()) {
            broken = Math.min(broken, count);
        }
        if (verdict instanceof Verdict.Valid(List<String> _, List<Order> orders)) {
            order = orders.isEmpty() ? List.of() : orders.getFirst().operations();
            return true;
        }
        return false;
    }

    private History upTo(int last) {
        int end = history.completion(last);
        List<Operation> operations = new ArrayList<>();
        for (int op = 0; op < history.size() && history.call(op) <= end; op++) {
            Operation was = history.operation(op);
            boolean returned = history.completion(op) <= end;
            Interval interval = returned ? was.interval() : Interval.openSince(history.invoked(op));
            Answer answer = returned ? was.answer() : Answer.NONE;
            operations.add(new Operation(op, was.client(), was.action(), answer, interval));
        }
        return History.of(operations);
    }
}
