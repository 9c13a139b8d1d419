package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;
import static dev.whitewater.raft.Papers.bytes;
import static dev.whitewater.raft.Papers.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.TimeoutNow;
import dev.whitewater.raft.message.VoteRequest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/**
 * Sentences on changing the cluster: section 6 of the Raft paper, chapter 4 of the thesis and its
 * section 3.10 on handing leadership over. The words are ours.
 */
final class ThesisMembershipTest {

    private static Cluster led(int members, int spare) {
        Cluster cluster = new Cluster(Cluster.Shape.of(members).spare(spare), RaftRules.HONEST);
        cluster.elect(1);
        return cluster;
    }

    private static MemberChange add(long id) {
        return new MemberChange(MemberChange.Kind.ADD_VOTER, n(id));
    }

    private static MemberChange learner(long id) {
        return new MemberChange(MemberChange.Kind.ADD_LEARNER, n(id));
    }

    private static MemberChange remove(long id) {
        return new MemberChange(MemberChange.Kind.REMOVE, n(id));
    }

    private static ChangeResult change(Cluster cluster, MemberChange... changes) {
        return cluster.raft(1).changeMembership(List.of(changes), ChangeMode.AUTOMATIC);
    }

    private static ChangeResult.Reason refusal(ChangeResult result) {
        return assertInstanceOf(ChangeResult.Refused.class, result).reason();
    }

    private static List<NodeId> ids(long... values) {
        List<NodeId> ids = new ArrayList<>();
        for (long value : values) {
            ids.add(n(value));
        }
        return ids;
    }

    /** §4.1: a configuration is in force as soon as it is in the log, committed or not. */
    @Test
    void aConfigurationIsInForceWhenItIsAppended() {
        Cluster cluster = led(3, 1);
        change(cluster, add(4));
        assertEquals(ids(1, 2, 3, 4), cluster.raft(1).configuration().voters());
        assertEquals(1, cluster.raft(1).commit());
    }

    /** §4.1: so too on a follower. */
    @Test
    void aFollowerUsesAConfigurationFromTheMomentItHasIt() {
        Cluster cluster = led(3, 1);
        change(cluster, add(4));
        cluster.machine(1).collect();
        for (AppendRequest request : cluster.take(AppendRequest.class, 2)) {
            cluster.raft(2).step(request);
        }
        assertEquals(ids(1, 2, 3, 4), cluster.raft(2).configuration().voters());
    }

    /** §4.1: the entry is committed by a majority of the new configuration. */
    @Test
    void aConfigurationIsCommittedByItsOwnMajority() {
        Cluster cluster = led(3, 1);
        change(cluster, add(4));
        cluster.machine(1).work();
        cluster.raft(1).step(new AppendResponse(n(2), n(1), 1, true, 2, EntryId.ZERO));
        assertEquals(1, cluster.raft(1).commit(), "two of four");
        cluster.raft(1).step(new AppendResponse(n(3), n(1), 1, true, 2, EntryId.ZERO));
        assertEquals(2, cluster.raft(1).commit());
    }

    /** §4.1: the next change waits until this one is committed. */
    @Test
    void oneChangeAtATime() {
        Cluster cluster = led(3, 2);
        change(cluster, add(4));
        assertEquals(ChangeResult.Reason.CHANGE_PENDING, refusal(change(cluster, add(5))));
        cluster.settle();
        assertInstanceOf(ChangeResult.Accepted.class, change(cluster, add(5)));
    }

    /** §4.1, as corrected: a leader changes nothing before it committed in its own term. */
    @Test
    void noChangeBeforeTheOwnTermIsCommitted() {
        Cluster cluster = new Cluster(Cluster.Shape.of(3).spare(1), RaftRules.HONEST);
        cluster.elect(1, message -> !(message instanceof AppendResponse));
        assertEquals(RoleKind.LEADER, cluster.raft(1).role());
        assertEquals(ChangeResult.Reason.TERM_NOT_COMMITTED, refusal(change(cluster, add(4))));
    }

    /** §4.1: what was cut off the log is in force no more. */
    @Test
    void aConfigurationThatIsCutOffGivesWayToTheOneBefore() {
        Cluster cluster = led(3, 1);
        change(cluster, add(4));
        cluster.machine(1).work();
        cluster.wire.clear();
        cluster.elect(2, Cluster.among(2, 3));
        cluster.raft(2).advance(1);
        cluster.settle();
        assertEquals(ids(1, 2, 3), cluster.raft(1).configuration().voters());
        assertEquals(0, cluster.raft(1).configurationIndex());
    }

    /** §4.2.1: a learner receives the log and counts for nothing. */
    @Test
    void aLearnerReceivesTheLogAndDoesNotCount() {
        Cluster cluster = led(2, 1);
        change(cluster, learner(3));
        cluster.settle();
        assertEquals(2, cluster.machine(3).durableLast());
        cluster.raft(1).propose(bytes("x"));
        cluster.machine(1).work();
        cluster.raft(1).step(new AppendResponse(n(3), n(1), 1, true, 3, EntryId.ZERO));
        assertEquals(2, cluster.raft(1).commit());
    }

    /** §4.2.1: a learner does not campaign. */
    @Test
    void aLearnerDoesNotCampaign() {
        Cluster cluster = led(2, 1);
        change(cluster, learner(3));
        cluster.settle();
        cluster.raft(3).advance(cluster.raft(3).ticksToDeadline());
        assertEquals(RoleKind.FOLLOWER, cluster.raft(3).role());
    }

    /** §4.2.1: and a learner that has caught up may become a voter. */
    @Test
    void aLearnerIsPromotedByASimpleChange() {
        Cluster cluster = led(2, 1);
        change(cluster, learner(3));
        cluster.settle();
        change(cluster, add(3));
        cluster.settle();
        assertEquals(Configuration.of(ids(1, 2, 3)), cluster.raft(3).configuration());
    }

    /** §4.2.2: a leader that removes itself leads until that is committed, then steps down. */
    @Test
    void aRemovedLeaderLeadsUntilItsRemovalIsCommitted() {
        Cluster cluster = led(3, 0);
        change(cluster, remove(1));
        assertEquals(RoleKind.LEADER, cluster.raft(1).role());
        cluster.machine(1).work();
        cluster.raft(1).step(new AppendResponse(n(2), n(1), 1, true, 2, EntryId.ZERO));
        assertEquals(1, cluster.raft(1).commit(), "its own copy does not count any more");
        cluster.raft(1).step(new AppendResponse(n(3), n(1), 1, true, 2, EntryId.ZERO));
        assertEquals(2, cluster.raft(1).commit());
        cluster.settle();
        assertEquals(RoleKind.FOLLOWER, cluster.raft(1).role());
    }

    /** §4.2.2: the others elect among themselves. */
    @Test
    void withoutTheRemovedLeaderTheOthersElectOneOfThem() {
        Cluster cluster = led(3, 0);
        change(cluster, remove(1));
        cluster.settle();
        cluster.elect(2);
        assertEquals(RoleKind.LEADER, cluster.raft(2).role());
        assertEquals(ids(2, 3), cluster.raft(2).configuration().voters());
    }

    /** §4.2.2: a server grants its vote to whoever asks, in its configuration or not. */
    @Test
    void aVoteDoesNotDependOnTheVotersConfiguration() {
        Cluster cluster = new Cluster(Cluster.Shape.of(3).spare(1), RaftRules.HONEST);
        List<?> said = Papers.answers(cluster, new VoteRequest(n(4), n(1), 1, EntryId.ZERO, false));
        assertTrue(said.toString().contains("granted=true"), said.toString());
    }

    /** §4.2.3: who hears a leader lets no campaign depose it. */
    @Test
    void whoHearsALeaderDoesNotTakeOverTheTermOfACampaign() {
        Cluster cluster = led(3, 0);
        cluster.raft(2).step(new VoteRequest(n(3), n(2), 9, id(9, 9)));
        assertEquals(1, cluster.raft(2).term());
        assertEquals(n(1), cluster.raft(2).leader());
    }

    // ---- 4.3 and section 6 of the paper: joint consensus

    /** §6: more than one voter at a time needs a joint configuration. */
    @Test
    void severalVotersAtOnceGoThroughAJointConfiguration() {
        Cluster cluster = led(3, 2);
        change(cluster, add(4), add(5));
        Configuration joint = cluster.raft(1).configuration();
        assertEquals(ids(1, 2, 3), joint.outgoing());
        assertEquals(ids(1, 2, 3, 4, 5), joint.voters());
    }

    /** §6: while joint, to commit takes both majorities. */
    @Test
    void whileJointBothMajoritiesMustHoldAnEntry() {
        Cluster cluster = led(3, 3);
        cluster.raft(1)
                .changeMembership(
                        List.of(add(4), add(5), add(6), remove(2), remove(3)),
                        ChangeMode.JOINT_EXPLICIT);
        cluster.machine(1).work();
        Raft leader = cluster.raft(1);
        for (long id = 4; id <= 6; id++) {
            leader.step(new AppendResponse(n(id), n(1), 1, true, 2, EntryId.ZERO));
        }
        assertEquals(1, leader.commit(), "only the incoming majority");
        leader.step(new AppendResponse(n(2), n(1), 1, true, 2, EntryId.ZERO));
        assertEquals(2, leader.commit());
    }

    /** §6: and to be elected takes both majorities. */
    @Test
    void whileJointBothMajoritiesMustElect() {
        Cluster cluster = led(3, 3);
        cluster.raft(1)
                .changeMembership(
                        List.of(add(4), add(5), add(6), remove(2), remove(3)),
                        ChangeMode.JOINT_EXPLICIT);
        cluster.settle();
        cluster.machine(1).crash();
        cluster.elect(4, Cluster.among(2, 4, 5, 6));
        assertFalse(cluster.raft(4).role() == RoleKind.LEADER, "one of three outgoing voters");
        cluster.elect(4, Cluster.among(2, 3, 4, 5, 6));
        assertEquals(RoleKind.LEADER, cluster.raft(4).role());
    }

    /** §6: once it is committed, the new configuration follows by itself. */
    @Test
    void aCommittedJointConfigurationIsLeftByItself() {
        Cluster cluster = led(3, 2);
        change(cluster, add(4), add(5));
        cluster.settle();
        assertEquals(Configuration.of(ids(1, 2, 3, 4, 5)), cluster.raft(5).configuration());
    }

    /** Explicit leave, as etcd has it: then it waits to be told. */
    @Test
    void anExplicitJointConfigurationWaitsToBeLeft() {
        Cluster cluster = led(3, 1);
        cluster.raft(1).changeMembership(List.of(add(4)), ChangeMode.JOINT_EXPLICIT);
        cluster.settle();
        assertTrue(cluster.raft(1).configuration().isJoint());
        assertEquals(ChangeResult.Reason.CHANGE_PENDING, refusal(change(cluster, remove(4))));
        assertInstanceOf(ChangeResult.Accepted.class, cluster.raft(1).leaveJoint());
        cluster.settle();
        assertEquals(Configuration.of(ids(1, 2, 3, 4)), cluster.raft(4).configuration());
    }

    // ---- 3.10 Leadership transfer

    /** §3.10: the leader takes in nothing new while it hands over. */
    @Test
    void aLeaderThatHandsOverTakesNothingIn() {
        Cluster cluster = led(3, 0);
        cluster.raft(1).transferLeadership(n(2));
        assertEquals(
                new ProposalResult.Refused(ProposalResult.Refusal.TRANSFER_IN_PROGRESS, n(2)),
                cluster.raft(1).propose(bytes("x")));
        assertEquals(ChangeResult.Reason.TRANSFER_IN_PROGRESS, refusal(change(cluster, remove(3))));
    }

    /** §3.10: it brings the target up to date before it tells it. */
    @Test
    void theTargetIsToldOnlyWhenItHasEverything() {
        Cluster cluster = led(3, 0);
        cluster.raft(1).propose(bytes("x"));
        cluster.raft(1).transferLeadership(n(2));
        cluster.machine(1).work();
        assertEquals(List.of(), cluster.take(TimeoutNow.class, 2));
        cluster.raft(1).step(new AppendResponse(n(2), n(1), 1, true, 2, EntryId.ZERO));
        cluster.machine(1).work();
        assertEquals(1, cluster.take(TimeoutNow.class, 2).size());
    }

    /** §3.10: the target campaigns as if its timer had run out, and loyalty does not stop it. */
    @Test
    void theTargetCampaignsAtOnceAndIsHeard() {
        Cluster cluster = led(3, 0);
        cluster.raft(1).transferLeadership(n(2));
        cluster.settle();
        assertEquals(RoleKind.LEADER, cluster.raft(2).role());
        assertEquals(RoleKind.FOLLOWER, cluster.raft(1).role());
    }

    /** §3.10: if it does not come to pass within an election timeout, the leader carries on. */
    @Test
    void aTransferThatFailsEnds() {
        Cluster cluster = led(3, 0);
        cluster.raft(1).transferLeadership(n(2));
        cluster.settle(message -> !(message instanceof TimeoutNow));
        for (int i = 0; i <= Cluster.ELECTION; i++) {
            cluster.raft(1).advance(1);
            cluster.settle();
        }
        assertInstanceOf(ProposalResult.Accepted.class, cluster.raft(1).propose(bytes("x")));
    }
}
