package dev.whitewater.sim.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.port.DiskCommand;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.sim.plan.DiskPlan;
import dev.whitewater.sim.plan.LatencyPlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.random.Decisions;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** What is there after a crash, and when commands take effect. */
class SimulatedDiskTest {

    private static final Ratio HALF = new Ratio(1, 2);

    private final EventQueue<SimEvent> queue = new EventQueue<>();
    private long id;

    private SimulatedDisk disk(Ratio survives, boolean torn, long seed) {
        DiskPlan plan =
                new DiskPlan(
                        new LatencyPlan(10, 20),
                        new LatencyPlan(100, 200),
                        Ratio.NEVER,
                        0,
                        survives,
                        torn);
        SimulatedDisk disk =
                new SimulatedDisk(new DiskSettings(1, plan), new Decisions(seed), queue);
        disk.open(1);
        return disk;
    }

    private DiskCommand write(String file, long offset, byte[] bytes, boolean sync) {
        return new DiskCommand.Write(++id, file, offset, bytes, sync);
    }

    private DiskResult now(SimulatedDisk disk, DiskCommand command) {
        disk.submit(command);
        queue.pop();
        return disk.complete(command);
    }

    private byte[] read(SimulatedDisk disk, String file) {
        DiskResult result = now(disk, new DiskCommand.Read(++id, file, 0, 100_000));
        return result instanceof DiskResult.Content content ? content.bytes() : new byte[0];
    }

    private static byte[] bytes(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private void synced(SimulatedDisk disk, String file, byte[] bytes) {
        now(disk, write(file, 0, bytes, true));
        now(disk, new DiskCommand.SyncDirectory(++id));
    }

    @Test
    void whatWasSyncedSurvivesACrashAndTheRestDoesNot() {
        SimulatedDisk disk = disk(Ratio.NEVER, false, 1);
        synced(disk, "a", bytes(10, 1));
        now(disk, write("a", 10, bytes(10, 2), false));
        assertEquals(20, read(disk, "a").length);
        disk.crash();
        assertArrayEquals(bytes(10, 1), read(disk, "a"));
    }

    @Test
    void whatWasUnderWayMaySurviveToo() {
        SimulatedDisk disk = disk(Ratio.ALWAYS, false, 1);
        synced(disk, "a", bytes(10, 1));
        disk.submit(write("a", 10, bytes(10, 2), true));
        disk.crash();
        assertEquals(20, read(disk, "a").length);
    }

    @Test
    void aSyncedFileWhoseNameWasNotSyncedIsGone() {
        SimulatedDisk disk = disk(Ratio.NEVER, false, 1);
        now(disk, write("a", 0, bytes(10, 1), true));
        assertSame(DurableFile.NONE, disk.durable("a"));
        disk.crash();
        DiskResult listed = now(disk, new DiskCommand.ListFiles(++id));
        assertEquals(0, assertInstanceOf(DiskResult.Listed.class, listed).files().size());
    }

    @Test
    void aRenameThatWasNotSyncedIsUndone() {
        SimulatedDisk disk = disk(Ratio.NEVER, false, 1);
        synced(disk, "a", bytes(10, 1));
        now(disk, new DiskCommand.Rename(++id, "a", "b"));
        assertEquals(10, read(disk, "b").length);
        disk.crash();
        assertEquals(10, read(disk, "a").length);
        assertEquals(0, read(disk, "b").length);
    }

    @Test
    void aRenameThatWasSyncedReplacesItsTarget() {
        SimulatedDisk disk = disk(Ratio.NEVER, false, 1);
        synced(disk, "a", bytes(10, 1));
        synced(disk, "b", bytes(20, 2));
        now(disk, new DiskCommand.Rename(++id, "a", "b"));
        now(disk, new DiskCommand.SyncDirectory(++id));
        disk.crash();
        assertArrayEquals(bytes(10, 1), read(disk, "b"));
        assertEquals(0, read(disk, "a").length);
    }

    @Test
    void unsyncedWritesSurviveEachByItself() {
        int both = 0;
        int onlySecond = 0;
        int none = 0;
        for (long seed = 1; seed <= 200; seed++) {
            SimulatedDisk disk = disk(HALF, false, seed);
            synced(disk, "a", bytes(20, 0));
            now(disk, write("a", 0, bytes(10, 1), false));
            now(disk, write("a", 10, bytes(10, 2), false));
            disk.crash();
            byte[] left = read(disk, "a");
            both += left[0] == 1 && left[10] == 2 ? 1 : 0;
            onlySecond += left[0] == 0 && left[10] == 2 ? 1 : 0;
            none += left[0] == 0 && left[10] == 0 ? 1 : 0;
        }
        assertTrue(both > 20, "both " + both);
        assertTrue(onlySecond > 20, "reordered " + onlySecond);
        assertTrue(none > 20, "none " + none);
    }

    @Test
    void aTornWriteLeavesWholeSectors() {
        int torn = 0;
        for (long seed = 1; seed <= 100; seed++) {
            SimulatedDisk disk = disk(Ratio.NEVER, true, seed);
            synced(disk, "a", bytes(2048, 0));
            now(disk, write("a", 512, bytes(1024, 7), false));
            disk.crash();
            byte[] left = read(disk, "a");
            assertEquals(2048, left.length);
            boolean first = left[512] == 7;
            boolean second = left[1024] == 7;
            torn += first == second ? 0 : 1;
            assertArrayEquals(bytes(512, first ? 7 : 0), Arrays.copyOfRange(left, 512, 1024));
            assertArrayEquals(bytes(512, second ? 7 : 0), Arrays.copyOfRange(left, 1024, 1536));
        }
        assertTrue(torn > 10, "torn " + torn);
    }

    @Test
    void aTruncationThatWasNotSyncedIsUndone() {
        SimulatedDisk disk = disk(Ratio.NEVER, false, 1);
        synced(disk, "a", bytes(10, 1));
        now(disk, new DiskCommand.Truncate(++id, "a", 4));
        assertEquals(4, read(disk, "a").length);
        disk.crash();
        assertEquals(10, read(disk, "a").length);
    }

    @Test
    void aFileThatGrowsAfterBeingCutHasZeroesInBetween() {
        SimulatedDisk disk = disk(Ratio.NEVER, false, 1);
        synced(disk, "a", bytes(10, 1));
        now(disk, new DiskCommand.Truncate(++id, "a", 4));
        now(disk, write("a", 8, bytes(2, 2), false));
        byte[] expected = {1, 1, 1, 1, 0, 0, 0, 0, 2, 2};
        assertArrayEquals(expected, read(disk, "a"));
        now(disk, new DiskCommand.Sync(++id, "a"));
        assertArrayEquals(expected, read(disk, "a"));
    }

    @Test
    void commandsCompleteInTheOrderOfTheirSubmission() {
        SimulatedDisk disk = disk(HALF, false, 3);
        for (int i = 0; i < 50; i++) {
            disk.submit(write("a", i, bytes(1, i), i % 2 == 0));
        }
        for (int i = 1; i <= 50; i++) {
            SimEvent.DiskCompletes done =
                    assertInstanceOf(SimEvent.DiskCompletes.class, queue.pop());
            assertEquals(i, done.command().id());
        }
    }

    @Test
    void aMissingFileIsAnAnswerNotAnException() {
        SimulatedDisk disk = disk(HALF, false, 3);
        DiskResult result = now(disk, new DiskCommand.Read(++id, "none", 0, 10));
        assertEquals(
                DiskResult.DiskError.NO_SUCH_FILE,
                assertInstanceOf(DiskResult.Failed.class, result).error());
    }
}
