package dev.whitewater.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whitewater.raft.message.AppendResponse;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Linearizable reads: thesis §6.4. */
final class ReadIndexTest {

    @Test
    void theLeaderAnswersAfterAQuorumConfirmed() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        cluster.raft(1).read(7);
        cluster.settle(message -> false);
        assertEquals(List.of(), cluster.machine(1).reads);
        cluster.raft(1).advance(1);
        cluster.settle();
        assertEquals(List.of(new ReadResult.Granted(7, 1)), cluster.machine(1).reads);
    }

    @Test
    void aFollowerAsksTheLeader() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        cluster.raft(3).read(9);
        cluster.settle();
        assertEquals(List.of(new ReadResult.Granted(9, 1)), cluster.machine(3).reads);
    }

    @Test
    void aNewLeaderAnswersOnlyAfterItsOwnEntryIsCommitted() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1, message -> !(message instanceof AppendResponse));
        assertEquals(RoleKind.LEADER, cluster.raft(1).role());
        cluster.raft(1).read(1);
        cluster.settle(message -> !(message instanceof AppendResponse));
        assertEquals(List.of(), cluster.machine(1).reads);
        cluster.raft(1).advance(1);
        cluster.settle();
        assertEquals(List.of(new ReadResult.Granted(1, 1)), cluster.machine(1).reads);
    }

    @Test
    void readsAreRefusedWhenLeadershipIsLost() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        cluster.raft(1).read(1);
        cluster.raft(2).read(2);
        cluster.settle(message -> false);
        for (int i = 0; i < 2 * Cluster.ELECTION; i++) {
            cluster.raft(1).advance(1);
            cluster.raft(2).advance(1);
            cluster.settle(message -> false);
        }
        assertEquals(List.of(new ReadResult.Refused(1)), cluster.machine(1).reads);
        assertEquals(List.of(new ReadResult.Refused(2)), cluster.machine(2).reads);
    }

    @Test
    void whoKnowsNoLeaderRefusesAtOnce() {
        Cluster cluster = Cluster.of(3);
        cluster.raft(1).read(1);
        cluster.settle();
        assertEquals(List.of(new ReadResult.Refused(1)), cluster.machine(1).reads);
    }
}
