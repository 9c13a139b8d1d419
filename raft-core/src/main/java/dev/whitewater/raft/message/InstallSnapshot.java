package dev.whitewater.raft.message;

/**
 * The leader no longer has the entries that the receiver needs and gives it the state instead
 * (thesis §5.2). The state's bytes travel beside this message: it is handed to the receiving core
 * when they are there. It is answered by an {@link AppendResponse} that accepts up to the
 * snapshot's index.
 */
public record InstallSnapshot(NodeId from, NodeId to, long term, SnapshotMeta snapshot)
        implements Message {}
