package dev.whitewater.node.snapshot;

import dev.whitewater.raft.message.SnapshotMeta;

/** The state machine after an entry, and what the core must know of it. */
public record Snapshot(SnapshotMeta meta, byte[] state) {

    /** No snapshot: the state before the first entry. */
    public static final Snapshot NONE = new Snapshot(SnapshotMeta.NONE, new byte[0]);

    public boolean isNone() {
        return meta.isNone();
    }
}
