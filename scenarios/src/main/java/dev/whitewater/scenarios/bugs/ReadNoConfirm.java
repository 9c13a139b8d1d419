package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.RaftRules;

/** Whoever believes to lead answers reads at once. */
final class ReadNoConfirm extends RaftRules {
    @Override
    public boolean readWaitsForQuorum() {
        return false;
    }
}
