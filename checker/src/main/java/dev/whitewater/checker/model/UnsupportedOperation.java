package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;

/** A history holds an operation that the chosen model doesn't know. */
public final class UnsupportedOperation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedOperation(String model, Operation operation, String known) {
        super(
                "operation "
                        + operation.id()
                        + ": the model "
                        + model
                        + " knows "
                        + known
                        + ", got "
                        + operation);
    }
}
