package dev.whitewater.checker.model;

import dev.whitewater.checker.value.Value;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /**
     * Registers that transactions read and write together.
     *
     * @param initial what every register holds at first, or a map of their names to that
     */
    public static Model<Map<Value, Value>> multiRegister(Value initial) {
        return MultiRegister.of(initial);
    }

    /** A lock with acquire and release. */
    public static Model<?> mutex() {
        return new Lock(false);
    }

    /** A lock whose acquire answers a token greater than all before. */
    public static Model<?> fencedMutex() {
        return new Lock(true);
    }

    /** A queue that keeps the order. */
    public static Model<List<Value>> fifoQueue() {
        return new FifoQueue();
    }

    /** A queue that doesn't keep the order. */
    public static Model<?> queue() {
        return deterministic(new Bag());
    }

    /** A set whose reads see exactly what was added and not removed. */
    public static Model<Set<Value>> linearizableSet() {
        return new GrowingSet();
    }

    /** A counter whose reads see exactly the sum. */
    public static Model<Long> linearizableCounter() {
        return new Counter();
    }

    /** A model whose states are sets of the other's. */
    public static <S> Model<Set<S>> deterministic(NondeterministicModel<S> model) {
        return new PowerSet<>(model);
    }

    /**
     * The model that the command line calls by this name, if there is one.
     *
     * @param initial what registers hold at first
     */
    public static Optional<Model<?>> byName(String name, Value initial) {
        return Optional.ofNullable(
                switch (name) {
                    case "register" -> register(initial);
                    case "cas-register" -> casRegister(initial);
                    case "multi-register" -> multiRegister(initial);
                    case "kv" -> kv();
                    case "etcd", "etcd-kv" -> etcdKv();
                    case "mutex" -> mutex();
                    case "fenced-mutex" -> fencedMutex();
                    case "queue" -> queue();
                    case "fifo-queue" -> fifoQueue();
                    case "linearizable-set" -> linearizableSet();
                    case "linearizable-counter" -> linearizableCounter();
                    default -> null;
                });
    }
}
