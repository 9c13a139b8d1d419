package dev.whitewater.raft.message;

/**
 * The leader is alive. {@code commit} never exceeds what the receiver is known to hold; {@code
 * readContext} names the newest round of reads that waits for this quorum (thesis §6.4), 0 for
 * none.
 */
public record HeartbeatRequest(NodeId from, NodeId to, long term, long commit, long readContext)
        implements Message {}
