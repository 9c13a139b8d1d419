package dev.whitewater.raft.message;

/**
 * "Would you vote for me in {@code campaignTerm}?" (thesis §9.6). Promises nothing, so the sender's
 * term stays.
 */
public record PreVoteRequest(NodeId from, NodeId to, long term, long campaignTerm, EntryId last)
        implements Message {}
