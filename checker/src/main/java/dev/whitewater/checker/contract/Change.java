package dev.whitewater.checker.contract;

import dev.whitewater.checker.value.Value;

/**
 * One change of one key, as it happened or as a watch reported it.
 *
 * @param value what was put; nil: the key was deleted
 * @param previous what was there before; nil: nothing
 */
public record Change(long revision, String key, Value value, Value previous) {
    public boolean isDelete() {
        return value.isNil();
    }

    /** Whether the key came into being. */
    public boolean isCreate() {
        return previous.isNil() && !value.isNil();
    }

    @Override
    public String toString() {
        return (isDelete() ? "delete " : "put ") + key + " at revision " + revision;
    }
}
