package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.List;

/**
 * Independent keys with {@code get}, {@code put v}, {@code delete} and {@code cas [old new]},
 * absent (nil) at first: what simulated clients of the store do. A delete may answer how many keys
 * it removed, 0 or 1; a cas that answers {@code false} found another value than the expected one.
 * {@code get-serializable} may see the past and is judged by revision only, so it says nothing
 * here.
 */
record EtcdRegister() implements RegisterModel {
    private static final Value NONE_DELETED = Value.of(0);
    private static final Value FALSE = new Value.Bool(false);

    @Override
    public String name() {
        return "etcd-kv";
    }

    @Override
    public Value initial() {
        return Value.NIL;
    }

    @Override
    public Value partition(Operation operation) {
        return operation.key();
    }

    @Override
    public Plain plain(String function) {
        return switch (function) {
            case "get" -> Plain.READ;
            case "put" -> Plain.WRITE;
            default -> Plain.OTHER;
        };
    }

    @Override
    public Access access(Operation operation) {
        boolean ok = operation.isOk();
        switch (operation.function()) {
            case "get" -> {
                return ok ? new Access.Read(operation.output()) : new Access.Silent();
            }
            case "get-serializable" -> {
                return new Access.Silent();
            }
            case "put" -> {
                return new Access.Write(operation.argument());
            }
            case "delete" -> {
                return deletion(operation);
            }
            case "cas" -> {
                List<Value> values = operation.argument().elements();
                if (values.size() == 2) {
                    return ok && operation.output().equals(FALSE)
                            ? new Access.Miss(values.get(0))
                            : new Access.Swap(values.get(0), values.get(1));
                }
            }
            default -> {
                // refused below, with the same words
            }
        }
        throw new UnsupportedOperation(
                name(), operation, "get, get-serializable, put v, delete and cas [old new]");
    }

    private static Access deletion(Operation operation) {
        if (!operation.isOk() || operation.output().isNil()) {
            return new Access.Write(Value.NIL);
        }
        return operation.output().equals(NONE_DELETED)
                ? new Access.Read(Value.NIL)
                : new Access.Clear();
    }
}
