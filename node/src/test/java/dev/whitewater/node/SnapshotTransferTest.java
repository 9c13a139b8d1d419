package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.snapshot.TransferLimits;
import dev.whitewater.node.testing.MemoryDisk;
import dev.whitewater.node.testing.MemoryDisk.Survival;
import dev.whitewater.node.testing.TestCluster;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.node.wire.FrameCodec;
import dev.whitewater.raft.message.NodeId;

import org.junit.jupiter.api.Test;

import java.util.List;

class SnapshotTransferTest {

    private static final TransferLimits SMALL = new TransferLimits(100, 4, 0);

    private final FrameCodec codec = new FrameCodec(77);
    private TestCluster cluster = cluster();
    private long leader;
    private long laggard;

    private static TestCluster cluster() {
        return new TestCluster(3, 2048, 10, SMALL);
    }

    /** A leader that has let go of what the third member lacks. */
    private void leaveBehind() {
        cluster.startAll();
        leader = cluster.electLeader().view().raft().self().value();
        laggard = leader % 3 + 1;
        write(0, 5);
        cluster.pass(5);
        cluster.isolate(laggard);
        write(5, 60);
        assertTrue(cluster.member(leader).view().raft().compactedIndex() > 10);
    }

    private void write(int from, int to) {
        for (int i = from; i < to; i++) {
            long request = cluster.put(leader, "k" + i, "v" + i);
            cluster.settle();
            assertInstanceOf(Reply.Answered.class, cluster.reply(request));
        }
    }

    private void assertEqualStores() {
        assertEquals(
                cluster.member(leader).view().raft().applied(),
                cluster.member(laggard).view().raft().applied());
        assertEquals(
                cluster.member(leader).view().store().hash(),
                cluster.member(laggard).view().store().hash());
        assertEquals(0, cluster.member(leader).view().snapshotsUnderWay());
    }

    private List<String> files(long member, String prefix) {
        return cluster.member(member).disk().files().stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    @Test
    void aMemberThatLagsIsSentASnapshotAndThenTheLog() {
        leaveBehind();
        cluster.heal();
        cluster.pass(15);
        assertEqualStores();
        assertTrue(
                cluster.notes()
                        .contains(
                                "n" + laggard + ": restored snapshot 1/60 voters (n1" + " n2 n3)"),
                () -> cluster.notes().toString());
        assertEquals(List.of(), files(laggard, "recv-"));
        write(60, 70);
        cluster.pass(5);
        assertEqualStores();
    }

    @Test
    void theLogIsCutBehindTheOlderOfTwoSnapshots() {
        leaveBehind();
        assertEquals(2, files(leader, "snap-").size());
        assertFalse(files(leader, "wal-").contains("wal-0000000000000001"));
        cluster.crash(leader);
        cluster.restart(leader);
        long again = cluster.electLeader().view().raft().self().value();
        assertEquals(
                cluster.member(again).view().store().hash(),
                cluster.member(leader).view().store().hash());
    }

    private void rot(String file) {
        MemoryDisk disk = cluster.member(leader).disk();
        byte[] bytes = disk.read(file);
        bytes[bytes.length / 2] ^= 8;
        disk.replace(file, bytes);
    }

    @Test
    void oneRottenSnapshotCostsAReplayAndTwoTheMember() {
        leaveBehind();
        List<String> snapshots = files(leader, "snap-");
        cluster.crash(leader);
        rot(snapshots.getLast());
        cluster.restart(leader);
        cluster.pass(60);
        long again = cluster.electLeader().view().raft().self().value();
        assertEquals(
                cluster.member(again).view().store().hash(),
                cluster.member(leader).view().store().hash());
        cluster.crash(leader);
        files(leader, "snap-").forEach(this::rot);
        DiskFailure refusal = assertThrows(DiskFailure.class, () -> cluster.restart(leader));
        assertEquals(DiskFailure.Kind.CORRUPT, refusal.kind());
        assertTrue(refusal.getMessage().contains("there is no snapshot"), refusal.getMessage());
        assertFalse(files(leader, "snap-").isEmpty());
    }

    @Test
    void chunksThatGetLostAreSentAgain() {
        int[] count = {0};
        leaveBehind();
        cluster.loseFrames(
                bytes -> {
                    Frame frame = codec.decode(bytes);
                    return !(frame instanceof Frame.Core) && ++count[0] % 3 == 0;
                });
        cluster.heal();
        cluster.pass(400);
        assertEqualStores();
        assertTrue(count[0] > 30, "frames " + count[0]);
    }

    @Test
    void aReceiverThatStaysSilentIsGivenUpAndTriedAgain() {
        leaveBehind();
        cluster.loseFrames(bytes -> codec.decode(bytes) instanceof Frame.Chunk);
        cluster.heal();
        cluster.pass(150);
        cluster.loseFrames(_ -> false);
        cluster.pass(100);
        assertEqualStores();
    }

    @Test
    void aSnapshotThatIsDamagedOnTheWayIsRefusedAndSentAgain() {
        leaveBehind();
        cluster.heal();
        int[] count = {0};
        cluster.changeFrames(
                bytes -> {
                    if (codec.decode(bytes) instanceof Frame.Chunk chunk && ++count[0] == 5) {
                        chunk.bytes()[0] ^= 1;
                        return codec.encode(chunk);
                    }
                    return bytes;
                });
        cluster.pass(60);
        assertTrue(count[0] > 5);
        assertEqualStores();
    }

    @Test
    void aSnapshotThatRottedOnTheLeadersDiskIsTakenAnew() {
        leaveBehind();
        rot(files(leader, "snap-").getLast());
        cluster.heal();
        cluster.pass(100);
        assertTrue(cluster.notes().stream().anyMatch(note -> note.contains("is damaged on disk")));
        assertEqualStores();
    }

    @Test
    void aRateLimitSlowsTheTransferDown() {
        cluster = new TestCluster(3, 2048, 10, new TransferLimits(100, 4, 1_000));
        leaveBehind();
        cluster.heal();
        cluster.pass(30);
        assertEquals(1, cluster.member(leader).view().snapshotsUnderWay());
        cluster.pass(1_000);
        assertEqualStores();
    }

    /** Its answer is lost with its log: whether it was done is in the snapshot, but not said. */
    @Test
    void aProposalThatASnapshotCoversIsOfUnknownFate() {
        cluster.startAll();
        leader = cluster.electLeader().view().raft().self().value();
        long old = leader;
        laggard = old;
        cluster.isolate(old);
        long lost = cluster.put(old, "k", "lost");
        leader = cluster.electLeader().view().raft().self().value();
        write(0, 60);
        assertFalse(cluster.isAnswered(lost));
        cluster.heal();
        cluster.pass(15);
        assertEquals(new Reply.Unknown("a snapshot replaced the log"), cluster.reply(lost));
        assertEqualStores();
    }

    @Test
    void aSenderThatLeadsNoMoreStops() {
        leaveBehind();
        cluster.loseFrames(bytes -> codec.decode(bytes) instanceof Frame.Receipt);
        cluster.heal();
        cluster.pass(5);
        assertEquals(1, cluster.member(leader).view().snapshotsUnderWay());
        long old = leader;
        cluster.isolate(old);
        cluster.pass(60);
        assertEquals(0, cluster.member(old).view().snapshotsUnderWay());
        cluster.loseFrames(_ -> false);
        cluster.heal();
        cluster.pass(60);
        leader = cluster.electLeader().view().raft().self().value();
        assertEqualStores();
    }

    @Test
    void aCrashAtAnyStepOfAnInstallationLosesNothing() {
        Survival half = (file, offset) -> offset % 1024 < 512;
        int crashes = 0;
        for (int commands = 0; commands < 14; commands++) {
            for (Survival survival : List.of(Survival.NOTHING, Survival.EVERYTHING, half)) {
                for (int begun = 0; begun < 3; begun++) {
                    cluster = cluster();
                    leaveBehind();
                    TestCluster.Member member = cluster.member(laggard);
                    member.stallDisk(true);
                    cluster.heal();
                    crashes += crashAfter(member, commands, begun, survival);
                    cluster.pass(60);
                    assertEqualStores();
                    assertEquals(List.of(), files(laggard, "recv-"));
                }
            }
        }
        assertTrue(crashes > 60, "only " + crashes);
    }

    private int crashAfter(TestCluster.Member member, int commands, int begun, Survival left) {
        int done = 0;
        for (int tick = 0; tick < 30 && done < commands; tick++) {
            cluster.pass(1);
            while (member.disk().hasWork() && done < commands) {
                cluster.finishDisk(member);
                cluster.settle();
                done++;
            }
        }
        long term = member.view().raft().term();
        cluster.crash(laggard, begun, left);
        cluster.restart(laggard);
        assertTrue(member.view().durableTerm() <= term);
        assertEquals(new NodeId(laggard), member.view().raft().self());
        return done == commands ? 1 : 0;
    }
}
