package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.RaftRules;

/** Votes leave before they are durable. */
final class VoteNotPersisted extends RaftRules {
    @Override
    public boolean voteWaitsForDisk() {
        return false;
    }
}
