package dev.whitewater.raft.message;

/** The answer to the {@link PreVoteRequest} for {@code campaignTerm}. */
public record PreVoteResponse(NodeId from, NodeId to, long term, long campaignTerm, boolean granted)
        implements Message {}
