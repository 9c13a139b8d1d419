package dev.whitewater.checker.linear;

import dev.whitewater.checker.value.Value;

import java.util.List;

/**
 * The operations of one partition in an order that explains all answers. Operations without an
 * answer that needn't have taken effect are not in it.
 */
public record Order(Value partition, List<Integer> operations) {
    public Order {
        operations = Numbers.copyOf(operations);
    }
}
