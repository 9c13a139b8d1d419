package dev.whitewater.raft.message;

/**
 * The leader was confirmed by a quorum after the question: reads at or after {@code index} are
 * linearizable.
 */
public record ReadIndexResponse(NodeId from, NodeId to, long term, long context, long index)
        implements Message {}
