package dev.whitewater.raft.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.message.NodeId;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.List;

/** What a leader knows of one follower, against the plainest way to know it. */
final class ProgressTest {

    /** An append under way, as a list would hold it. */
    private record Sent(long last, long bytes) {}

    private static Progress replicating(int window) {
        Progress progress = new Progress(new NodeId(2), 1, window, Long.MAX_VALUE);
        progress.appended(0, 0, 0);
        progress.accepted(0);
        return progress;
    }

    @Property
    void theWindowIsAListOfWhatWasNotAnswered(
            @ForAll List<@IntRange(min = 0, max = 40) Integer> steps) {
        InFlight ring = new InFlight(8, 50);
        ArrayDeque<Sent> list = new ArrayDeque<>();
        long last = 0;
        for (int step : steps) {
            if (step < 25) {
                if (ring.count() < 8) {
                    last += 1 + step % 3;
                    ring.add(last, step);
                    list.addLast(new Sent(last, step));
                }
            } else if (step < 38) {
                long upTo = last - 38 + step;
                ring.freeUpTo(upTo);
                while (!list.isEmpty() && list.peekFirst().last() <= upTo) {
                    list.removeFirst();
                }
            } else {
                ring.clear();
                list.clear();
            }
            long bytes = list.stream().mapToLong(Sent::bytes).sum();
            assertEquals(list.size(), ring.count());
            assertEquals(list.size() >= 8 || bytes >= 50, ring.isFull());
        }
    }

    /** Match and next against a follower that answers what it was sent, in any order. */
    @Property
    void matchIsTheGreatestAcceptedIndexAndStaysBelowNext(
            @ForAll List<@IntRange(min = 0, max = 30) Integer> answers) {
        Progress progress = replicating(100);
        for (long index = 1; index <= 30; index++) {
            progress.appended(index, 1, 0);
        }
        long greatest = 0;
        for (int answer : answers) {
            boolean news = answer > greatest;
            greatest = Math.max(greatest, answer);
            assertEquals(news, progress.accepted(answer));
            assertEquals(greatest, progress.match());
            assertTrue(progress.next() > progress.match());
        }
    }

    @Property
    void noRefusalTakesBackWhatWasAccepted(
            @ForAll @IntRange(min = 0, max = 20) int accepted,
            @ForAll @IntRange(min = 0, max = 30) int refused,
            @ForAll @IntRange(min = 0, max = 30) int hint) {
        Progress progress = replicating(100);
        for (long index = 1; index <= 20; index++) {
            progress.appended(index, 1, 0);
        }
        progress.accepted(accepted);
        progress.rejected(refused, hint);
        assertEquals(accepted, progress.match());
        assertTrue(progress.next() > progress.match());
    }

    @Test
    void aProbeIsSentOnceUntilItIsAnswered() {
        Progress progress = new Progress(new NodeId(2), 5, 8, Long.MAX_VALUE);
        assertTrue(progress.mayAppend());
        progress.appended(5, 1, 0);
        assertFalse(progress.mayAppend());
        assertTrue(progress.rejected(4, 2));
        assertEquals(3, progress.next());
        assertTrue(progress.mayAppend());
    }

    @Test
    void aProbeThatMayBeLostIsSentAgainAfterAHeartbeat() {
        Progress progress = new Progress(new NodeId(2), 5, 8, Long.MAX_VALUE);
        progress.appended(5, 1, 0);
        assertFalse(progress.heartbeatAnswered(1), "no heartbeat was sent since");
        progress.heartbeatSent();
        assertTrue(progress.heartbeatAnswered(2));
        assertTrue(progress.mayAppend());
    }

    @Test
    void aRefusalOfAnotherProbeThanTheLastChangesNothing() {
        Progress progress = new Progress(new NodeId(2), 5, 8, Long.MAX_VALUE);
        progress.appended(5, 1, 0);
        assertFalse(progress.rejected(7, 1));
        assertFalse(progress.rejected(0, 0));
        assertEquals(5, progress.next());
    }

    @Test
    void duringASnapshotNothingIsAppendedUntilItIsAcceptedOrFails() {
        Progress progress = new Progress(new NodeId(2), 5, 8, Long.MAX_VALUE);
        progress.snapshotSent(9, 100);
        assertFalse(progress.mayAppend());
        assertFalse(progress.heartbeatAnswered(99));
        assertFalse(progress.mayAppend());
        progress.accepted(9);
        assertEquals(Progress.State.REPLICATE, progress.state());
        assertEquals(10, progress.next());
    }

    @Test
    void aSnapshotWithoutNewsHasFailedAfterItsTime() {
        Progress progress = new Progress(new NodeId(2), 5, 8, Long.MAX_VALUE);
        progress.snapshotSent(9, 100);
        progress.heartbeatSent();
        assertTrue(progress.heartbeatAnswered(100));
        assertEquals(Progress.State.PROBE, progress.state());
        assertEquals(1, progress.next());
    }
}
