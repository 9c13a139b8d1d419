package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;
import static dev.whitewater.raft.Papers.append;
import static dev.whitewater.raft.Papers.entry;
import static dev.whitewater.raft.Papers.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatRequest;

import org.junit.jupiter.api.Test;

/** The sidecar is silent about an honest member, and speaks up when something falls. */
final class SidecarTest {

    private static final RaftRules TRUNCATES =
            new RaftRules() {
                @Override
                public boolean truncatesWithoutConflict() {
                    return true;
                }
            };

    @Test
    void anHonestElectionAndReplicationBreakNothing() {
        Cluster cluster = Cluster.of(3);
        Sidecar sidecar = new Sidecar(cluster.raft(1));
        sidecar.check();
        cluster.elect(1);
        sidecar.check();
        cluster.raft(1).propose(new byte[3]);
        sidecar.check();
        cluster.settle();
        sidecar.check();
        cluster.elect(2);
        sidecar.check();
    }

    /** What is checked between two moments needs a member that forgets: one that was restarted. */
    @Test
    void aTermThatFallsIsFound() {
        Cluster cluster = Cluster.of(3);
        cluster.raft(1).step(new HeartbeatRequest(n(2), n(1), 5, 0, 0));
        Sidecar sidecar = new Sidecar(() -> cluster.raft(1));
        cluster.machine(1).restart();
        assertEquals(
                "term-never-falls",
                assertThrows(InvariantViolation.class, sidecar::check).invariant());
    }

    @Test
    void aCommitIndexThatFallsIsFound() {
        Cluster cluster = Cluster.of(3);
        Papers.answers(cluster, append(2, 1, 1, EntryId.ZERO, 1, entry(1, 1)));
        cluster.machine(1).durableState = new HardState(1, n(0), 0);
        cluster.machine(1).applied.clear();
        Sidecar sidecar = new Sidecar(() -> cluster.raft(1));
        cluster.machine(1).restart();
        assertEquals(
                "commit-never-falls",
                assertThrows(InvariantViolation.class, sidecar::check).invariant());
    }

    @Test
    void aVoteThatChangesWithinATermIsFound() {
        Cluster cluster = Cluster.of(3);
        Papers.answers(cluster, Papers.campaign(2, 1, 1, EntryId.ZERO));
        Sidecar sidecar = new Sidecar(() -> cluster.raft(1));
        cluster.machine(1).durableState = new HardState(1, n(3), 0);
        cluster.machine(1).restart();
        assertEquals(
                "vote-stays", assertThrows(InvariantViolation.class, sidecar::check).invariant());
    }

    @Test
    void aLogThatShrinksUnderALeaderIsFound() {
        Cluster cluster = Cluster.of(1);
        cluster.elect(1);
        cluster.raft(1).propose(new byte[1]);
        cluster.settle();
        Raft[] leaders = {cluster.raft(1), otherLeader()};
        int[] turn = {0};
        Sidecar sidecar = new Sidecar(() -> leaders[turn[0]]);
        turn[0] = 1;
        assertEquals(
                "commit-never-falls",
                assertThrows(InvariantViolation.class, sidecar::check).invariant());
    }

    private static Raft otherLeader() {
        Cluster cluster = Cluster.of(1);
        cluster.elect(1);
        return cluster.raft(1);
    }

    @Test
    void aPlantedTruncationOfCommittedEntriesStopsTheMemberItself() {
        Cluster cluster = Cluster.withoutGuards(3, TRUNCATES);
        Papers.answers(cluster, append(2, 1, 1, EntryId.ZERO, 2, entry(1, 1), entry(1, 2)));
        assertThrows(
                InvariantViolation.class, () -> cluster.raft(1).step(append(2, 1, 1, id(1, 1), 1)));
    }
}
