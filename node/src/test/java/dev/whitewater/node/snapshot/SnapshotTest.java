package dev.whitewater.node.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.ClientRequest.Consistency;
import dev.whitewater.node.NodeEvent;
import dev.whitewater.node.NodeView;
import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.testing.MemoryDisk;
import dev.whitewater.node.testing.MemoryDisk.Survival;
import dev.whitewater.node.testing.TestCluster;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Checkpoints;
import dev.whitewater.store.Put;
import dev.whitewater.store.Store;
import dev.whitewater.store.StreamCheckpoints;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class SnapshotTest {

    private static final int WRITES = 40;

    private static TestCluster cluster() {
        TestCluster cluster = new TestCluster(1, 1 << 16, 8);
        cluster.startAll();
        cluster.electLeader();
        return cluster;
    }

    private static void write(TestCluster cluster, int from, int to) {
        for (int i = from; i < to; i++) {
            long request = cluster.put(1, "k" + i, "v" + i);
            cluster.settle();
            assertInstanceOf(Reply.Answered.class, cluster.reply(request));
        }
    }

    private static List<String> snapshots(MemoryDisk disk) {
        return disk.files().stream().filter(name -> name.startsWith("snap-")).toList();
    }

    private static long replayed(TestCluster cluster) {
        return cluster.notes().stream().filter(note -> note.contains("restored snapshot")).count();
    }

    @Test
    void aMemberStartsFromItsNewestSnapshotAndKeepsTwo() {
        TestCluster cluster = cluster();
        write(cluster, 0, WRITES);
        assertEquals(
                List.of("snap-0000000000000032", "snap-0000000000000040"),
                snapshots(cluster.member(1).disk()));
        NodeView view = cluster.member(1).view();
        long hash = view.store().hash();
        long index = view.store().appliedIndex();
        cluster.crash(1);
        cluster.restart(1);
        assertEquals(index, 1 + WRITES);
        assertEquals(1, replayed(cluster));
        assertTrue(cluster.member(1).view().store().appliedIndex() >= 40);
        cluster.electLeader();
        assertFalse(hash == cluster.member(1).view().store().hash());
        assertSameWithoutSnapshots(cluster);
    }

    /** With its snapshots or by replay of the whole log: the state is the same. */
    private static void assertSameWithoutSnapshots(TestCluster cluster) {
        cluster.crash(1);
        MemoryDisk whole = cluster.member(1).disk();
        MemoryDisk bare = whole.copy();
        snapshots(bare).forEach(bare::remove);
        cluster.restart(1);
        cluster.electLeader();
        NodeView restored = cluster.member(1).view();
        cluster.replaceDisk(1, bare);
        cluster.restart(1);
        cluster.electLeader();
        NodeView replayed = cluster.member(1).view();
        assertEquals(replayed.store().appliedIndex(), restored.store().appliedIndex());
        assertEquals(replayed.store().hash(), restored.store().hash());
    }

    @Test
    void aCrashAtAnyStepOfASnapshotLosesNothing() {
        Survival half = (file, offset) -> offset % 512 < 300;
        for (int commands = 0; commands < 9; commands++) {
            for (Survival survival : List.of(Survival.NOTHING, Survival.EVERYTHING, half)) {
                TestCluster cluster = cluster();
                write(cluster, 0, 22);
                TestCluster.Member member = cluster.member(1);
                member.stallDisk(true);
                cluster.put(1, "k22", "v22");
                for (int i = 0; i < commands && member.disk().hasWork(); i++) {
                    cluster.finishDisk(member);
                }
                cluster.crash(1, 1, survival);
                cluster.restart(1);
                cluster.electLeader();
                write(cluster, 23, WRITES);
                for (int i = 0; i < WRITES; i++) {
                    if (i != 22) {
                        assertEquals("v" + i, read(cluster, "k" + i));
                    }
                }
                assertTrue(snapshots(member.disk()).stream().noneMatch(f -> f.endsWith(".part")));
                assertSameWithoutSnapshots(cluster);
            }
        }
    }

    private static String read(TestCluster cluster, String key) {
        long request = cluster.get(1, key, Consistency.LINEARIZABLE);
        cluster.settle();
        return cluster.value(request);
    }

    @Test
    void aDamagedSnapshotIsRemovedAndTheOneBeforeIsUsed() {
        TestCluster cluster = cluster();
        write(cluster, 0, WRITES);
        cluster.crash(1);
        MemoryDisk disk = cluster.member(1).disk();
        String newest = snapshots(disk).getLast();
        byte[] bytes = disk.read(newest);
        bytes[bytes.length / 2] ^= 4;
        disk.replace(newest, bytes);
        cluster.restart(1);
        assertFalse(disk.files().contains(newest) && Arrays.equals(bytes, disk.read(newest)));
        assertTrue(cluster.notes().stream().anyMatch(note -> note.contains("restored snapshot")));
        cluster.electLeader();
        assertEquals("v39", read(cluster, "k39"));
        assertSameWithoutSnapshots(cluster);
    }

    @Test
    void aSnapshotThatTheLogDoesNotReachMeansThatTheLogWasLost() {
        TestCluster cluster = cluster();
        write(cluster, 0, WRITES);
        cluster.crash(1);
        MemoryDisk disk = cluster.member(1).disk();
        disk.files().stream().filter(f -> f.startsWith("wal-")).forEach(disk::remove);
        assertThrows(DiskFailure.class, () -> cluster.restart(1));
    }

    @Test
    void aMemberDefragmentsAndItsDiskHoldsThatBeforeItSaysSo() {
        TestCluster cluster = cluster();
        write(cluster, 0, 20);
        TestCluster.Member member = cluster.member(1);
        member.stallDisk(true);
        long first = cluster.request(1, new ClientRequest.Defragment());
        long second = cluster.request(1, new ClientRequest.Defragment());
        cluster.settle();
        assertFalse(cluster.isAnswered(first));
        member.stallDisk(false);
        cluster.settle();
        assertEquals(new Reply.Defragmented(), cluster.reply(first));
        assertEquals(new Reply.Defragmented(), cluster.reply(second));
        assertEquals("snap-0000000000000021", snapshots(member.disk()).getLast());
        // Nothing happened since: there is nothing to write.
        long third = cluster.request(1, new ClientRequest.Defragment());
        assertEquals(new Reply.Defragmented(), cluster.reply(third));
        assertSameWithoutSnapshots(cluster);
    }

    @Test
    void aMemberThatTakesNoSnapshotsDefragmentsItsMemoryAlone() {
        TestCluster cluster = new TestCluster(1, 1 << 16);
        cluster.startAll();
        cluster.electLeader();
        write(cluster, 0, 3);
        long request = cluster.request(1, new ClientRequest.Defragment());
        assertEquals(new Reply.Defragmented(), cluster.reply(request));
        assertEquals(List.of(), snapshots(cluster.member(1).disk()));
    }

    @Test
    void whoWaitsForADefragmentationWhenTheMemberStopsIsToldUnknown() {
        TestCluster cluster = cluster();
        write(cluster, 0, 3);
        cluster.member(1).stallDisk(true);
        long request = cluster.request(1, new ClientRequest.Defragment());
        cluster.member(1).node().handle(new NodeEvent.Stopping(1_000_000_000_000L));
        assertEquals(new Reply.Unknown("the member stops"), cluster.reply(request));
    }

    @Test
    void aFileThatIsNotWhollyAsWrittenIsRefused() {
        Store store = new Store();
        store.apply(1, Put.of(Bytes.utf8("k"), Bytes.utf8("v")));
        Configuration configuration = Configuration.of(List.of(new NodeId(2), new NodeId(5)));
        SnapshotMeta meta = new SnapshotMeta(new EntryId(3, 1), configuration);
        byte[] file = file(meta, store);
        SnapshotSummary summary = SnapshotSummary.read(file, new StreamCheckpoints());
        assertEquals(meta, summary.meta());
        assertEquals(store.hash(), summary.store().hash());
        assertEquals(77, summary.clusterId());
        for (int at = 0; at < file.length; at++) {
            byte[] damaged = file.clone();
            damaged[at] ^= 16;
            assertThrows(Malformed.class, () -> read(damaged, 2), "byte " + at);
            byte[] cut = Arrays.copyOf(file, at);
            assertThrows(Malformed.class, () -> read(cut, 2), "cut at " + at);
        }
        assertThrows(Malformed.class, () -> read(file, 3));
        byte[] later = file(new SnapshotMeta(new EntryId(3, 2), configuration), store);
        Malformed wrongIndex = assertThrows(Malformed.class, () -> read(later, 2));
        assertTrue(wrongIndex.getMessage().contains("as of 1, not 3/2"), wrongIndex.getMessage());
    }

    private static byte[] file(SnapshotMeta meta, Store store) {
        byte[] head = new SnapshotFile(77, new NodeId(2), Crc32c::of).head(meta);
        FileImage image = new FileImage();
        image.write(0, head, 0, head.length);
        Checkpoints.Writer writer = new StreamCheckpoints().begin(store, image.behind(head.length));
        assertFalse(writer.step(1 << 20));
        return image.take(1 << 20, true).bytes();
    }

    private static void read(byte[] file, long member) {
        FileImage image = new FileImage();
        image.load(file);
        SnapshotFile format = new SnapshotFile(77, new NodeId(member), Crc32c::of);
        assertFalse(StateReading.begin(format, new StreamCheckpoints(), image).step(1 << 20));
    }
}
