package dev.whitewater.raft.quorum;

/** How an election stands. */
public enum VoteResult {
    PENDING,
    WON,
    LOST
}
