package dev.whitewater.store.backend;

import dev.whitewater.store.KeyValue;
import dev.whitewater.store.StateHash;

/**
 * One write of one key. All writes of a command share its revision and are told apart by {@code
 * sub}, which counts from 0 in the order they were made.
 */
public record Version(KeyValue kv, int sub) {

    public long main() {
        return kv.modRevision();
    }

    /** 64 bits over all of it, the same on every member. */
    public long hash64() {
        return StateHash.fold(kv.hash64(), sub);
    }

    @Override
    public String toString() {
        return kv + "/" + sub;
    }
}
