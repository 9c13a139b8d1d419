package dev.whitewater.raft.message;

import java.util.List;

/**
 * A follower passes proposals on to its leader, which appends all of them or none. Nobody answers:
 * who proposed must watch what is committed, and must not mind if a network that doubles messages
 * doubles its commands. Two requests are equal only if their arrays are the same: equal commands
 * that were proposed twice are two proposals.
 */
public record ProposalRequest(NodeId from, NodeId to, long term, List<byte[]> commands)
        implements Message {}
