package dev.whitewater.checker.model;

import dev.whitewater.checker.value.Value;

/** The models that come with the library. */
public final class Models {
    private Models() {}

    /** A register with read and write. */
    public static Model<Value> register(Value initial) {
        return new Register("register", initial, false);
    }

    /** A register with read, write and compare-and-set, nil at first. */
    public static Model<Value> casRegister() {
        return casRegister(Value.NIL);
    }

    /** A register with read, write and compare-and-set. */
    public static Model<Value> casRegister(Value initial) {
        return new Register("cas-register", initial, true);
    }

    /** Keys with get, put and append. */
    public static Model<Value> kv() {
        return new KeyValue();
    }

    /** Keys with get, put, delete and compare-and-set, as simulated clients of the store use. */
    public static Model<Value> etcdKv() {
        return new EtcdRegister();
    }
}
