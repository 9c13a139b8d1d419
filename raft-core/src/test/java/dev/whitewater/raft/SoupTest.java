package dev.whitewater.raft;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.TreeSet;

/** Random schedules keep the invariants; each planted bug breaks one of them. */
final class SoupTest {

    @Property(tries = 150)
    void anyScheduleKeepsTheInvariantsAndTheClusterHeals(@ForAll long seed) {
        int members = 1 + (int) Math.floorMod(seed, 5L);
        Soup soup = new Soup(seed, Cluster.of(members));
        soup.run(1500);
        soup.healAndAgree();
    }

    @Property(tries = 60)
    void soDoesAClusterWithoutGuards(@ForAll long seed) {
        new Soup(seed, Cluster.withoutGuards(3, RaftRules.HONEST)).run(1500);
    }

    @Property(tries = 60)
    void soDoesAClusterWithTinyLimits(@ForAll long seed) {
        Soup soup = new Soup(seed, new Cluster(Cluster.Shape.of(3).tight(), RaftRules.HONEST));
        soup.run(1500);
        soup.healAndAgree();
    }

    @Property(tries = 150)
    void soDoesAClusterThatChangesAndCompacts(@ForAll long seed) {
        Cluster.Shape shape = Cluster.Shape.of(3).spare(2);
        Soup soup =
                new Soup(
                        seed, new Cluster(seed % 2 == 0 ? shape : shape.tight(), RaftRules.HONEST));
        soup.run(2500);
        soup.healAndAgree();
    }

    @Property(tries = 40)
    void soDoesAClusterWhoseFollowersPassProposalsOn(@ForAll long seed) {
        Cluster.Shape shape = Cluster.Shape.of(3).forwarding(true).tight();
        Soup soup = new Soup(seed, new Cluster(shape, RaftRules.HONEST));
        soup.run(1500);
        soup.healAndAgree();
    }

    @Property(tries = 60)
    void leasesAnswerNoStaleRead(@ForAll long seed) {
        Cluster.Shape shape = Cluster.Shape.of(3).lease(300);
        new Soup(seed, new Cluster(shape, RaftRules.HONEST)).withSteadyClocks().run(2500);
    }

    /** A bug of the catalogue that lives in this module, and who may find it. */
    record Planted(String id, RaftRules rules, List<String> finders) {
        @Override
        public String toString() {
            return id;
        }
    }

    static List<Planted> planted() {
        return List.of(
                new Planted(
                        "vote-not-persisted",
                        new RaftRules() {
                            @Override
                            public boolean voteWaitsForDisk() {
                                return false;
                            }
                        },
                        List.of(
                                "M1-election-safety",
                                "M2-one-vote",
                                "M3-term-durable",
                                "M11-vote-durable",
                                "one-leader-per-term")),
                new Planted(
                        "ack-before-fsync",
                        new RaftRules() {
                            @Override
                            public boolean acknowledgementWaitsForDisk() {
                                return false;
                            }
                        },
                        List.of(
                                "M7-committed-on-quorum",
                                "M10-ack-truth",
                                "M11-ack-durable",
                                "heartbeat-commit-within-log")),
                new Planted(
                        "commit-prior-term",
                        new RaftRules() {
                            @Override
                            public boolean commitsByCounting(long entryTerm, long leaderTerm) {
                                return true;
                            }
                        },
                        List.of("M7-own-term")),
                new Planted(
                        "read-no-confirm",
                        new RaftRules() {
                            @Override
                            public boolean readWaitsForQuorum() {
                                return false;
                            }
                        },
                        List.of("M19-read-floor")),
                new Planted(
                        "ae-truncate-always",
                        new RaftRules() {
                            @Override
                            public boolean truncatesWithoutConflict() {
                                return true;
                            }
                        },
                        List.of(
                                "M10-ack-truth",
                                "M11-ack-durable",
                                "M7-committed-on-quorum",
                                "committed-entries-stay",
                                "heartbeat-commit-within-log")));
    }

    @ParameterizedTest
    @MethodSource("planted")
    void aPlantedBugBreaksTheInvariantsThatItShould(Planted bug) {
        TreeSet<String> found = new TreeSet<>();
        Cluster.Shape shape = Cluster.Shape.of(3).guards(false, false).tight();
        for (long seed = 1; seed <= 200; seed++) {
            try {
                new Soup(seed, new Cluster(shape, bug.rules())).run(1500);
            } catch (InvariantViolation violation) {
                found.add(violation.invariant());
            }
        }
        assertFalse(found.isEmpty(), bug + " was not found");
        assertTrue(bug.finders().containsAll(found), bug + " was found by " + found);
    }
}
