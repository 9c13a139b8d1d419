package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A queue without order: {@code dequeue} answers any element that is in it, nil if there is none.
 * States count how often each element is in.
 */
record Bag() implements NondeterministicModel<Map<Value, Integer>> {
    @Override
    public String name() {
        return "queue";
    }

    @Override
    public List<Map<Value, Integer>> initials() {
        return List.of(new LinkedHashMap<>());
    }

    @Override
    public Value partition(Operation operation) {
        return operation.key();
    }

    @Override
    public List<Map<Value, Integer>> step(Map<Value, Integer> state, Operation operation) {
        return switch (operation.function()) {
            case "enqueue" -> List.of(with(state, operation.argument(), 1));
            case "dequeue" -> dequeue(state, operation);
            default ->
                    throw new UnsupportedOperation(
                            name(), operation, "enqueue v, dequeue and drain");
        };
    }

    private static List<Map<Value, Integer>> dequeue(
            Map<Value, Integer> state, Operation operation) {
        if (operation.isOk() && operation.output().isNil()) {
            return state.isEmpty() ? List.of(state) : List.of();
        }
        if (operation.isOk()) {
            return state.containsKey(operation.output())
                    ? List.of(with(state, operation.output(), -1))
                    : List.of();
        }
        List<Map<Value, Integer>> after = new ArrayList<>();
        after.add(state);
        for (Value element : state.keySet()) {
            after.add(with(state, element, -1));
        }
        return after;
    }

    private static Map<Value, Integer> with(Map<Value, Integer> state, Value element, int more) {
        Map<Value, Integer> after = new LinkedHashMap<>(state);
        int count = after.getOrDefault(element, 0) + more;
        if (count == 0) {
            after.remove(element);
        } else {
            after.put(element, count);
        }
        return after;
    }
}
