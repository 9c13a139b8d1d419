package dev.whitewater.scenarios.bugs;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.Rule;

import java.util.List;

/** Several bugs at once: a rule is broken if any of them breaks it. */
final class PlantedTogether extends RaftRules {
    private final List<RaftRules> planted;

    PlantedTogether(List<RaftRules> planted) {
        this.planted = List.copyOf(planted);
    }

    @Override
    public boolean keeps(Rule rule) {
        return planted.stream().allMatch(rules -> rules.keeps(rule));
    }

    @Override
    public boolean voteWaitsForDisk() {
        return planted.stream().allMatch(RaftRules::voteWaitsForDisk);
    }

    @Override
    public boolean acknowledgementWaitsForDisk() {
        return planted.stream().allMatch(RaftRules::acknowledgementWaitsForDisk);
    }

    @Override
    public boolean commitsByCounting(long entryTerm, long leaderTerm) {
        return planted.stream().anyMatch(rules -> rules.commitsByCounting(entryTerm, leaderTerm));
    }

    @Override
    public boolean readWaitsForQuorum() {
        return planted.stream().allMatch(RaftRules::readWaitsForQuorum);
    }

    @Override
    public boolean truncatesWithoutConflict() {
        return planted.stream().anyMatch(RaftRules::truncatesWithoutConflict);
    }
}
