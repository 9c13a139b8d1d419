package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.LinkedHashSet;
import java.util.Set;

/** A set with {@code add v}, {@code remove v} and {@code read}, which answers all elements. */
record GrowingSet() implements Model<Set<Value>> {
    @Override
    public String name() {
        return "linearizable-set";
    }

    @Override
    public Set<Value> initial() {
        return new LinkedHashSet<>();
    }

    @Override
    public Value partition(Operation operation) {
        return operation.key();
    }

    @Override
    public Step<Set<Value>> step(Set<Value> state, Operation operation) {
        Set<Value> after = new LinkedHashSet<>(state);
        switch (operation.function()) {
            case "add" -> after.add(operation.argument());
            case "remove" -> after.remove(operation.argument());
            case "read" -> {
                Set<Value> seen = new LinkedHashSet<>(operation.output().elements());
                return !operation.isOk() || seen.equals(state)
                        ? Step.next(state)
                        : Step.refused(
                                "it read " + operation.output() + " while the set is " + state);
            }
            default ->
                    throw new UnsupportedOperation(name(), operation, "add v, remove v and read");
        }
        return Step.next(after);
    }

    @Override
    public boolean readOnly(Operation operation) {
        return operation.function().equals("read");
    }
}
