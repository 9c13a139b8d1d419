package dev.whitewater.raft;

import dev.whitewater.raft.message.SnapshotMeta;

/**
 * The log and the state machine are to be replaced by a snapshot. On disk this is one step: after a
 * crash there is the old log or the snapshot with no entry of the old log beyond it, never both.
 */
public record Restore(SnapshotMeta snapshot) {

    public static final Restore NONE = new Restore(SnapshotMeta.NONE);

    public boolean isEmpty() {
        return snapshot.isNone();
    }
}
