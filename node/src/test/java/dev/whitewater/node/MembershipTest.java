package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.ClientRequest.ChangeMembership;
import dev.whitewater.node.ClientRequest.TransferLeadership;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.testing.TestCluster;
import dev.whitewater.raft.ChangeMode;
import dev.whitewater.raft.MemberChange;
import dev.whitewater.raft.MemberChange.Kind;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.NodeId;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class MembershipTest {

    private final TestCluster cluster = new TestCluster(3, 4096);

    private long elect() {
        cluster.startAll();
        return leader();
    }

    private long leader() {
        return cluster.electLeader().view().raft().self().value();
    }

    private static long other(long id) {
        return id % 3 + 1;
    }

    private Reply change(long member, Kind kind, long who) {
        return cluster.reply(ask(member, ChangeMode.AUTOMATIC, new MemberChange(kind, id(who))));
    }

    private long ask(long member, ChangeMode mode, MemberChange... changes) {
        long request = cluster.request(member, new ChangeMembership(List.of(changes), mode));
        cluster.settle();
        return request;
    }

    private static NodeId id(long number) {
        return new NodeId(number);
    }

    private static Configuration voters(long... numbers) {
        return Configuration.of(Arrays.stream(numbers).mapToObj(NodeId::new).toList());
    }

    private Configuration configuration(long member) {
        return cluster.member(member).node().view().configuration();
    }

    private void write(long member, String key, String value) {
        long request = cluster.put(member, key, value);
        cluster.settle();
        assertInstanceOf(Reply.Answered.class, cluster.reply(request));
    }

    @Test
    void aMemberThatStartsEmptyIsAddedAsLearnerAndPromoted() {
        long leader = elect();
        write(leader, "k", "v");
        cluster.join(4);
        cluster.pass(50);
        assertEquals(RoleKind.FOLLOWER, cluster.member(4).view().raft().role());
        assertEquals(0, cluster.member(4).view().raft().term());

        Configuration withLearner =
                new Configuration(
                        voters(1, 2, 3).voters(), List.of(), List.of(id(4)), List.of(), false);
        assertEquals(new Reply.Reconfigured(withLearner), change(leader, Kind.ADD_LEARNER, 4));
        cluster.pass(5);
        assertEquals(
                cluster.member(leader).view().store().hash(),
                cluster.member(4).view().store().hash());
        assertEquals(new Reply.Reconfigured(voters(1, 2, 3, 4)), change(leader, Kind.ADD_VOTER, 4));
        cluster.pass(5);
        for (long member = 1; member <= 4; member++) {
            assertEquals(voters(1, 2, 3, 4), configuration(member));
        }
        // Two of four are no majority; with the newcomer they are.
        cluster.isolate(other(leader));
        write(leader, "k", "w");
    }

    @Test
    void whatAMemberBelongsToSurvivesItsCrash() {
        long leader = elect();
        cluster.join(4);
        change(leader, Kind.ADD_VOTER, 4);
        cluster.pass(5);
        for (long member = 1; member <= 4; member++) {
            cluster.crash(member);
            cluster.restart(member);
        }
        long again = leader();
        for (long member = 1; member <= 4; member++) {
            assertEquals(voters(1, 2, 3, 4), configuration(member));
        }
        write(again, "k", "v");
    }

    @Test
    void aRemovedMemberDisturbsNobodyAndIsNotCounted() {
        long leader = elect();
        long removed = other(leader);
        assertInstanceOf(Reply.Reconfigured.class, change(leader, Kind.REMOVE, removed));
        long term = cluster.member(leader).view().raft().term();
        cluster.pass(100);
        assertEquals(term, cluster.member(leader).view().raft().term());
        assertNotEquals(RoleKind.LEADER, cluster.member(removed).view().raft().role());
        // One of the two that are left is a majority no more, whatever the removed one says.
        cluster.isolate(other(removed) == leader ? other(leader) : other(removed));
        cluster.pass(100);
        long request = cluster.put(leader, "k", "v");
        cluster.pass(100);
        assertInstanceOf(Reply.Refused.class, cluster.reply(request));
    }

    @Test
    void aLeaderThatRemovesItselfAnswersAndStepsDown() {
        long leader = elect();
        assertInstanceOf(Reply.Reconfigured.class, change(leader, Kind.REMOVE, leader));
        assertEquals(RoleKind.FOLLOWER, cluster.member(leader).view().raft().role());
        cluster.pass(60);
        assertTrue(
                List.of(other(leader), other(other(leader))).stream()
                        .anyMatch(m -> cluster.member(m).view().raft().role() == RoleKind.LEADER));
    }

    @Test
    void severalMembersAreReplacedJointly() {
        long leader = elect();
        cluster.join(4);
        cluster.join(5);
        long request =
                ask(
                        leader,
                        ChangeMode.AUTOMATIC,
                        new MemberChange(Kind.ADD_VOTER, id(4)),
                        new MemberChange(Kind.ADD_VOTER, id(5)),
                        new MemberChange(Kind.REMOVE, id(other(leader))));
        assertInstanceOf(Reply.Reconfigured.class, cluster.reply(request));
        cluster.pass(5);
        Configuration now = configuration(leader);
        assertFalse(now.isJoint());
        assertTrue(now.isVoter(id(4)) && now.isVoter(id(5)));
        assertFalse(now.isMember(id(other(leader))));
    }

    @Test
    void aJointConfigurationThatStaysIsLeftByRequest() {
        long leader = elect();
        cluster.join(4);
        cluster.reply(
                ask(leader, ChangeMode.JOINT_EXPLICIT, new MemberChange(Kind.ADD_VOTER, id(4))));
        cluster.pass(5);
        assertTrue(configuration(leader).isJoint());
        assertEquals(
                new Reply.Refused(Reply.Reason.NOT_NOW, id(leader)),
                change(leader, Kind.REMOVE, 4));
        long left = cluster.request(leader, new ClientRequest.LeaveJoint());
        cluster.settle();
        assertEquals(new Reply.Reconfigured(voters(1, 2, 3, 4)), cluster.reply(left));
    }

    @Test
    void changesAreRefusedWithTheirReason() {
        long leader = elect();
        assertEquals(
                new Reply.Refused(Reply.Reason.NOT_LEADER, id(leader)),
                change(other(leader), Kind.REMOVE, 1));
        assertEquals(
                new Reply.Refused(Reply.Reason.IMPOSSIBLE, id(leader)),
                change(leader, Kind.REMOVE, 9));
        cluster.member(other(leader)).stallDisk(true);
        cluster.member(other(other(leader))).stallDisk(true);
        ask(leader, ChangeMode.AUTOMATIC, new MemberChange(Kind.ADD_LEARNER, id(4)));
        assertEquals(
                new Reply.Refused(Reply.Reason.NOT_NOW, id(leader)),
                change(leader, Kind.ADD_LEARNER, 5));
    }

    @Test
    void leadershipIsHandedOver() {
        long leader = elect();
        long to = other(leader);
        long request = cluster.request(leader, new TransferLeadership(id(to)));
        cluster.settle();
        assertEquals(new Reply.HandedOver(id(to)), cluster.reply(request));
        assertEquals(RoleKind.LEADER, cluster.member(to).view().raft().role());
        assertEquals(0, cluster.member(leader).view().pendingWrites());
    }

    @Test
    void aHandOverThatFailsIsOfUnknownFateAndTheLeaderGoesOn() {
        long leader = elect();
        long to = other(leader);
        cluster.isolate(to);
        long request = cluster.request(leader, new TransferLeadership(id(to)));
        long during = cluster.put(leader, "k", "v");
        assertEquals(new Reply.Refused(Reply.Reason.NO_LEADER, id(to)), cluster.reply(during));
        cluster.pass(12);
        assertEquals(
                new Reply.Unknown("n" + to + " did not take over in time"), cluster.reply(request));
        write(leader, "k", "v");
    }

    @Test
    void aHandOverIsRefusedToWhoCanNotLead() {
        long leader = elect();
        long nobody = cluster.request(leader, new TransferLeadership(id(9)));
        assertEquals(new Reply.Refused(Reply.Reason.IMPOSSIBLE, id(leader)), cluster.reply(nobody));
        long follower = cluster.request(other(leader), new TransferLeadership(id(leader)));
        assertEquals(
                new Reply.Refused(Reply.Reason.NOT_LEADER, id(leader)), cluster.reply(follower));
    }
}
