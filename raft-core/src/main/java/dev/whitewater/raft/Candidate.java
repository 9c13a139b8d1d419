package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.quorum.VoteTally;

/** Asks for votes in its own new term (thesis §3.4). */
record Candidate(VoteTally votes) implements Role {

    @Override
    public RoleKind kind() {
        return RoleKind.CANDIDATE;
    }

    @Override
    public NodeId leader() {
        return NodeId.NONE;
    }
}
