package dev.whitewater.raft;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.TreeSet;

/** Random schedules keep the invariants; each planted bug breaks one of them. */
final class SoupTest {

    private static final RaftConfig.Guards NO_GUARDS = new RaftConfig.Guards(false, false);

    @Property(tries = 300)
    void anyScheduleKeepsTheInvariantsAndTheClusterHeals(@ForAll long seed) {
        int members = 1 + (int) Math.floorMod(seed, 5L);
        Soup soup = new Soup(seed, Cluster.of(members));
        soup.run(1500);
        soup.healAndAgree();
    }

    @Property(tries = 100)
    void soDoesAClusterWithoutGuards(@ForAll long seed) {
        new Soup(seed, Cluster.withoutGuards(3, RaftRules.HONEST)).run(1500);
    }

    @Property(tries = 200)
    void soDoesAClusterWithTinyLimits(@ForAll long seed) {
        Soup soup = new Soup(seed, Cluster.tight(3, RaftConfig.Guards.DEFAULT, RaftRules.HONEST));
        soup.run(1500);
        soup.healAndAgree();
    }

    /** The five planted bugs of the catalogue that live in this module. */
    enum Planted {
        VOTE_NOT_PERSISTED(
                new RaftRules() {
                    @Override
                    public boolean voteWaitsForDisk() {
                        return false;
                    }
                },
                "M1-election-safety",
                "M2-one-vote",
                "M3-term-durable",
                "M11-vote-durable",
                "one-leader-per-term"),
        ACK_BEFORE_FSYNC(
                new RaftRules() {
                    @Override
                    public boolean acknowledgementWaitsForDisk() {
                        return false;
                    }
                },
                "M7-committed-on-quorum",
                "M10-ack-truth",
                "M11-ack-durable",
                "heartbeat-commit-within-log"),
        COMMIT_PRIOR_TERM(
                new RaftRules() {
                    @Override
                    public boolean commitsByCounting(long entryTerm, long leaderTerm) {
                        return true;
                    }
                },
                "M7-own-term"),
        READ_NO_CONFIRM(
                new RaftRules() {
                    @Override
                    public boolean readWaitsForQuorum() {
                        return false;
                    }
                },
                "M19-read-floor"),
        AE_TRUNCATE_ALWAYS(
                new RaftRules() {
                    @Override
                    public boolean truncatesWithoutConflict() {
                        return true;
                    }
                },
                "M10-ack-truth",
                "M11-ack-durable",
                "committed-entries-stay",
                "heartbeat-commit-within-log",
                "M7-committed-on-quorum");

        final RaftRules rules;
        final List<String> finders;

        Planted(RaftRules rules, String... finders) {
            this.rules = rules;
            this.finders = List.of(finders);
        }
    }

    @ParameterizedTest
    @EnumSource(Planted.class)
    void aPlantedBugBreaksTheInvariantsThatItShould(Planted bug) {
        TreeSet<String> found = new TreeSet<>();
        for (long seed = 1; seed <= 200; seed++) {
            try {
                new Soup(seed, Cluster.tight(3, NO_GUARDS, bug.rules)).run(1500);
            } catch (InvariantViolation violation) {
                found.add(violation.invariant());
            }
        }

        assertFalse(found.isEmpty(), bug + " was not found");
        assertTrue(bug.finders.containsAll(found), bug + " was found by " + found);
    }
}
