package dev.whitewater.node.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.DiskCommand;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.testing.MemoryDisk;
import dev.whitewater.node.testing.MemoryDisk.Survival;
import dev.whitewater.node.wal.WalScript.Opened;
import dev.whitewater.node.wal.WalScript.Run;
import dev.whitewater.raft.HardState;
import dev.whitewater.raft.Persist;
import dev.whitewater.raft.Recovered;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class WalRecoveryTest {

    private static final int TINY = 1024;

    private final WalScript script = new WalScript();

    /** What can be left of the write that a crash interrupts: {@code nothing, all, each prefix}. */
    private static List<Survival> tears(MemoryDisk disk) {
        List<Survival> tears = new ArrayList<>(List.of(Survival.NOTHING, Survival.EVERYTHING));
        if (disk.hasWork() && disk.next() instanceof DiskCommand.Write write) {
            long from = write.offset();
            long to = from + write.bytes().length;
            for (long cut = from + 1; cut < to; cut++) {
                long end = cut;
                tears.add((file, offset) -> offset < end);
            }
            for (long lost = from; lost < to; lost += Sectors.SIZE) {
                long hole = lost;
                tears.add((file, offset) -> offset < hole || offset >= hole + Sectors.SIZE);
                tears.add((file, offset) -> offset >= hole && offset < hole + Sectors.SIZE);
            }
        }
        return tears;
    }

    @Test
    void recoversWhatWasSyncedWhereverACrashTearsTheLastWrite() {
        int commands = WalScript.complete().finishedCommands();
        int crashes = 0;
        for (int at = 1; at <= commands; at++) {
            Run run = script.runUntil(at);
            for (Survival survival : tears(run.disk())) {
                boolean directoryKept = crashes % 5 != 0;
                MemoryDisk left = run.disk().fork().crash(2, directoryKept, survival);
                assertGoesOn(run, left, crashes % 2 == 0 ? WalScript.SEGMENT_BYTES : TINY);
                crashes++;
            }
        }
        assertTrue(crashes > 5_000, "only " + crashes + " crashes were tried");
    }

    /** The log holds what was synced, or that and what was being written; and it can be used. */
    private void assertGoesOn(Run run, MemoryDisk left, int segmentBytes) {
        Opened opened = WalScript.begin(left, segmentBytes);
        int records = Math.max(run.durableRecords(), 0);
        Recovered found = opened.recovered();
        boolean isNext =
                run.writing()
                        && run.durableRecords() >= 0
                        && records < script.size()
                        && found.equals(script.state(records + 1));
        assertTrue(
                isNext || found.equals(script.state(records)),
                () -> "after " + records + " records found " + found);
        Entry next = WalScript.entry(9, found.entries().size() + 1, 60);
        HardState state = new HardState(9, NodeId.NONE, found.hardState().commit());
        opened.persist(1, new Persist(state, List.of(next), true));

        Opened again = WalScript.open(left.crash(0, false, Survival.NOTHING));
        List<Entry> expected = new ArrayList<>(found.entries());
        expected.add(next);
        assertEquals(new Recovered(state, expected, 0), again.recovered());
    }

    @Test
    void recoversFromACrashDuringRecovery() {
        int commands = WalScript.complete().finishedCommands();
        for (int at = 1; at <= commands; at++) {
            Run run = script.runUntil(at);
            for (int inRecovery = 0; inRecovery < 12; inRecovery++) {
                MemoryDisk torn =
                        run.disk().fork().crash(2, true, (file, offset) -> offset % 2048 < 1000);
                assertGoesOn(run, interruptRecovery(torn, inRecovery), WalScript.SEGMENT_BYTES);
            }
        }
    }

    private static MemoryDisk interruptRecovery(MemoryDisk disk, int commands) {
        DiskQueue queue = new DiskQueue(disk);
        WalRecovery recovery =
                new WalRecovery(
                        new WalSettings(WalScript.IDENTITY, WalScript.SEGMENT_BYTES), queue);
        recovery.begin();
        boolean finished = false;
        for (int i = 0; i < commands && !finished; i++) {
            DiskResult result = disk.finishNext();
            finished = recovery.finished(queue.finished(result), result);
        }
        return disk.crash(1, false, Survival.NOTHING);
    }

    @Test
    void makesDurableWhatItOnlyRead() {
        for (int at = 1; at <= WalScript.complete().finishedCommands(); at++) {
            Run run = script.runUntil(at);
            for (int segmentBytes : new int[] {WalScript.SEGMENT_BYTES, TINY}) {
                MemoryDisk disk = run.disk().fork();
                Recovered read = WalScript.begin(disk.processCrash(), segmentBytes).recovered();
                MemoryDisk afterPowerLoss = disk.crash(0, false, Survival.NOTHING);
                assertEquals(read, WalScript.open(afterPowerLoss).recovered());
            }
        }
    }

    @Test
    void aSegmentHasRoomForAllItsRecordsFromTheStart() {
        MemoryDisk disk = WalScript.preallocated();
        for (String file : disk.files()) {
            assertEquals(WalScript.SEGMENT_BYTES, disk.read(file).length, file);
        }
        assertEquals(script.state(script.size()), WalScript.open(disk).recovered());
    }

    @Test
    void countsTheLivesOfTheProcess() {
        MemoryDisk disk = new MemoryDisk();
        for (long life = 1; life < 20; life++) {
            assertEquals(life, WalScript.begin(disk).wal().life());
        }
    }

    @Property(tries = 1000)
    void refusesDamageToAnythingThatWasSynced(
            @ForAll @IntRange(min = 0, max = 1 << 30) int where,
            @ForAll @IntRange(min = 1, max = 255) int mask,
            @ForAll @IntRange(min = 1, max = 700) int length) {
        MemoryDisk disk = WalScript.complete();
        String file = disk.files().get(where % disk.files().size());
        byte[] bytes = disk.read(file);
        int at = where / 16 % bytes.length;
        boolean touchesMarkOfLastRecord = false;
        for (int i = at; i < Math.min(bytes.length, at + length % 64 + length / 640 * 600); i++) {
            bytes[i] ^= (byte) mask;
            touchesMarkOfLastRecord |=
                    i % Sectors.SIZE == Sectors.CONTENT
                            && bytes[i] == 0
                            && file.equals(disk.files().getLast())
                            && i >= bytes.length - Sectors.SIZE;
        }
        disk.replace(file, bytes);
        if (touchesMarkOfLastRecord) {
            // The one thing that no log can tell from a crash in its last write.
            return;
        }
        assertDetectedOrHarmless(disk);
    }

    /** Padding may be anything; all else must be refused, and with a reason. */
    private void assertDetectedOrHarmless(MemoryDisk disk) {
        try {
            assertEquals(script.state(script.size()), WalScript.open(disk).recovered());
        } catch (DiskFailure e) {
            assertTrue(e.getMessage().contains("wal-") || e.kind() == DiskFailure.Kind.FOREIGN);
        }
    }

    @Test
    void refusesAFlippedBitInAnyByteOfContent() {
        MemoryDisk whole = WalScript.complete();
        int refused = 0;
        int harmless = 0;
        for (String file : whole.files()) {
            byte[] bytes = whole.read(file);
            for (int at = 0; at < bytes.length; at++) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) (1 << at % 8);
                MemoryDisk disk = whole.copy();
                disk.replace(file, damaged);
                if (isRefused(disk)) {
                    refused++;
                } else {
                    // In the filling between the end of a record and its sector's mark.
                    assertEquals(0, bytes[at], file + " at " + at);
                    assertEquals(script.state(script.size()), WalScript.open(disk).recovered());
                    harmless++;
                }
            }
        }
        assertTrue(refused > harmless, refused + " refused, " + harmless + " harmless");
    }

    private static boolean isRefused(MemoryDisk disk) {
        try {
            WalScript.open(disk);
            return false;
        } catch (DiskFailure e) {
            return true;
        }
    }

    @Test
    void refusesAZeroedSectorBeforeTheLastRecord() {
        MemoryDisk whole = WalScript.complete();
        String last = whole.files().getLast();
        for (String file : whole.files()) {
            byte[] bytes = whole.read(file);
            int end = file.equals(last) ? bytes.length - Sectors.SIZE : bytes.length;
            for (int at = 0; at < end; at += Sectors.SIZE) {
                MemoryDisk disk = whole.copy();
                byte[] damaged = bytes.clone();
                Arrays.fill(damaged, at, at + Sectors.SIZE, (byte) 0);
                disk.replace(file, damaged);
                DiskFailure e = assertThrows(DiskFailure.class, () -> WalScript.open(disk));
                assertEquals(DiskFailure.Kind.CORRUPT, e.kind());
            }
        }
    }

    @Test
    void refusesALogWithAMissingSegment() {
        MemoryDisk whole = WalScript.complete();
        assertTrue(whole.files().size() > 2, "the script rotates");
        for (String file : whole.files().subList(0, whole.files().size() - 1)) {
            MemoryDisk disk = whole.copy();
            disk.remove(file);
            assertEquals(
                    DiskFailure.Kind.CORRUPT,
                    assertThrows(DiskFailure.class, () -> WalScript.open(disk)).kind());
        }
    }

    @Test
    void refusesASegmentThatWasCutShort() {
        MemoryDisk whole = WalScript.complete();
        String first = whole.files().getFirst();
        byte[] bytes = whole.read(first);
        whole.replace(first, Arrays.copyOf(bytes, bytes.length - Sectors.SIZE));
        DiskFailure e = assertThrows(DiskFailure.class, () -> WalScript.open(whole));
        assertEquals(DiskFailure.Kind.CORRUPT, e.kind());
    }

    /** The last segment was being begun; that does not excuse damage in the one before. */
    @Test
    void refusesDamageBeforeASegmentThatWasBeingBegun() {
        MemoryDisk disk = WalScript.complete();
        String last = disk.files().getLast();
        disk.replace(last, new byte[disk.read(last).length]);
        String before = disk.files().get(disk.files().size() - 2);
        byte[] bytes = disk.read(before);
        bytes[bytes.length - 1] = 0;
        disk.replace(before, bytes);
        DiskFailure e = assertThrows(DiskFailure.class, () -> WalScript.open(disk));
        assertEquals(DiskFailure.Kind.CORRUPT, e.kind());
    }

    @Test
    void refusesAnotherMembersLog() {
        MemoryDisk disk = WalScript.complete();
        WalIdentity other = new WalIdentity(77, new NodeId(3));
        DiskFailure e = assertThrows(DiskFailure.class, () -> WalScript.open(disk, other, TINY));
        assertEquals(DiskFailure.Kind.FOREIGN, e.kind());
        assertTrue(e.getMessage().contains("belongs to member n2"), e.getMessage());
    }

    /**
     * A client's value may hold bytes that look like a later record; in a torn write they must not
     * be taken for proof that it was durable. Record 257 would bear the same mark as record 2.
     */
    @Test
    void aForgedRecordInsideATornWriteProvesNothing() {
        for (int sequence : new int[] {3, 257}) {
            byte[] forged = forgedRecord(sequence);
            for (int shift = 0; shift < Sectors.CONTENT; shift++) {
                MemoryDisk disk = new MemoryDisk();
                Opened opened = WalScript.begin(disk);
                byte[] data = new byte[4 * Sectors.CONTENT];
                for (int i = 0; i < data.length; i++) {
                    data[i] = forged[(i + shift) % Sectors.CONTENT];
                }
                Entry entry = Entry.command(new EntryId(1, 1), data);
                HardState state = new HardState(1, NodeId.NONE, 0);
                opened.wal().add(1, new Persist(state, List.of(entry), true));
                opened.wal().flush();
                long second = ((DiskCommand.Write) disk.next()).offset() + Sectors.SIZE;
                assertForgets(disk, (file, offset) -> offset >= second);
                assertForgets(disk, (file, offset) -> offset >= second && offset < second + 400);
            }
        }
    }

    private static void assertForgets(MemoryDisk disk, Survival survival) {
        MemoryDisk left = disk.fork().crash(1, true, survival);
        assertEquals(Recovered.NOTHING, WalScript.open(left).recovered());
    }

    private static byte[] forgedRecord(long sequence) {
        ByteWriter out = new ByteWriter(Sectors.CONTENT);
        out.bytes(new byte[RecordHeader.BYTES]);
        RecordHeader.write(out, RecordHeader.TYPE_LOG, sequence, 0, Crc32c::of);
        return Arrays.copyOf(out.array(), Sectors.CONTENT);
    }
}
