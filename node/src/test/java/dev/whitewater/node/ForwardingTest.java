package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.whitewater.node.ClientRequest.Consistency;
import dev.whitewater.node.ClientRequest.Manner;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.testing.TestCluster;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Put;
import dev.whitewater.store.PutResponse;
import dev.whitewater.store.Range;

import org.junit.jupiter.api.Test;

/** Requests whose client leaves it to the member to find the leader. */
class ForwardingTest {

    private static final Put PUT = Put.of(Bytes.utf8("k"), Bytes.utf8("v"));
    private static final long LONG_ENOUGH = TestCluster.TIMEOUT / TestCluster.TICK + 20;

    private final TestCluster cluster = new TestCluster(3, 1 << 16);

    private long lead() {
        cluster.startAll();
        return cluster.electLeader().view().raft().self().value();
    }

    private static long other(long member) {
        return member % 3 + 1;
    }

    private long read(long member) {
        return cluster.request(
                member,
                new ClientRequest.Read(
                        Range.of(PUT.key()), Consistency.LINEARIZABLE, Manner.FORWARDED));
    }

    private long version(long member) {
        return cluster.member(member).view().store().revision();
    }

    @Test
    void followerAnswersAWriteWhenItHasAppliedItItself() {
        long follower = other(lead());
        long write = cluster.write(follower, PUT);
        cluster.settle();
        cluster.pass(5);
        assertEquals(2, assertInstanceOf(PutResponse.class, answered(write)).revision());
        assertEquals(2, version(follower));
        long read = read(follower);
        cluster.settle();
        assertEquals("v", cluster.value(read));
    }

    private Object answered(long request) {
        return assertInstanceOf(Reply.Answered.class, cluster.reply(request)).response();
    }

    /** {@code dedup-not-replicated}. */
    @Test
    void writeThatTheNetworkDeliversTwiceHappensOnce() {
        long leader = lead();
        cluster.duplicateFrames();
        for (int i = 0; i < 20; i++) {
            cluster.write(other(leader), PUT);
            cluster.settle();
        }
        cluster.pass(5);
        assertEquals(21, version(leader));
    }

    @Test
    void requestsWaitForALeader() {
        cluster.startAll();
        long write = cluster.write(1, PUT);
        long read = read(2);
        long lease = cluster.request(3, new ClientRequest.RenewLease(7));
        assertFalse(cluster.isAnswered(write));
        cluster.electLeader();
        cluster.pass(20);
        assertInstanceOf(PutResponse.class, answered(write));
        assertInstanceOf(Reply.Answered.class, cluster.reply(read));
        assertEquals(Reply.LeaseTold.none(7), cluster.reply(lease));
    }

    @Test
    void requestsAreRefusedWhenNoLeaderComesInTime() {
        cluster.startAll();
        cluster.isolate(1);
        cluster.isolate(2);
        cluster.isolate(3);
        long write = cluster.write(1, PUT);
        long read = read(1);
        cluster.pass(LONG_ENOUGH);
        assertEquals(
                Reply.Reason.NO_LEADER,
                assertInstanceOf(Reply.Refused.class, cluster.reply(write)).reason());
        assertEquals(
                Reply.Reason.NO_LEADER,
                assertInstanceOf(Reply.Refused.class, cluster.reply(read)).reason());
    }

    @Test
    void writeLostOnItsWayIsDoneByTheNextLeaderOnce() {
        long leader = lead();
        long follower = other(leader);
        long write = cluster.write(follower, PUT);
        cluster.loseFrames();
        cluster.crash(leader);
        cluster.pass(60);
        assertInstanceOf(PutResponse.class, answered(write));
        assertEquals(2, version(follower));
    }

    /** {@code client-false-fail}: what may still happen is not refused. */
    @Test
    void writeWhoseFateNobodyKnowsIsUnknown() {
        long leader = lead();
        long follower = other(leader);
        long write = cluster.write(follower, PUT);
        cluster.isolate(follower);
        cluster.settle();
        cluster.pass(LONG_ENOUGH);
        assertInstanceOf(Reply.Unknown.class, cluster.reply(write));
    }

    @Test
    void memberThatStopsAnswersWhatItHeldBack() {
        cluster.startAll();
        long write = cluster.write(1, PUT);
        cluster.member(1).node().handle(new NodeEvent.Stopping(2_000));
        assertEquals(
                Reply.Reason.STOPPING,
                assertInstanceOf(Reply.Refused.class, cluster.reply(write)).reason());
    }

    @Test
    void catchUpIsAnsweredWhenAllThatWasAcknowledgedIsApplied() {
        long leader = lead();
        long write = cluster.write(leader, PUT);
        cluster.settle();
        answered(write);
        long caughtUp = cluster.request(other(leader), new ClientRequest.CatchUp());
        cluster.settle();
        cluster.pass(5);
        assertEquals(new Reply.CaughtUp(), cluster.reply(caughtUp));
        assertEquals(2, version(other(leader)));
    }
}
