package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.List;

/**
 * A queue with {@code enqueue v} and {@code dequeue}, which answers the element that was put in
 * first; nil means that the queue was empty.
 */
record FifoQueue() implements Model<List<Value>> {
    @Override
    public String name() {
        return "fifo-queue";
    }

    @Override
    public List<Value> initial() {
        return List.of();
    }

    @Override
    public Value partition(Operation operation) {
        return operation.key();
    }

    @Override
    public Step<List<Value>> step(List<Value> state, Operation operation) {
        return switch (operation.function()) {
            case "enqueue" -> {
                List<Value> after = new ArrayList<>(state);
                after.add(operation.argument());
                yield Step.next(after);
            }
            case "dequeue" -> dequeue(state, operation);
            default ->
                    throw new UnsupportedOperation(
                            name(), operation, "enqueue v, dequeue and drain");
        };
    }

    private static Step<List<Value>> dequeue(List<Value> state, Operation operation) {
        boolean empty = state.isEmpty();
        if (operation.isOk() && operation.output().isNil() != empty) {
            return Step.refused(
                    empty ? "it took something from an empty queue" : "the queue wasn't empty");
        }
        if (empty) {
            return Step.next(state);
        }
        if (operation.isOk() && !state.getFirst().equals(operation.output())) {
            return Step.refused("the first element is " + state.getFirst());
        }
        return Step.next(List.copyOf(state.subList(1, state.size())));
    }
}
