package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

/**
 * Independent keys with {@code get}, {@code put v} and {@code append v}, all of them empty texts at
 * first: the key-value store of MIT's 6.824, as Porcupine checks it. A get that answers nil saw the
 * empty text.
 */
record KeyValue() implements RegisterModel {
    private static final Value EMPTY = Value.text("");

    @Override
    public String name() {
        return "kv";
    }

    @Override
    public Value initial() {
        return EMPTY;
    }

    @Override
    public Value partition(Operation operation) {
        return operation.key();
    }

    @Override
    public Plain plain(String function) {
        return switch (function) {
            case "get", "read" -> Plain.READ;
            case "put", "write" -> Plain.WRITE;
            default -> Plain.OTHER;
        };
    }

    @Override
    public boolean nilIsInitial() {
        return true;
    }

    @Override
    public Access access(Operation operation) {
        return switch (operation.function()) {
            case "get", "read" ->
                    operation.isOk()
                            ? new Access.Read(known(operation.output()))
                            : new Access.Silent();
            case "put", "write" -> new Access.Write(known(operation.argument()));
            case "append" -> new Access.Append(known(operation.argument()));
            default -> throw new UnsupportedOperation(name(), operation, "get, put v and append v");
        };
    }

    private static Value known(Value value) {
        return value.isNil() ? EMPTY : value;
    }
}
