package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

/** What a member is in its term. Each role holds exactly the data that only it needs. */
sealed interface Role permits Follower, PreCandidate, Candidate, Leader {

    RoleKind kind();

    /** The leader of the term as this role knows it, or {@link NodeId#NONE}. */
    NodeId leader();
}
