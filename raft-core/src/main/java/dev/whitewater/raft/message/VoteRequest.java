package dev.whitewater.raft.message;

/** A candidate of {@code term}, whose log ends at {@code last}, asks for a vote (thesis §3.4). */
public record VoteRequest(NodeId from, NodeId to, long term, EntryId last) implements Message {}
