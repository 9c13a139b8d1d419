package dev.whitewater.raft;

/** The name of a member's role. */
public enum RoleKind {
    FOLLOWER,
    PRE_CANDIDATE,
    CANDIDATE,
    LEADER
}
