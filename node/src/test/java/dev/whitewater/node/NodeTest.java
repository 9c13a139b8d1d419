package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.ClientRequest.Consistency;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.testing.MemoryDisk;
import dev.whitewater.node.testing.TestCluster;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.NodeId;

import org.junit.jupiter.api.Test;

class NodeTest {

    private final TestCluster cluster = new TestCluster(3, 4096);

    private static long id(TestCluster.Member member) {
        return member.view().raft().self().value();
    }

    private long elect() {
        cluster.startAll();
        return id(cluster.electLeader());
    }

    private static long other(long id) {
        return id % 3 + 1;
    }

    private void write(long member, String key, String value) {
        long request = cluster.put(member, key, value);
        cluster.settle();
        assertInstanceOf(Reply.Answered.class, cluster.reply(request));
    }

    private String read(long member, String key) {
        long request = cluster.get(member, key, Consistency.LINEARIZABLE);
        cluster.settle();
        return cluster.value(request);
    }

    private void assertSameStores() {
        cluster.pass(5);
        long hash = cluster.member(1).view().store().hash();
        assertEquals(hash, cluster.member(2).view().store().hash());
        assertEquals(hash, cluster.member(3).view().store().hash());
    }

    @Test
    void whatWasWrittenThroughTheLeaderIsReadFromEveryMember() {
        long leader = elect();
        write(leader, "k", "v1");
        write(leader, "k", "v2");
        for (long member = 1; member <= 3; member++) {
            assertEquals("v2", read(member, "k"));
        }
        assertSameStores();
    }

    @Test
    void aFollowerNamesTheLeaderToAWriter() {
        long leader = elect();
        long request = cluster.put(other(leader), "k", "v");
        assertEquals(
                new Reply.Refused(Reply.Reason.NOT_LEADER, new NodeId(leader)),
                cluster.reply(request));
    }

    @Test
    void everyMemberComesBackFromItsDisk() {
        long leader = elect();
        for (int i = 0; i < 100; i++) {
            write(leader, "k" + i % 7, "v" + i);
        }
        cluster.pass(5);
        long hash = cluster.member(leader).view().store().hash();
        for (long member = 1; member <= 3; member++) {
            cluster.crash(member);
        }
        cluster.startAll();
        leader = id(cluster.electLeader());
        assertEquals("v99", read(leader, "k1"));
        assertTrue(cluster.member(1).disk().files().size() > 1, "the log rotated");
        assertEquals(2, cluster.member(1).view().life());
        write(leader, "k", "after");
        assertSameStores();
        assertFalse(hash == cluster.member(1).view().store().hash());
    }

    @Test
    void aMemberThatWasDownCatchesUp() {
        long leader = elect();
        long down = other(leader);
        cluster.crash(down);
        for (int i = 0; i < 50; i++) {
            write(leader, "k", "v" + i);
        }
        cluster.restart(down);
        cluster.pass(20);
        assertEquals("v49", read(down, "k"));
        assertSameStores();
    }

    @Test
    void aWriteIsAnsweredOnlyWhenAMajorityHasItOnDisk() {
        long leader = elect();
        cluster.member(other(leader)).stallDisk(true);
        cluster.member(other(other(leader))).stallDisk(true);
        long request = cluster.put(leader, "k", "v");
        cluster.settle();
        assertFalse(cluster.isAnswered(request));
        cluster.member(other(leader)).stallDisk(false);
        cluster.settle();
        assertInstanceOf(Reply.Answered.class, cluster.reply(request));
    }

    @Test
    void writesThatComeWhileTheDiskIsBusyShareTheNextRecord() {
        long leader = elect();
        TestCluster.Member member = cluster.member(leader);
        int before = member.disk().finishedCommands();
        long last = 0;
        for (int i = 0; i < 50; i++) {
            last = cluster.put(leader, "k" + i, "v");
        }
        cluster.settle();
        assertInstanceOf(Reply.Answered.class, cluster.reply(last));
        assertTrue(member.disk().finishedCommands() - before <= 6);
    }

    /**
     * A deposed leader's proposal is answered by what becomes of its entry: here it is overwritten
     * by its successor's.
     */
    @Test
    void aProposalThatWasOverwrittenIsRefused() {
        long old = elect();
        cluster.isolate(old);
        long request = cluster.put(old, "k", "lost");
        long leader = id(cluster.electLeader());
        write(leader, "k", "won");
        assertFalse(cluster.isAnswered(request));
        cluster.heal();
        cluster.pass(10);
        assertEquals(
                new Reply.Refused(Reply.Reason.NOT_LEADER, new NodeId(leader)),
                cluster.reply(request));
        assertEquals("won", read(old, "k"));
    }

    @Test
    void aProposalThatASuccessorCommitsIsAnsweredByTheDeposedLeader() {
        long old = elect();
        long heir = other(old);
        // The followers have it, but their word of it does not come back.
        cluster.member(heir).stallDisk(true);
        cluster.member(other(heir)).stallDisk(true);
        long request = cluster.put(old, "k", "v");
        cluster.settle();
        cluster.isolate(old);
        cluster.member(heir).stallDisk(false);
        cluster.member(other(heir)).stallDisk(false);
        cluster.settle();
        cluster.electLeader();
        assertFalse(cluster.isAnswered(request));
        cluster.heal();
        cluster.pass(10);
        assertInstanceOf(Reply.Answered.class, cluster.reply(request));
    }

    @Test
    void aProposalOfUnknownFateIsUnknownWhenItsTimeIsUp() {
        long old = elect();
        cluster.isolate(old);
        long request = cluster.put(old, "k", "v");
        cluster.pass(TestCluster.TIMEOUT / TestCluster.TICK - 1);
        assertFalse(cluster.isAnswered(request));
        cluster.pass(1);
        assertEquals(new Reply.Unknown("not committed in time"), cluster.reply(request));
        assertEquals(0, cluster.member(old).view().pendingWrites());
    }

    @Test
    void anIsolatedLeaderServesNoLinearizableRead() {
        long old = elect();
        write(old, "k", "v1");
        cluster.isolate(old);
        long request = cluster.get(old, "k", Consistency.LINEARIZABLE);
        long leader = id(cluster.electLeader());
        write(leader, "k", "v2");
        cluster.pass(40);
        assertInstanceOf(Reply.Refused.class, cluster.reply(request));
    }

    @Test
    void anIsolatedMemberServesSerializableReads() {
        long leader = elect();
        write(leader, "k", "v1");
        cluster.pass(3);
        long cut = other(leader);
        cluster.isolate(cut);
        write(leader, "k", "v2");
        long request = cluster.get(cut, "k", Consistency.SERIALIZABLE);
        assertEquals("v1", cluster.value(request));
    }

    @Test
    void readsThatComeTogetherShareOneQuestion() {
        long leader = elect();
        write(leader, "k", "v");
        cluster.isolate(leader);
        for (int i = 0; i < 100; i++) {
            cluster.get(leader, "k", Consistency.LINEARIZABLE);
        }
        assertEquals(100, cluster.member(leader).view().pendingReads());
        cluster.heal();
        cluster.pass(5);
        assertEquals(0, cluster.member(leader).view().pendingReads());
    }

    @Test
    void aMemberThatIsStartingRefuses() {
        long request = cluster.put(1, "k", "v");
        assertEquals(new Reply.Refused(Reply.Reason.STARTING, NodeId.NONE), cluster.reply(request));
    }

    @Test
    void aStoppingMemberAnswersEveryoneAndStopsWhenItsDiskIsDone() {
        long leader = elect();
        TestCluster.Member member = cluster.member(leader);
        cluster.isolate(leader);
        member.stallDisk(true);
        long write = cluster.put(leader, "k", "v");
        long read = cluster.get(leader, "k", Consistency.LINEARIZABLE);
        member.node().handle(new NodeEvent.Stopping(member.node().nextDeadlineNanos()));
        assertEquals(new Reply.Unknown("the member stops"), cluster.reply(write));
        assertEquals(
                new Reply.Refused(Reply.Reason.STOPPING, new NodeId(leader)), cluster.reply(read));
        assertEquals(Lifecycle.STOPPING, member.view().lifecycle());
        member.stallDisk(false);
        cluster.settle();
        assertEquals(Lifecycle.STOPPED, member.view().lifecycle());
        long late = cluster.put(leader, "k", "v");
        assertEquals(new Reply.Refused(Reply.Reason.STOPPING, NodeId.NONE), cluster.reply(late));
    }

    @Test
    void aFailedWriteStopsTheMemberForGood() {
        long leader = elect();
        TestCluster.Member member = cluster.member(leader);
        member.disk().failCommand(member.disk().finishedCommands());
        cluster.put(leader, "k", "v");
        assertThrows(DiskFailure.class, cluster::settle);
        assertEquals(Lifecycle.FAILED, member.view().lifecycle());
        assertEquals(Long.MAX_VALUE, member.node().nextDeadlineNanos());
        assertThrows(InvariantViolation.class, () -> member.node().handle(new NodeEvent.Ticked(0)));
    }

    @Test
    void aMemberWhoseLogIsDamagedDoesNotStart() {
        long leader = elect();
        write(leader, "k", "v");
        cluster.crash(leader);
        MemoryDisk disk = cluster.member(leader).disk();
        byte[] bytes = disk.read(disk.files().getFirst());
        bytes[520] ^= 1;
        disk.replace(disk.files().getFirst(), bytes);
        DiskFailure failure = assertThrows(DiskFailure.class, () -> cluster.restart(leader));
        assertEquals(DiskFailure.Kind.CORRUPT, failure.kind());
    }

    @Test
    void damagedFramesAreDroppedWithAReason() {
        long leader = elect();
        Node node = cluster.member(leader).node();
        node.handle(new NodeEvent.FrameArrived(0, new NodeId(2), new byte[] {1, 2, 3}));
        assertTrue(
                cluster.notes().getLast().contains("dropped a frame from n2: ends 1 bytes early"),
                cluster.notes().getLast());
        assertEquals(Lifecycle.RUNNING, cluster.member(leader).view().lifecycle());
    }

    @Test
    void theViewTellsWhatIsDurableAndWhatWasApplied() {
        long leader = elect();
        TestCluster.Member member = cluster.member(leader);
        NodeView view = member.view();
        long bytes = view.walDurableBytes();
        member.stallDisk(true);
        cluster.put(leader, "k", "v");
        long index = view.raft().lastIndex();
        assertEquals(index - 1, view.durableLastIndex());
        assertEquals(0, view.durableTermAt(index));
        member.stallDisk(false);
        cluster.settle();
        assertEquals(index, view.durableLastIndex());
        assertEquals(view.raft().term(), view.durableTermAt(index));
        assertEquals(view.raft().term(), view.durableTerm());
        assertEquals(new NodeId(leader), view.durableVote());
        assertTrue(view.walDurableBytes() > bytes);
        assertEquals(0, view.applyBacklog());
        assertEquals(index, view.store().appliedIndex());
    }

    @Test
    void aSingleMemberAnswersOnlyWhatIsOnItsDisk() {
        TestCluster alone = new TestCluster(1, 4096);
        alone.startAll();
        alone.electLeader();
        alone.member(1).stallDisk(true);
        long request = alone.put(1, "k", "v");
        alone.pass(10);
        assertFalse(alone.isAnswered(request));
        alone.member(1).stallDisk(false);
        alone.settle();
        assertInstanceOf(Reply.Answered.class, alone.reply(request));
        alone.crash(1);
        alone.restart(1);
        assertEquals(RoleKind.LEADER, alone.electLeader().view().raft().role());
        long read = alone.get(1, "k", Consistency.LINEARIZABLE);
        alone.settle();
        assertEquals("v", alone.value(read));
    }
}
