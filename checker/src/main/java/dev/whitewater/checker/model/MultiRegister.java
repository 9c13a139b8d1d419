package dev.whitewater.checker.model;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Registers that are read and written together by {@code txn [[:read k v] [:write k v] …]}, as
 * Knossos' multi-register; {@code :r} and {@code :w} will do as well.
 *
 * @param each what every register holds at first that isn't among the given
 * @param given what some registers hold at first
 */
record MultiRegister(Value each, Map<Value, Value> given) implements Model<Map<Value, Value>> {
    /** Registers that hold this at first; of a map, each what stands beside its name. */
    static MultiRegister of(Value initial) {
        if (!(initial instanceof Value.Mapping registers)) {
            return new MultiRegister(initial, new LinkedHashMap<>());
        }
        Map<Value, Value> given = new LinkedHashMap<>();
        for (Value.Entry register : registers.entries()) {
            if (!register.value().isNil()) {
                given.put(register.key(), register.value());
            }
        }
        return new MultiRegister(Value.NIL, given);
    }

    @Override
    public String name() {
        return "multi-register";
    }

    @Override
    public Map<Value, Value> initial() {
        return new LinkedHashMap<>(given);
    }

    @Override
    public Step<Map<Value, Value>> step(Map<Value, Value> state, Operation operation) {
        boolean known = operation.isOk() && !operation.output().isNil();
        Value steps = known ? operation.output() : operation.argument();
        Map<Value, Value> after = state;
        for (Value one : steps.elements()) {
            List<Value> parts = one.elements();
            if (parts.size() != 3) {
                throw unsupported(operation);
            }
            Value key = parts.get(1);
            Value value = parts.get(2);
            if (isRead(parts.get(0))) {
                Value there = after.getOrDefault(key, each);
                if (known && !value.equals(there)) {
                    return Step.refused("it read " + value + " at " + key + ", which is " + there);
                }
            } else if (isWrite(parts.get(0))) {
                after = with(after, key, value);
            } else {
                throw unsupported(operation);
            }
        }
        return Step.next(after);
    }

    private Map<Value, Value> with(Map<Value, Value> state, Value key, Value value) {
        Map<Value, Value> after = new LinkedHashMap<>(state);
        if (value.equals(each)) {
            after.remove(key);
        } else {
            after.put(key, value);
        }
        return after;
    }

    private static boolean isRead(Value name) {
        return name.isNamed("read") || name.isNamed("r");
    }

    private static boolean isWrite(Value name) {
        return name.isNamed("write") || name.isNamed("w");
    }

    private UnsupportedOperation unsupported(Operation operation) {
        return new UnsupportedOperation(
                name(), operation, "txn with steps [:read key value] and [:write key value]");
    }

    @Override
    public boolean readOnly(Operation operation) {
        return operation.argument().elements().stream()
                .allMatch(one -> !one.elements().isEmpty() && isRead(one.elements().get(0)));
    }
}
