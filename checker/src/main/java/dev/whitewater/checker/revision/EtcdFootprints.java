package dev.whitewater.checker.revision;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.model.UnsupportedOperation;
import dev.whitewater.checker.value.Value;

/**
 * The operations {@code get}, {@code get-serializable}, {@code put}, {@code delete} and {@code cas}
 * of the model etcd-kv. As in etcd, an answer's revision is the store's at that moment: its own for
 * a write that changed something, the current one for all else.
 */
final class EtcdFootprints implements Footprints {
    private static final Value FALSE = new Value.Bool(false);

    @Override
    public void report(History history, int op, Sink sink) {
        int key = history.key(op);
        boolean ok = history.isOk(op);
        long revision = history.revision(op);
        switch (history.function(op)) {
            case "get", "get-serializable" -> {
                if (ok) {
                    sink.equal(op, key, history.output(op), revision);
                }
            }
            case "put" -> {
                if (ok) {
                    sink.set(op, key, history.argument(op));
                } else {
                    sink.maybe(op, key, history.argument(op));
                }
            }
            case "delete" -> delete(history, op, sink);
            case "cas" -> swap(history, op, sink);
            default -> throw unsupported(history.operation(op));
        }
    }

    private static UnsupportedOperation unsupported(Operation operation) {
        return new UnsupportedOperation(
                "etcd-kv", operation, "get, get-serializable, put v, delete and cas [old new]");
    }

    private static void delete(History history, int op, Sink sink) {
        int key = history.key(op);
        if (!history.isOk(op)) {
            sink.maybe(op, key, Values.NIL);
        } else if (history.output(op) == Values.NIL) {
            sink.removed(op, key);
        } else if (history.value(history.output(op)).equals(Value.of(0))) {
            sink.equal(op, key, Values.NIL, history.revision(op));
        } else {
            sink.different(op, key, Values.NIL, history.revision(op) - 1);
            sink.set(op, key, Values.NIL);
        }
    }

    private static void swap(History history, int op, Sink sink) {
        Operation operation = history.operation(op);
        int key = history.key(op);
        if (operation.argument().elements().size() != 2) {
            throw unsupported(operation);
        }
        int expected = history.values().idOf(operation.argument().elements().get(0));
        int value = history.values().idOf(operation.argument().elements().get(1));
        if (!operation.isOk()) {
            sink.maybe(op, key, value);
        } else if (operation.output().equals(FALSE)) {
            sink.different(op, key, expected, history.revision(op));
        } else {
            sink.equal(op, key, expected, history.revision(op) - 1);
            sink.set(op, key, value);
        }
    }
}
