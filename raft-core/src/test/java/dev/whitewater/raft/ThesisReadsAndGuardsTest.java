package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;
import static dev.whitewater.raft.Papers.answers;
import static dev.whitewater.raft.Papers.bytes;
import static dev.whitewater.raft.Papers.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.ReadIndexRequest;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Sentences of the thesis on reads (sections 6.4 and 6.4.1), CheckQuorum (6.2) and PreVote (9.6).
 * The words are ours.
 */
final class ThesisReadsAndGuardsTest {

    private static Cluster led(Cluster.Shape shape) {
        Cluster cluster = new Cluster(shape, RaftRules.HONEST);
        cluster.elect(1);
        return cluster;
    }

    private static Cluster led() {
        return led(Cluster.Shape.of(3));
    }

    // ---- 6.4 Reads

    /** §6.4, step 1: before it committed in its own term a leader answers no read. */
    @Test
    void aLeaderAnswersNoReadBeforeItCommittedInItsTerm() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(
                1,
                message ->
                        message.term() < 1
                                || !message.to().equals(n(1))
                                || message instanceof VoteResponse);
        assertEquals(RoleKind.LEADER, cluster.raft(1).role());
        cluster.raft(1).read(1);
        cluster.machine(1).work();
        cluster.raft(1).step(new HeartbeatResponse(n(2), n(1), 1, 1));
        cluster.machine(1).work();
        assertEquals(List.of(), cluster.machine(1).reads);
    }

    /** §6.4, steps 2 and 3: the index is that of the question, confirmed by a later round. */
    @Test
    void aReadIsAnsweredWithTheIndexAtWhichItWasAsked() {
        Cluster cluster = led();
        cluster.raft(1).read(1);
        cluster.machine(1).work();
        List<Message> round = List.copyOf(cluster.wire);
        cluster.wire.clear();
        cluster.raft(1).propose(bytes("later"));
        cluster.settle();
        assertEquals(2, cluster.raft(1).commit());
        round.forEach(cluster::deliver);
        cluster.settle();
        assertEquals(List.of(new ReadResult.Granted(1, 1)), cluster.machine(1).reads);
    }

    /** §6.4, step 3: a heartbeat from before the question confirms nothing. */
    @Test
    void anAnswerToAnEarlierRoundConfirmsNoLaterRead() {
        Cluster cluster = led();
        cluster.raft(1).read(1);
        cluster.machine(1).work();
        cluster.wire.clear();
        cluster.raft(1).read(2);
        cluster.machine(1).work();
        cluster.raft(1).step(new HeartbeatResponse(n(2), n(1), 1, 1));
        cluster.machine(1).work();
        assertEquals(List.of(new ReadResult.Granted(1, 1)), cluster.machine(1).reads);
        cluster.raft(1).step(new HeartbeatResponse(n(2), n(1), 1, 2));
        cluster.machine(1).work();
        assertEquals(2, cluster.machine(1).reads.size());
    }

    /** §6.4: the round is confirmed by a majority of voters; learners count for nothing. */
    @Test
    void learnersConfirmNoRead() {
        Cluster cluster = led(Cluster.Shape.of(3).spare(2));
        cluster.raft(1)
                .changeMembership(
                        List.of(
                                new MemberChange(MemberChange.Kind.ADD_LEARNER, n(4)),
                                new MemberChange(MemberChange.Kind.ADD_LEARNER, n(5))),
                        ChangeMode.AUTOMATIC);
        cluster.settle();
        cluster.raft(1).read(1);
        cluster.settle(Cluster.among(1, 4, 5));
        assertEquals(List.of(), cluster.machine(1).reads);
        cluster.raft(1).advance(1);
        cluster.settle(Cluster.among(1, 2));
        assertEquals(List.of(new ReadResult.Granted(1, 2)), cluster.machine(1).reads);
    }

    /** §6.4: one round confirms all reads that were waiting when it began. */
    @Test
    void oneRoundServesAllReadsThatWait() {
        Cluster cluster = led();
        cluster.raft(1).read(1);
        cluster.raft(1).read(2);
        cluster.raft(1).read(3);
        cluster.machine(1).work();
        assertEquals(1, cluster.take(HeartbeatRequest.class, 2).size());
    }

    /** §6.4: a follower asks the leader and serves the read from its own state machine. */
    @Test
    void aFollowerMayServeAReadAtTheIndexTheLeaderNames() {
        Cluster cluster = led();
        cluster.raft(1).propose(bytes("x"));
        cluster.settle(Cluster.among(1, 2));
        cluster.raft(3).read(1);
        cluster.settle();
        assertEquals(List.of(new ReadResult.Granted(1, 2)), cluster.machine(3).reads);
        assertEquals(1, cluster.raft(3).applied(), "it must wait until it has applied 2");
    }

    /** §6.4: a leader that was deposed refuses what it could not confirm. */
    @Test
    void aDeposedLeaderRefusesItsReads() {
        Cluster cluster = led();
        cluster.raft(1).read(1);
        cluster.machine(1).work();
        cluster.raft(1).step(new HeartbeatResponse(n(2), n(1), 4, 0));
        cluster.machine(1).work();
        assertEquals(List.of(new ReadResult.Refused(1)), cluster.machine(1).reads);
    }

    /** §6.4: a question of an older term finds no answer. */
    @Test
    void aQuestionToAFormerLeaderIsDropped() {
        Cluster cluster = led();
        cluster.elect(2);
        assertEquals(List.of(), answers(cluster, new ReadIndexRequest(n(3), n(1), 1, 7)));
    }

    /** §6.4.1: with a lease a leader answers at once while a quorum heard it lately. */
    @Test
    void withALeaseALeaderAnswersAtOnce() {
        Cluster cluster = led(Cluster.Shape.of(3).lease(0));
        cluster.raft(1).advance(1);
        cluster.settle();
        cluster.raft(1).read(1);
        cluster.settle(message -> false);
        assertEquals(List.of(new ReadResult.Granted(1, 1)), cluster.machine(1).reads);
    }

    /** §6.4.1: the lease begins when the heartbeats left, not when the answers came. */
    @Test
    void aLeaseBeginsWhenItsHeartbeatsLeft() {
        Cluster cluster = led(Cluster.Shape.of(3).lease(0));
        cluster.raft(1).advance(1);
        cluster.machine(1).work();
        List<Message> early = List.copyOf(cluster.wire);
        cluster.raft(1).advance(9);
        cluster.machine(1).work();
        cluster.wire.clear();
        early.forEach(cluster::deliver);
        cluster.settle();
        cluster.raft(1).read(1);
        cluster.settle(message -> false);
        assertEquals(List.of(), cluster.machine(1).reads, "all 9 ticks went by before the answers");
    }

    /** §6.4.1: the more clocks may drift, the shorter a lease holds. */
    @Test
    void aLeaseIsShortenedByTheDrift() {
        assertEquals(9, ticksOfLease(0));
        assertEquals(7, ticksOfLease(100));
        assertEquals(2, ticksOfLease(500));
    }

    private static int ticksOfLease(int driftPermille) {
        Cluster cluster = led(Cluster.Shape.of(3).lease(driftPermille));
        cluster.raft(1).advance(1);
        cluster.settle();
        for (int held = 0; held < 2 * Cluster.ELECTION; held++) {
            cluster.raft(1).read(held);
            cluster.settle(message -> false);
            if (cluster.machine(1).reads.size() != held + 1) {
                return held;
            }
            cluster.raft(1).advance(1);
        }
        return 2 * Cluster.ELECTION;
    }

    /** §6.4.1: a lease counts on loyalty, so it cannot be had without CheckQuorum. */
    @Test
    void aLeaseNeedsCheckQuorum() {
        Cluster.Shape shape = Cluster.Shape.of(3).guards(true, false).lease(0);
        assertThrows(InvariantViolation.class, () -> new Cluster(shape, RaftRules.HONEST));
    }

    // ---- 6.2 CheckQuorum

    /** §6.2: a leader that hears no majority for an election timeout steps down. */
    @Test
    void aLeaderWithoutAMajorityStepsDown() {
        Cluster cluster = led(Cluster.Shape.of(5));
        for (int i = 0; i < 2 * Cluster.ELECTION; i++) {
            cluster.raft(1).advance(1);
            cluster.settle(Cluster.among(1, 2));
        }
        assertEquals(RoleKind.FOLLOWER, cluster.raft(1).role());
        assertEquals(1, cluster.raft(1).term());
    }

    /** §6.2: one that hears a bare majority leads on. */
    @Test
    void aLeaderWithABareMajorityLeadsOn() {
        Cluster cluster = led(Cluster.Shape.of(5));
        for (int i = 0; i < 3 * Cluster.ELECTION; i++) {
            cluster.raft(1).advance(1);
            cluster.settle(Cluster.among(1, 2, 3));
        }
        assertEquals(RoleKind.LEADER, cluster.raft(1).role());
    }

    // ---- 9.6 PreVote

    /** §9.6: who asks whether it could win keeps its term. */
    @Test
    void aPreCandidateKeepsItsTerm() {
        Cluster cluster = led();
        cluster.raft(3).advance(cluster.raft(3).ticksToDeadline());
        assertEquals(RoleKind.PRE_CANDIDATE, cluster.raft(3).role());
        assertEquals(1, cluster.raft(3).term());
    }

    /** §9.6: it campaigns only if a majority would vote for it. */
    @Test
    void onlyAMajorityOfPreVotesLetsACampaignBegin() {
        Cluster cluster = Cluster.of(5);
        Raft raft = cluster.raft(1);
        raft.advance(raft.ticksToDeadline());
        raft.step(new PreVoteResponse(n(2), n(1), 0, 1, true));
        assertEquals(RoleKind.PRE_CANDIDATE, raft.role());
        raft.step(new PreVoteResponse(n(3), n(1), 0, 1, true));
        assertEquals(RoleKind.CANDIDATE, raft.role());
        assertEquals(1, raft.term());
    }

    /** §9.6: nobody would vote for a log that is behind, or while it hears a leader. */
    @Test
    void aPreVoteIsRefusedForAShortLogAndForALiveLeader() {
        Cluster cluster = led();
        assertEquals(
                List.of(new PreVoteResponse(n(2), n(3), 1, 2, false)),
                answers(cluster, new PreVoteRequest(n(3), n(2), 1, 2, id(1, 1))));
        cluster.raft(2).advance(Cluster.ELECTION);
        assertEquals(
                List.of(new PreVoteResponse(n(2), n(3), 1, 2, true)),
                answers(cluster, new PreVoteRequest(n(3), n(2), 1, 2, id(1, 1))));
        assertEquals(
                List.of(new PreVoteResponse(n(2), n(3), 1, 2, false)),
                answers(cluster, new PreVoteRequest(n(3), n(2), 1, 2, EntryId.ZERO)));
    }

    /** §9.6: a pre-vote is no promise; several may have it, and it costs no vote. */
    @Test
    void aPreVotePromisesNothing() {
        Cluster cluster = Cluster.of(3);
        for (long from = 2; from <= 3; from++) {
            assertEquals(
                    List.of(new PreVoteResponse(n(1), n(from), 0, 1, true)),
                    answers(cluster, new PreVoteRequest(n(from), n(1), 0, 1, EntryId.ZERO)));
        }
        assertTrue(cluster.raft(1).votedFor().isNone());
        assertEquals(0, cluster.machine(1).durableState.term());
    }

    /** §9.6: a pre-vote does not put the own election off. */
    @Test
    void aPreVoteDoesNotPutTheOwnElectionOff() {
        Cluster cluster = Cluster.of(3);
        cluster.raft(1).advance(4);
        long left = cluster.raft(1).ticksToDeadline();
        cluster.raft(1).step(new PreVoteRequest(n(2), n(1), 0, 1, EntryId.ZERO));
        assertEquals(left, cluster.raft(1).ticksToDeadline());
    }

    /** §9.6: an answer to an earlier question is not counted. */
    @Test
    void anAnswerToAnEarlierPreVoteDoesNotCount() {
        Cluster cluster = Cluster.of(3);
        Raft raft = cluster.raft(1);
        raft.step(new VoteRequest(n(2), n(1), 4, EntryId.ZERO));
        cluster.machine(1).work();
        raft.advance(raft.ticksToDeadline());
        assertEquals(RoleKind.PRE_CANDIDATE, raft.role());
        raft.step(new PreVoteResponse(n(2), n(1), 4, 3, true));
        assertEquals(RoleKind.PRE_CANDIDATE, raft.role());
    }
}
