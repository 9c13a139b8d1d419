package dev.whitewater.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.RaftRules;

import org.junit.jupiter.api.Test;

import java.util.TreeSet;

/** Each broken rule is found by a monitor that watches it, within a few rough plans. */
class PlantedBugsTest {

    private static TreeSet<String> monitorsThatFire(RaftRules rules, int seeds) {
        TreeSet<String> fired = new TreeSet<>();
        for (long seed = 1; seed <= seeds; seed++) {
            RunResult result = Simulation.run(Plans.rough(seed), rules, RunOptions.QUICK);
            if (result.verdict() instanceof Verdict.Violated violated) {
                fired.add(violated.monitor());
            }
        }
        return fired;
    }

    @Test
    void aVoteThatIsNotDurableIsFound() {
        TreeSet<String> fired =
                monitorsThatFire(
                        new RaftRules() {
                            @Override
                            public boolean voteWaitsForDisk() {
                                return false;
                            }
                        },
                        10);
        assertTrue(fired.contains("M11"), fired.toString());
    }

    @Test
    void anAcknowledgementThatIsNotDurableIsFound() {
        TreeSet<String> fired =
                monitorsThatFire(
                        new RaftRules() {
                            @Override
                            public boolean acknowledgementWaitsForDisk() {
                                return false;
                            }
                        },
                        10);
        assertTrue(fired.contains("M11"), fired.toString());
        assertTrue(fired.contains("M7"), fired.toString());
    }

    @Test
    void anEarlierTermsEntryCommittedByCountingIsFound() {
        TreeSet<String> fired =
                monitorsThatFire(
                        new RaftRules() {
                            @Override
                            public boolean commitsByCounting(long entryTerm, long leaderTerm) {
                                return true;
                            }
                        },
                        30);
        assertTrue(fired.contains("M7"), fired.toString());
    }

    @Test
    void aReadThatNoQuorumConfirmedIsFound() {
        TreeSet<String> fired =
                monitorsThatFire(
                        new RaftRules() {
                            @Override
                            public boolean readWaitsForQuorum() {
                                return false;
                            }
                        },
                        60);
        // Both see it; which does first is the seed's.
        assertTrue(fired.contains("M17") || fired.contains("M19"), fired.toString());
    }

    @Test
    void aLogCutWithoutConflictIsFound() {
        TreeSet<String> fired =
                monitorsThatFire(
                        new RaftRules() {
                            @Override
                            public boolean truncatesWithoutConflict() {
                                return true;
                            }
                        },
                        20);
        assertTrue(fired.stream().anyMatch(it -> it.startsWith("core:")), fired.toString());
    }
}
