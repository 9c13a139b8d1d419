package dev.whitewater.raft.message;

/** The answer to a {@link VoteRequest}; a grant is durable at the voter before it leaves. */
public record VoteResponse(NodeId from, NodeId to, long term, boolean granted) implements Message {}
