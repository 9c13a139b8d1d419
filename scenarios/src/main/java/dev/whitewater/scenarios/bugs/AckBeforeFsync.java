package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.RaftRules;

/** Entries are acknowledged before they are durable. */
final class AckBeforeFsync extends RaftRules {
    @Override
    public boolean acknowledgementWaitsForDisk() {
        return false;
    }
}
