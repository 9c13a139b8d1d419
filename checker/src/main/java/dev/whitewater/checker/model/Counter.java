package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

/** A number with {@code add n} and {@code read}, 0 at first. */
record Counter() implements Model<Long> {
    @Override
    public String name() {
        return "linearizable-counter";
    }

    @Override
    public Long initial() {
        return 0L;
    }

    @Override
    public Value partition(Operation operation) {
        return operation.key();
    }

    @Override
    public Step<Long> step(Long state, Operation operation) {
        switch (operation.function()) {
            case "add" -> {
                if (operation.argument() instanceof Value.Int(long more)) {
                    return Step.next(state + more);
                }
            }
            case "read" -> {
                return !operation.isOk() || operation.output().equals(Value.of(state))
                        ? Step.next(state)
                        : Step.refused(
                                "it read " + operation.output() + " while the sum is " + state);
            }
            default -> {
                // refused below
            }
        }
        throw new UnsupportedOperation(name(), operation, "add n and read");
    }

    @Override
    public boolean readOnly(Operation operation) {
        return operation.function().equals("read");
    }
}
