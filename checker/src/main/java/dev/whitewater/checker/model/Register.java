package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.List;

/**
 * One register with {@code read}, {@code write v} and {@code cas [old new]}, as Jepsen's and
 * Knossos' register and cas-register; or one per key, when operations have keys.
 */
record Register(String name, Value initial, boolean swaps) implements RegisterModel {
    @Override
    public Value partition(Operation operation) {
        return operation.key();
    }

    @Override
    public Plain plain(String function) {
        return switch (function) {
            case "read" -> Plain.READ;
            case "write" -> Plain.WRITE;
            default -> Plain.OTHER;
        };
    }

    @Override
    public Access access(Operation operation) {
        switch (operation.function()) {
            case "read" -> {
                return operation.isOk() ? new Access.Read(operation.output()) : new Access.Silent();
            }
            case "write" -> {
                return new Access.Write(operation.argument());
            }
            case "cas" -> {
                List<Value> values = operation.argument().elements();
                if (swaps && values.size() == 2) {
                    return new Access.Swap(values.get(0), values.get(1));
                }
            }
            default -> {
                // refused below, with the same words
            }
        }
        String known = swaps ? "read, write v and cas [old new]" : "read and write v";
        throw new UnsupportedOperation(name, operation, known);
    }
}
