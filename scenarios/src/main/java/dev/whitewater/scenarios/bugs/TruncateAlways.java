package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.RaftRules;

/** A follower cuts its log after every append it accepts, whether or not it conflicts. */
final class TruncateAlways extends RaftRules {
    @Override
    public boolean truncatesWithoutConflict() {
        return true;
    }
}
