package dev.whitewater.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.Rule;

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

    private static RaftRules without(Rule broken) {
        return new RaftRules() {
            @Override
            public boolean keeps(Rule rule) {
                return rule != broken;
            }
        };
    }

    /** M37: who was never sent again what was lost is not equal to the others at the end. */
    @Test
    void aMemberThatStaysBehindIsFound() {
        TreeSet<String> fired = monitorsThatFire(without(Rule.LOST_APPENDS_ARE_REPEATED), 10);
        assertTrue(fired.contains("M37"), fired.toString());
    }

    /** M38: bytes that count as uncommitted for ever. */
    @Test
    void aMarkThatNothingTakesBackIsFound() {
        TreeSet<String> fired = monitorsThatFire(without(Rule.COMMITTED_BYTES_ARE_GIVEN_BACK), 3);
        assertTrue(fired.contains("M38"), fired.toString());
    }

    /** M36: nothing is ever committed where inherited entries wait. */
    @Test
    void aClusterThatNeverServesAgainIsFound() {
        TreeSet<String> fired = monitorsThatFire(without(Rule.OWN_ENTRY_COMMITS_EARLIER_ONES), 10);
        assertTrue(fired.contains("M36"), fired.toString());
    }
}
