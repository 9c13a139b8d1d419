package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.snapshot.TransferLimits;
import dev.whitewater.node.testing.MemoryDisk.Survival;
import dev.whitewater.node.testing.TestCluster;
import dev.whitewater.store.MaintenanceRequest;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.TreeMap;

/**
 * A member is crashed at every boundary between two of its disk commands and at every named point
 * inside of its events, with many choices of what is left of unsynced writes, and must come back
 * with all it had promised.
 */
class CrashEverywhereTest {

    private static final int WRITES = 24;

    /** The points that only a member comes to that is sent a snapshot. */
    private static final EnumSet<CrashPoint> TAKING_IN =
            EnumSet.of(
                    CrashPoint.SNAPSHOT_CHUNK_RECEIVED,
                    CrashPoint.SNAPSHOT_RECEIVED,
                    CrashPoint.SNAPSHOT_RESTORED,
                    CrashPoint.SNAPSHOT_RECORDED,
                    CrashPoint.SNAPSHOT_INSTALLED);

    /** Hashes of the store after each index, as a member that never crashes has them. */
    private final TreeMap<Long, Long> reference = new TreeMap<>();

    /** Which sectors of unsynced writes are left, drawn from a seed. */
    private static Survival left(int seed) {
        return switch (seed) {
            case 0 -> Survival.NOTHING;
            case 1 -> Survival.EVERYTHING;
            default ->
                    (file, offset) -> {
                        long mixed = (file.hashCode() * 31L + offset / 512) * 0x9E3779B97F4A7C15L;
                        return ((mixed * (2 * seed + 1)) >>> 61) > 3;
                    };
        };
    }

    /** One member that does all there is to do to its own disk. */
    private final class Alone {
        private final TestCluster cluster = new TestCluster(1, 1024, 5);
        private final TestCluster.Member member = cluster.member(1);
        private int confirmed;

        void elect() {
            cluster.startAll();
            cluster.electLeader();
            remember();
        }

        /** Runs the script until a crash or its end; at most so many commands take effect. */
        void run(int commands) {
            member.stallDisk(true);
            for (int i = 0; i < WRITES && canGoOn(commands); i++) {
                if (i % 8 == 7) {
                    cluster.request(1, new ClientRequest.Defragment());
                }
                long request = write(i);
                while (canGoOn(commands) && member.disk().hasWork()) {
                    cluster.finishDisk(member);
                    remember();
                }
                if (!cluster.isAnswered(request)) {
                    return;
                }
                if (cluster.reply(request) instanceof Reply.Answered) {
                    confirmed = i + 1;
                }
            }
        }

        private long write(int i) {
            return i % 10 == 9
                    ? cluster.request(
                            1, new ClientRequest.Write(new MaintenanceRequest.Compact(i - 3)))
                    : cluster.put(1, "k" + i % 7, "v" + i + "x".repeat(i * 37 % 300));
        }

        private boolean canGoOn(int commands) {
            return !member.hasCrashed() && member.disk().finishedCommands() < commands;
        }

        /** The first to come to an index says how the store must be there. */
        private void remember() {
            if (member.view().recovering()) {
                return;
            }
            long index = member.view().store().appliedIndex();
            long hash = member.view().store().hash();
            Long other = reference.putIfAbsent(index, hash);
            assertEquals(other == null ? hash : other, hash, "at " + index);
        }

        void comeBack() {
            cluster.restart(1);
            assertEquals(Lifecycle.RUNNING, member.view().lifecycle());
            remember();
            cluster.electLeader();
            long index = member.view().store().appliedIndex();
            // The entry of the member's first leadership is at 1, that of the second is the last.
            assertTrue(index >= 1 + confirmed, index + " after " + confirmed);
            long request = cluster.put(1, "after", "all");
            cluster.settle();
            assertInstanceOf(Reply.Answered.class, cluster.reply(request));
        }
    }

    private int commandsOfTheScript() {
        Alone whole = new Alone();
        whole.elect();
        whole.run(Integer.MAX_VALUE);
        assertEquals(WRITES, whole.confirmed);
        return whole.member.disk().finishedCommands();
    }

    @Test
    void aMemberComesBackFromACrashBetweenAnyTwoDiskCommands() {
        int commands = commandsOfTheScript();
        assertTrue(commands > 100, "a script of " + commands + " commands");
        for (int at = 14; at <= commands; at++) {
            for (int seed = 0; seed < 6; seed++) {
                Alone alone = new Alone();
                alone.elect();
                alone.run(at);
                alone.cluster.crash(1, seed % 3, seed > 3, left(seed));
                alone.comeBack();
            }
        }
    }

    @Test
    void aMemberComesBackFromACrashAtAnyNamedPoint() {
        commandsOfTheScript();
        EnumSet<CrashPoint> reached = EnumSet.noneOf(CrashPoint.class);
        for (CrashPoint point : CrashPoint.values()) {
            for (int nth = 1; nth <= 4; nth++) {
                for (int seed = 0; seed < 4; seed++) {
                    Alone alone = new Alone();
                    alone.elect();
                    alone.member.crashAt(point, nth, left(seed));
                    alone.run(Integer.MAX_VALUE);
                    if (point == CrashPoint.RECOVERED) {
                        alone.cluster.crash(1);
                        alone.cluster.restart(1);
                    }
                    if (alone.member.hasCrashed()) {
                        reached.add(point);
                        alone.comeBack();
                    }
                }
            }
        }
        assertEquals(TAKING_IN, EnumSet.complementOf(reached));
    }

    @Test
    void aMemberThatIsSentASnapshotComesBackFromACrashAtAnyNamedPoint() {
        EnumSet<CrashPoint> reached = EnumSet.noneOf(CrashPoint.class);
        for (CrashPoint point : CrashPoint.values()) {
            for (int seed = 0; seed < 4; seed++) {
                if (crashLaggard(point, seed)) {
                    reached.add(point);
                }
            }
        }
        assertTrue(reached.containsAll(TAKING_IN), () -> "reached only " + reached);
    }

    private static boolean crashLaggard(CrashPoint point, int seed) {
        TransferLimits small = new TransferLimits(200, 4, 0);
        TestCluster cluster = new TestCluster(3, 2048, 8, small);
        cluster.startAll();
        long leader = cluster.electLeader().view().raft().self().value();
        long laggard = leader % 3 + 1;
        cluster.isolate(laggard);
        for (int i = 0; i < 40; i++) {
            cluster.put(leader, "k" + i, "v".repeat(i * 13 % 200));
            cluster.settle();
        }
        TestCluster.Member member = cluster.member(laggard);
        member.crashAt(point, 1, left(seed));
        cluster.heal();
        cluster.pass(20);
        boolean crashed = member.hasCrashed();
        if (crashed) {
            cluster.restart(laggard);
        }
        // The leader waits ten election timeouts for news of a snapshot.
        cluster.pass(150);
        assertNotEquals(0, member.view().raft().compactedIndex());
        assertEquals(cluster.member(leader).view().store().hash(), member.view().store().hash());
        return crashed;
    }
}
