package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

class LeaseTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");

    private final Store store = new Store();
    private final LeaseTimers timers = store.leaseTimers();
    private long index;

    @Test
    void revokeDeletesKeysInKeyOrderAtOneRevision() {
        apply(new LeaseRequest.Grant(1, 60), 0);
        apply(Put.of(B, B).withLease(1), 0);
        apply(Put.of(A, A).withLease(1), 0);
        Watches watches = store.watches(WatchLimits.DEFAULT);
        watches.begin(1, WatchRequest.of(KeyRange.ALL, 0));
        apply(new LeaseRequest.Revoke(1), 0);
        watches.advance();
        WatchResponse.Events told = (WatchResponse.Events) watches.poll(1).getFirst();
        assertEquals(
                List.of(KeyValue.tombstone(A, 4), KeyValue.tombstone(B, 4)),
                told.events().stream().map(WatchEvent::kv).toList());
    }

    @Test
    void keyMovedToAnotherLeaseOutlivesTheFirst() {
        apply(new LeaseRequest.Grant(1, 60), 0);
        apply(new LeaseRequest.Grant(2, 60), 0);
        apply(Put.of(A, A).withLease(1), 0);
        apply(Put.of(A, A).withLease(2), 0);
        apply(Put.of(B, A).withLease(1), 0);
        apply(Put.of(B, A), 0);
        apply(new LeaseRequest.Revoke(1), 0);
        assertEquals(2, ((RangeResponse) store.read(Range.of(KeyRange.ALL))).count());
    }

    @Test
    void leaseEndsWhenItsTimeIsOverAndNotBefore() {
        timers.promote(0, 0);
        apply(new LeaseRequest.Grant(1, 10), 5 * SECOND);
        assertEquals(List.of(), timers.expired(15 * SECOND - 1, 10));
        assertEquals(List.of(1L), timers.expired(15 * SECOND, 10));
        assertEquals(15 * SECOND, timers.nextDeadlineNanos());
    }

    @Test
    void renewalGivesAllTheTimeAgainUnlessTheLeaseIsGone() {
        timers.promote(0, 0);
        apply(new LeaseRequest.Grant(1, 10), 0);
        assertEquals(OptionalLong.of(10), timers.renew(1, 9 * SECOND));
        assertEquals(List.of(), timers.expired(18 * SECOND, 10));
        apply(new LeaseRequest.Revoke(1), 18 * SECOND);
        assertEquals(OptionalLong.empty(), timers.renew(1, 18 * SECOND));
        assertEquals(Long.MAX_VALUE, timers.nextDeadlineNanos());
    }

    @Test
    void whoDoesNotLeadEndsAndRenewsNothing() {
        timers.promote(0, 0);
        apply(new LeaseRequest.Grant(1, 10), 0);
        timers.demote();
        assertEquals(OptionalLong.empty(), timers.renew(1, SECOND));
        assertEquals(List.of(), timers.expired(100 * SECOND, 10));
    }

    @Test
    void newLeaderGivesTheTimeOfTheLastCheckpointAndAnExtension() {
        apply(new LeaseRequest.Grant(1, 1000), 0);
        apply(new LeaseRequest.Grant(2, 1000), 0);
        apply(new LeaseRequest.Checkpoint(List.of(new LeaseRequest.Remaining(1, 100))), 0);
        timers.promote(0, 2 * SECOND);
        assertEquals(OptionalLong.of(102), timers.remainingSeconds(1, 0));
        assertEquals(OptionalLong.of(1002), timers.remainingSeconds(2, 0));
    }

    @Test
    void repeatedLeaderChangesDoNotKeepALeaseAlive() {
        apply(new LeaseRequest.Grant(1, 1000), 0);
        long now = 0;
        for (int change = 0; change < 12; change++) {
            timers.promote(now, SECOND);
            now += 100 * SECOND;
            apply(new LeaseRequest.Checkpoint(timers.checkpoint(now, 60 * SECOND, 0).due()), now);
        }
        assertEquals(List.of(1L), timers.expired(now, 10));
    }

    @Test
    void checkpointOfManyLeasesComesInPiecesThatMissNone() {
        timers.promote(0, 0);
        int leases = 2 * LeaseTimers.CHECKPOINTED_AT_ONCE + 1;
        for (long id = 1; id <= leases; id++) {
            apply(new LeaseRequest.Grant(id, id % 2 == 0 ? 1000 : 60), 0);
        }
        List<Long> due = new ArrayList<>();
        long last = 0;
        boolean more = true;
        while (more) {
            LeaseTimers.Piece piece = timers.checkpoint(60 * SECOND, 60 * SECOND, last);
            assertTrue(piece.due().size() <= LeaseTimers.CHECKPOINTED_AT_ONCE);
            piece.due().forEach(each -> due.add(each.id()));
            last = piece.last();
            more = piece.more();
        }
        assertEquals(LongStream.rangeClosed(1, leases / 2).mapToObj(i -> 2 * i).toList(), due);
    }

    @Test
    void whatIsNotedIsRoundedUpAndFallsByTheInterval() {
        timers.promote(0, 0);
        apply(new LeaseRequest.Grant(1, 10), 0);
        long half = SECOND / 2;
        assertEquals(List.of(), timers.checkpoint(2 * SECOND - 1, 2 * SECOND, 0).due());
        List<LeaseRequest.Remaining> due = timers.checkpoint(4 * SECOND + half, SECOND, 0).due();
        assertEquals(List.of(new LeaseRequest.Remaining(1, 6)), due);
        apply(new LeaseRequest.Checkpoint(due), 0);
        assertEquals(List.of(), timers.checkpoint(4 * SECOND + half, SECOND, 0).due());
        assertTrue(timers.isNoted(1));
    }

    @Test
    void clearedNoteGivesAllTimeAgainToALeaderThatWentByIt() {
        apply(new LeaseRequest.Grant(1, 10), 0);
        apply(new LeaseRequest.Checkpoint(List.of(new LeaseRequest.Remaining(1, 2))), 0);
        timers.promote(0, 0);
        assertEquals(2 * SECOND, timers.nanosLeft(1, 0));
        apply(new LeaseRequest.Checkpoint(List.of(new LeaseRequest.Remaining(1, 0))), SECOND);
        assertEquals(10 * SECOND, timers.nanosLeft(1, SECOND));
        assertFalse(timers.isNoted(1));
    }

    @Test
    void longestTimeDoesNotOverflow() {
        timers.promote(0, 0);
        apply(new LeaseRequest.Grant(1, 9_000_000_000L), Long.MAX_VALUE / 2);
        assertEquals(List.of(), timers.expired(Long.MAX_VALUE / 2 + SECOND, 10));
    }

    @Test
    void checkpointsAreReplicatedState() {
        apply(new LeaseRequest.Grant(1, 1000), 0);
        Store other = Store.restored(Limits.DEFAULT, store.snapshot());
        apply(new LeaseRequest.Checkpoint(List.of(new LeaseRequest.Remaining(1, 5))), 0);
        other.skip(index);
        assertNotEquals(other.hash(), store.hash());
    }

    private void apply(Request request, long now) {
        timers.applied(store.apply(++index, request), request, now);
    }
}
