package dev.whitewater.raft.message;

/** The follower still accepts the leader of {@code term}; it echoes the round of reads. */
public record HeartbeatResponse(NodeId from, NodeId to, long term, long readContext)
        implements Message {}
