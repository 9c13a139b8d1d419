package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.quorum.VoteTally;

/** Asks whether it could win before it disturbs anyone (thesis §9.6). Its term stays. */
record PreCandidate(long campaignTerm, VoteTally votes) implements Role {

    @Override
    public RoleKind kind() {
        return RoleKind.PRE_CANDIDATE;
    }

    @Override
    public NodeId leader() {
        return NodeId.NONE;
    }
}
