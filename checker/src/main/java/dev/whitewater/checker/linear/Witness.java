package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.List;

/**
 * Why a history can't be.
 *
 * @param rule the short name of the rule that is broken, such as {@code stale-read}
 * @param sentence the argument in words
 * @param operations the few operations that prove it, in the order of their calls
 * @param partition the part of the system they belong to
 * @param stuckAt the first operation, in the order of returns, up to which no order exists
 * @param prefix the longest prefix that has an order: an order of what had taken effect before
 *     {@code stuckAt} returned, as numbers of operations; methods that need no order to refute a
 *     history look for it only if {@link Options#explain} asks, and may run out of the budget
 */
public record Witness(
        String rule,
        String sentence,
        List<Operation> operations,
        Value partition,
        int stuckAt,
        List<Integer> prefix) {
    public Witness {
        operations = List.copyOf(operations);
        prefix = Numbers.copyOf(prefix);
    }
}
