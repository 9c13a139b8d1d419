package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.Rule;

/** One rule is not kept. */
final class Without extends RaftRules {
    private final Rule broken;

    Without(Rule broken) {
        this.broken = broken;
    }

    @Override
    public boolean keeps(Rule rule) {
        return rule != broken;
    }
}
