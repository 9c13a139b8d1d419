package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;
import static dev.whitewater.raft.Papers.answers;
import static dev.whitewater.raft.Papers.append;
import static dev.whitewater.raft.Papers.campaign;
import static dev.whitewater.raft.Papers.entry;
import static dev.whitewater.raft.Papers.id;
import static dev.whitewater.raft.Papers.plain;
import static dev.whitewater.raft.Papers.recovered;
import static dev.whitewater.raft.Papers.timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.TreeSet;

/**
 * Sentences of the Raft paper on terms and elections: sections 5.1, 5.2, 5.6, and the rules for
 * servers in its figure 2. Each test names its section; the words are ours.
 */
final class PaperElectionTest {

    // ---- 5.1 Raft basics

    /** §5.1: at any time each server is in one of three states; with PreVote there is a fourth. */
    @Test
    void everyoneBeginsAsAFollower() {
        Cluster cluster = plain(5);
        for (long id = 1; id <= 5; id++) {
            assertEquals(RoleKind.FOLLOWER, cluster.raft(id).role());
            assertEquals(0, cluster.raft(id).term());
        }
    }

    /** §5.1: followers are passive, they issue no requests on their own. */
    @Test
    void aFollowerSaysNothingUnlessItIsAsked() {
        Cluster cluster = plain(3);
        cluster.raft(1).advance(cluster.raft(1).ticksToDeadline() - 1);
        cluster.machine(1).work();
        assertEquals(List.of(), cluster.wire);
    }

    /** §5.1: the current term only grows. */
    @Test
    void aTermNeverFalls() {
        Cluster cluster = plain(3);
        Raft raft = recovered(cluster, 1, 7);
        answers(cluster, campaign(2, 1, 3, id(9, 9)));
        answers(cluster, append(2, 1, 6, EntryId.ZERO, 0));
        assertEquals(7, raft.term());
    }

    /** §5.1: a server that sees a larger term takes it over, whatever message carried it. */
    @Test
    void whoeverHearsOfALargerTermTakesItOver() {
        List<Message> messages =
                List.of(
                        campaign(2, 1, 9, EntryId.ZERO),
                        new VoteResponse(n(2), n(1), 9, false),
                        append(2, 1, 9, EntryId.ZERO, 0),
                        new AppendResponse(n(2), n(1), 9, false, 0, EntryId.ZERO),
                        new HeartbeatRequest(n(2), n(1), 9, 0, 0),
                        new HeartbeatResponse(n(2), n(1), 9, 0));
        for (Message message : messages) {
            Cluster cluster = plain(3);
            Raft raft = recovered(cluster, 1, 4);
            raft.step(message);
            assertEquals(9, raft.term(), Describe.message(message));
        }
    }

    /** §5.1: a candidate or leader whose term is out of date becomes a follower at once. */
    @Test
    void aLeaderThatHearsOfALargerTermFollows() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        cluster.raft(1).step(new AppendResponse(n(2), n(1), 5, false, 0, EntryId.ZERO));
        assertEquals(RoleKind.FOLLOWER, cluster.raft(1).role());
        assertEquals(5, cluster.raft(1).term());
    }

    /** §5.1: the same for a candidate. */
    @Test
    void aCandidateThatHearsOfALargerTermFollows() {
        Cluster cluster = plain(3);
        Raft raft = timeout(cluster, 1);
        raft.step(new VoteResponse(n(2), n(1), 5, false));
        assertEquals(RoleKind.FOLLOWER, raft.role());
    }

    /** §5.1: requests with a stale term are refused, and the refusal carries the present one. */
    @Test
    void aRequestOfAnOlderTermIsRefusedWithThePresentOne() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 5, 5);
        assertEquals(
                List.of(new VoteResponse(n(1), n(2), 5, false)),
                answers(cluster, campaign(2, 1, 4, id(4, 9))));
        assertEquals(
                List.of(new AppendResponse(n(1), n(2), 5, false, 0, EntryId.ZERO)),
                answers(cluster, append(2, 1, 4, id(5, 1), 0, entry(5, 2))));
        assertEquals(1, cluster.raft(1).lastIndex());
    }

    // ---- 5.2 Leader election

    /** §5.2: as long as it hears from a leader, a server stays a follower. */
    @Test
    void aFollowerThatHearsItsLeaderStaysOne() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        for (int i = 0; i < 5; i++) {
            cluster.raft(2).advance(Cluster.ELECTION - 1);
            cluster.raft(2).step(new HeartbeatRequest(n(1), n(2), 1, 0, 0));
        }
        assertEquals(RoleKind.FOLLOWER, cluster.raft(2).role());
    }

    /** §5.2: a follower that hears nothing for an election timeout begins an election. */
    @Test
    void aFollowerThatHearsNothingCampaigns() {
        Cluster cluster = plain(3);
        assertEquals(RoleKind.CANDIDATE, timeout(cluster, 1).role());
    }

    /** §5.2, figure 2: to campaign is a new term, a vote for itself and a request to all. */
    @Test
    void aCampaignIsANewTermAnOwnVoteAndARequestToEveryOtherServer() {
        Cluster cluster = plain(5);
        Raft raft = recovered(cluster, 1, 3, 2, 3);
        timeout(cluster, 1);
        assertEquals(4, raft.term());
        assertEquals(n(1), raft.votedFor());
        TreeSet<Long> asked = new TreeSet<>();
        for (Message message : cluster.wire) {
            asked.add(message.to().value());
            assertEquals(campaign(1, message.to().value(), 4, id(3, 2)), message);
        }
        assertEquals(new TreeSet<>(List.of(2L, 3L, 4L, 5L)), asked);
    }

    /** §5.2: a candidate wins with the votes of a majority of the full cluster. */
    @Test
    void aMajorityOfTheFullClusterElects() {
        Cluster cluster = plain(5);
        Raft raft = timeout(cluster, 1);
        raft.step(new VoteResponse(n(2), n(1), 1, true));
        assertEquals(RoleKind.CANDIDATE, raft.role());
        raft.step(new VoteResponse(n(3), n(1), 1, true));
        assertEquals(RoleKind.LEADER, raft.role());
    }

    /** §5.2: half of an even cluster is no majority. */
    @Test
    void halfOfTheClusterElectsNobody() {
        Cluster cluster = plain(4);
        Raft raft = timeout(cluster, 1);
        raft.step(new VoteResponse(n(2), n(1), 1, true));
        assertEquals(RoleKind.CANDIDATE, raft.role());
    }

    /** §5.2: each server votes for at most one candidate a term, first come first served. */
    @Test
    void aServerVotesForOneCandidateATerm() {
        Cluster cluster = plain(3);
        assertEquals(
                List.of(new VoteResponse(n(1), n(2), 1, true)),
                answers(cluster, campaign(2, 1, 1, EntryId.ZERO)));
        assertEquals(
                List.of(new VoteResponse(n(1), n(3), 1, false)),
                answers(cluster, campaign(3, 1, 1, EntryId.ZERO)));
        assertEquals(
                List.of(new VoteResponse(n(1), n(2), 1, true)),
                answers(cluster, campaign(2, 1, 1, EntryId.ZERO)));
    }

    /** §5.2: having become follower again within a term does not give the vote back. */
    @Test
    void theVoteOfATermIsSpentForGood() {
        Cluster cluster = plain(3);
        answers(cluster, campaign(2, 1, 1, EntryId.ZERO));
        answers(cluster, append(2, 1, 1, EntryId.ZERO, 0));
        assertEquals(n(2), cluster.raft(1).votedFor());
        assertEquals(
                List.of(new VoteResponse(n(1), n(3), 1, false)),
                answers(cluster, campaign(3, 1, 1, id(1, 9))));
    }

    /** §5.2: who won tells everyone, so that no new election begins. */
    @Test
    void aNewLeaderTellsEveryoneAtOnce() {
        Cluster cluster = plain(3);
        Raft raft = timeout(cluster, 1);
        cluster.wire.clear();
        raft.step(new VoteResponse(n(2), n(1), 1, true));
        cluster.machine(1).collect();
        assertEquals(1, cluster.take(AppendRequest.class, 2).size());
        assertEquals(1, cluster.take(AppendRequest.class, 3).size());
    }

    /** §5.2: a candidate that hears a leader of its term or a later one gives up. */
    @Test
    void aCandidateFollowsALeaderOfItsOwnTerm() {
        Cluster cluster = plain(3);
        Raft raft = timeout(cluster, 1);
        raft.step(append(2, 1, 1, EntryId.ZERO, 0));
        assertEquals(RoleKind.FOLLOWER, raft.role());
        assertEquals(n(2), raft.leader());
    }

    /** §5.2: it does not listen to a leader of an earlier term. */
    @Test
    void aCandidateDoesNotFollowALeaderOfAnOlderTerm() {
        Cluster cluster = plain(3);
        Raft raft = timeout(cluster, 1);
        timeout(cluster, 1);
        raft.step(append(2, 1, 1, EntryId.ZERO, 0));
        assertEquals(RoleKind.CANDIDATE, raft.role());
    }

    /** §5.2: a candidate that neither wins nor loses begins another election in a new term. */
    @Test
    void aSplitVoteIsTriedAgainInANewTerm() {
        Cluster cluster = plain(4);
        Raft raft = timeout(cluster, 1);
        raft.step(new VoteResponse(n(2), n(1), 1, true));
        raft.step(new VoteResponse(n(3), n(1), 1, false));
        assertEquals(RoleKind.CANDIDATE, raft.role());
        timeout(cluster, 1);
        assertEquals(RoleKind.CANDIDATE, raft.role());
        assertEquals(2, raft.term());
        raft.step(new VoteResponse(n(2), n(1), 2, true));
        assertEquals(RoleKind.CANDIDATE, raft.role(), "votes of the first try do not count");
    }

    /** §5.2: election timeouts are drawn anew for each election from a fixed interval. */
    @Test
    void eachAttemptDrawsItsOwnTimeout() {
        RaftConfig config = plain(3).config(n(1));
        Raft raft =
                new Raft(
                        config,
                        Recovered.NOTHING,
                        (attempt, bound) -> (int) (attempt * 3 % bound),
                        RaftRules.HONEST);
        long first = raft.ticksToDeadline();
        raft.advance(first);
        long second = raft.ticksToDeadline();
        assertNotEquals(first, second);
        for (long timeout : List.of(first, second)) {
            assertTrue(timeout >= Cluster.ELECTION && timeout < 2 * Cluster.ELECTION);
        }
    }

    /** Figure 2, followers: to grant a vote puts the own election off; to refuse one does not. */
    @Test
    void onlyAGrantedVotePutsTheOwnElectionOff() {
        Cluster cluster = plain(3);
        Raft raft = recovered(cluster, 1, 1, 1);
        raft.advance(4);
        long left = raft.ticksToDeadline();
        raft.step(campaign(2, 1, 2, EntryId.ZERO));
        assertEquals(left, raft.ticksToDeadline(), "its log is behind");
        raft.step(campaign(3, 1, 2, id(1, 1)));
        assertEquals(left + 4, raft.ticksToDeadline());
    }

    /** Figure 2, followers: an old leader's message does not put the own election off. */
    @Test
    void aLeaderOfAnOlderTermDoesNotPutTheElectionOff() {
        Cluster cluster = plain(3);
        Raft raft = recovered(cluster, 1, 5);
        raft.advance(4);
        long left = raft.ticksToDeadline();
        raft.step(new HeartbeatRequest(n(2), n(1), 4, 0, 0));
        assertEquals(left, raft.ticksToDeadline());
    }

    /** Figure 2, leaders: heartbeats go out when nothing else does, to prevent elections. */
    @Test
    void aLeaderSendsHeartbeatsInQuietTimes() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        cluster.raft(1).advance(Cluster.HEARTBEAT);
        cluster.machine(1).collect();
        assertEquals(1, cluster.take(HeartbeatRequest.class, 2).size());
        assertEquals(1, cluster.take(HeartbeatRequest.class, 3).size());
    }

    // ---- 5.4.1 and 5.6

    /** §5.4.1: a log is more up-to-date by its last term, whatever its length. */
    @Test
    void theLaterLastTermIsMoreUpToDateThanTheLongerLog() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 3, 1, 1, 1, 1);
        assertEquals(
                List.of(new VoteResponse(n(1), n(2), 4, true)),
                answers(cluster, campaign(2, 1, 4, id(2, 1))));
    }

    /** §5.4.1: with equal last terms the longer log is more up-to-date. */
    @Test
    void withEqualLastTermsTheLongerLogIsMoreUpToDate() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 3, 2, 2);
        assertEquals(
                List.of(new VoteResponse(n(1), n(2), 4, false)),
                answers(cluster, campaign(2, 1, 4, id(2, 1))));
        assertEquals(
                List.of(new VoteResponse(n(1), n(3), 4, true)),
                answers(cluster, campaign(3, 1, 4, id(2, 2))));
    }

    /** §5.5: requests are repeated and harmless when they arrive twice. */
    @Test
    void aVoteRequestThatArrivesTwiceIsAnsweredTwiceAlike() {
        Cluster cluster = plain(3);
        VoteRequest request = campaign(2, 1, 1, EntryId.ZERO);
        assertEquals(answers(cluster, request), answers(cluster, request));
    }

    /** §5.6: safety does not depend on time; a timeout of any length elects at most one. */
    @Test
    void whoWakesUpLateDoesNoHarm() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        cluster.raft(1).advance(1_000_000);
        cluster.elect(2, Cluster.among(2, 3));
        assertEquals(RoleKind.LEADER, cluster.raft(1).role());
        assertEquals(RoleKind.LEADER, cluster.raft(2).role());
        assertEquals(1, cluster.raft(1).term());
        assertEquals(2, cluster.raft(2).term());
        cluster.raft(1).propose(Papers.bytes("lost"));
        cluster.settle();
        assertEquals(RoleKind.FOLLOWER, cluster.raft(1).role());
        assertEquals(List.of(), cluster.machine(1).commands());
    }
}
