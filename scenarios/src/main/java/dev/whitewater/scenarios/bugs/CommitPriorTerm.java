package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.RaftRules;

/** Entries of earlier terms are committed by counting replicas. */
final class CommitPriorTerm extends RaftRules {
    @Override
    public boolean commitsByCounting(long entryTerm, long leaderTerm) {
        return true;
    }
}
