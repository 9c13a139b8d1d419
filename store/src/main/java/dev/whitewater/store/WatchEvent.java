package dev.whitewater.store;

import java.util.List;

/**
 * One write that a watch tells of.
 *
 * @param kv what was written; a tombstone if the key was deleted
 * @param previous what stood there before, if that was asked for, was there, and isn't compacted
 */
public record WatchEvent(KeyValue kv, List<KeyValue> previous) {

    public boolean isCreate() {
        return kv.version() == 1;
    }
}
