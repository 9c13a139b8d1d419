package dev.whitewater.raft.message;

/**
 * A follower asks the leader for an index at which it may serve a linearizable read (thesis §6.4).
 */
public record ReadIndexRequest(NodeId from, NodeId to, long term, long context)
        implements Message {}
