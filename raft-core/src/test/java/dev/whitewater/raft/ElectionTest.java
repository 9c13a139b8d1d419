package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Elections: thesis §3.4, §3.6.1, §9.6, §4.2.3. */
final class ElectionTest {

    @Test
    void theFirstToTimeOutLeadsAndCommitsAnEmptyEntry() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(2);
        assertEquals(RoleKind.LEADER, cluster.raft(2).role());
        assertEquals(1, cluster.raft(2).term());
        for (long id = 1; id <= 3; id++) {
            assertEquals(n(2), cluster.raft(id).leader());
            assertEquals(1, cluster.raft(id).commit());
        }
    }

    @Test
    void aSingleVoterLeadsOnlyWhenItsOwnVoteIsDurable() {
        Cluster cluster = Cluster.of(1);
        Raft raft = cluster.raft(1);
        raft.advance(raft.ticksToDeadline());
        cluster.machine(1).collect();
        assertEquals(RoleKind.CANDIDATE, raft.role());
        cluster.machine(1).sync();
        assertEquals(RoleKind.LEADER, raft.role());
    }

    @Test
    void aVoteLeavesOnlyWhenItIsDurable() {
        Cluster cluster = Cluster.of(3);
        cluster.raft(1).step(new VoteRequest(n(2), n(1), 1, EntryId.ZERO));
        cluster.machine(1).collect();
        assertEquals(List.of(), cluster.wire);
        cluster.machine(1).sync();
        cluster.machine(1).collect();
        assertEquals(List.of(new VoteResponse(n(1), n(2), 1, true)), cluster.wire);
    }

    @Test
    void aVoteRequestLeavesOnlyWhenItsTermIsDurable() {
        Cluster cluster = Cluster.withoutGuards(3, RaftRules.HONEST);
        cluster.raft(1).advance(cluster.raft(1).ticksToDeadline());
        cluster.machine(1).collect();
        assertEquals(List.of(), cluster.wire);
        cluster.machine(1).sync();
        cluster.machine(1).collect();
        assertEquals(2, cluster.wire.size());
        assertEquals(1, cluster.machine(1).durableState.term());
        assertEquals(n(1), cluster.machine(1).durableState.votedFor());
    }

    @Test
    void aVoterVotesOncePerTerm() {
        Cluster cluster = Cluster.of(3);
        cluster.raft(1).step(new VoteRequest(n(2), n(1), 1, EntryId.ZERO));
        cluster.raft(1).step(new VoteRequest(n(3), n(1), 1, EntryId.ZERO));
        cluster.machine(1).work();
        assertTrue(cluster.wire.contains(new VoteResponse(n(1), n(2), 1, true)));
        assertTrue(cluster.wire.contains(new VoteResponse(n(1), n(3), 1, false)));
    }

    @Test
    void aVoteThatIsDeliveredTwiceCountsOnce() {
        Cluster cluster = Cluster.withoutGuards(5, RaftRules.HONEST);
        cluster.raft(1).advance(cluster.raft(1).ticksToDeadline());
        cluster.machine(1).work();
        cluster.raft(1).step(new VoteResponse(n(2), n(1), 1, true));
        cluster.raft(1).step(new VoteResponse(n(2), n(1), 1, true));
        assertEquals(RoleKind.CANDIDATE, cluster.raft(1).role());
        cluster.raft(1).step(new VoteResponse(n(3), n(1), 1, true));
        assertEquals(RoleKind.LEADER, cluster.raft(1).role());
    }

    @Test
    void aVoteOfAnEarlierTermElectsNobody() {
        Cluster cluster = Cluster.withoutGuards(3, RaftRules.HONEST);
        Raft raft = cluster.raft(1);
        raft.advance(raft.ticksToDeadline());
        cluster.machine(1).work();
        raft.advance(raft.ticksToDeadline());
        cluster.machine(1).work();
        assertEquals(2, raft.term());
        raft.step(new VoteResponse(n(2), n(1), 1, true));
        assertEquals(RoleKind.CANDIDATE, raft.role());
    }

    @Test
    void aCandidateWhoseLogIsBehindGetsNoVote() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        cluster.raft(2).advance(Cluster.ELECTION);
        cluster.machine(2).work();
        cluster.wire.clear();
        cluster.raft(2).step(new VoteRequest(n(3), n(2), 5, EntryId.ZERO));
        cluster.machine(2).work();
        assertEquals(List.of(new VoteResponse(n(2), n(3), 5, false)), cluster.wire);
        assertTrue(
                cluster.machine(2)
                        .reasons
                        .contains("refused vote to n3: candidate's log 0/0 is behind mine 1/1"));
    }

    @Test
    void aPreVoteRequestOfALowerTermIsAnsweredWithTheOwnTerm() {
        Cluster cluster = Cluster.of(3);
        cluster.raft(1).step(new VoteRequest(n(2), n(1), 5, EntryId.ZERO));
        cluster.machine(1).work();
        cluster.wire.clear();
        cluster.raft(1).step(new PreVoteRequest(n(3), n(1), 1, 2, EntryId.ZERO));
        cluster.machine(1).work();
        assertEquals(List.of(new PreVoteResponse(n(1), n(3), 5, 2, false)), cluster.wire);
        cluster.raft(3).step(cluster.wire.getFirst());
        assertEquals(5, cluster.raft(3).term());
    }

    @Test
    void aMemberThatWasCutOffComesBackWithoutDisturbingTheLeader() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        for (int i = 0; i < 10; i++) {
            cluster.raft(3).advance(cluster.raft(3).ticksToDeadline());
            cluster.settle(Cluster.among(1, 2));
        }
        assertEquals(RoleKind.PRE_CANDIDATE, cluster.raft(3).role());
        assertEquals(1, cluster.raft(3).term());
        cluster.raft(3).advance(cluster.raft(3).ticksToDeadline());
        cluster.settle();
        cluster.raft(1).advance(Cluster.HEARTBEAT);
        cluster.settle();
        assertEquals(RoleKind.LEADER, cluster.raft(1).role());
        assertEquals(1, cluster.raft(1).term());
        assertEquals(n(1), cluster.raft(3).leader());
    }

    @Test
    void aLeaderThatHearsNoQuorumStepsDown() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        for (int i = 0; i < 2 * Cluster.ELECTION; i++) {
            cluster.raft(1).advance(1);
            cluster.settle(message -> false);
        }
        assertEquals(RoleKind.FOLLOWER, cluster.raft(1).role());
        assertFalse(cluster.machine(1).reasons.isEmpty());
    }

    @Test
    void whoHearsALiveLeaderIgnoresACampaign() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        cluster.raft(2).step(new VoteRequest(n(3), n(2), 9, new EntryId(9, 9)));
        cluster.settle();
        assertEquals(1, cluster.raft(2).term());
    }

    @Test
    void aRestartedLeaderFollows() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        cluster.machine(1).restart();
        assertEquals(RoleKind.FOLLOWER, cluster.raft(1).role());
        assertEquals(n(1), cluster.raft(1).votedFor());
        assertEquals(1, cluster.raft(1).term());
    }
}
