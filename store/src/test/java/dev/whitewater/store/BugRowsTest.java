package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * Known bugs of other stores, each under the id that the bug catalogue gives it: what went wrong
 * there must not go wrong here. The rows about clients, retries and answers by index are the
 * member's business and stand in the tests of {@code node}; the lock recipe is the server's.
 */
class BugRowsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");
    private static final Bytes C = Bytes.utf8("c");

    private Store store = new Store();
    private long index;

    /** {@code mvcc-rev-decrease}: etcd issue 17780. */
    @Test
    void mvccRevDecreaseRevisionComesBackThoughCompactionTookTheLastVersions() {
        apply(Put.of(A, A));
        apply(DeleteRange.of(A));
        apply(Put.of(B, B));
        apply(DeleteRange.of(B));
        apply(new MaintenanceRequest.Compact(5));
        for (int slice = 0; slice < 6; slice++) {
            assertEquals(5, restored().revision(), "after slice " + slice);
            store.removeCompacted(1);
        }
        assertEquals(5, restored().revision());
    }

    /** The same where nothing is left to tell the revision by, which compaction here spares. */
    @Test
    void mvccRevDecreaseRevisionIsWhatWasStoredNotTheLastThatIsFound() {
        Store restoring = new Store();
        restoring.mvcc().beginRestore(5, 5);
        restoring.load(new KeyValue(A, A, 2, 2, 1, 0), 0);
        assertEquals(5, restoring.revision());
        restoring.apply(1, Put.of(B, B));
        assertEquals(6, restoring.revision());
    }

    /** And it does spare it: what the last revision wrote stays, deletions too. */
    @Test
    void compactionNeverRemovesAllThatTheLastRevisionWrote() {
        apply(Put.of(A, A));
        apply(Txn.of(Put.of(B, B), Put.of(C, C)));
        apply(new DeleteRange(KeyRange.ALL, false));
        apply(new MaintenanceRequest.Compact(4));
        store.removeCompacted(100);
        List<Long> left = new ArrayList<>();
        store.mvcc().backend().scan(0, 0, 9, version -> left.add(version.main()));
        assertEquals(List.of(4L, 4L, 4L), left);
    }

    /**
     * {@code txn-range-skip}: etcd issue 18667. Nothing here depends on who waits for an answer.
     */
    @Test
    void txnRangeSkipReadOutOfReachFailsTheTransactionOnEveryMember() {
        apply(Put.of(A, A));
        apply(Put.of(A, B));
        Store other = restored();
        apply(new MaintenanceRequest.Compact(3));
        other.apply(index, new MaintenanceRequest.Compact(3));
        Txn txn = Txn.of(Put.of(B, B), Range.of(A).withRevision(2));
        Response response = apply(txn);
        assertEquals(Rejected.because(ErrorCode.COMPACTED), response);
        assertEquals(response, other.apply(index, txn));
        assertEquals(store.hash(), other.hash());
    }

    /** {@code txn-partial-write}: etcd issue 18749. */
    @Test
    void txnPartialWriteFailureAtTheEndLeavesNothingOfTheBeginning() {
        apply(Put.of(A, A));
        long revision = store.revision();
        Response response = apply(Txn.of(Put.of(B, B), Txn.of(Put.of(C, C).withLease(99))));
        assertEquals(Rejected.because(ErrorCode.LEASE_NOT_FOUND), response);
        assertEquals(revision, store.revision());
        assertEquals(0, ((RangeResponse) store.read(Range.of(B))).count());
    }

    /** {@code lease-revoke-order}: etcd issue 6558. */
    @Test
    void leaseRevokeOrderOfAttachingDoesNotOrderTheDeletions() {
        List<Bytes> keys = new ArrayList<>(List.of(A, B, C));
        for (int turn = 0; turn < 3; turn++) {
            Collections.rotate(keys, 1);
            Store member = new Store();
            member.apply(1, new LeaseRequest.Grant(1, 60));
            member.apply(
                    2,
                    new Txn(
                            List.of(),
                            List.of(Put.of(A, A), Put.of(B, B), Put.of(C, C)),
                            List.of()));
            long at = 2;
            for (Bytes key : keys) {
                member.apply(++at, Put.of(key, key).withLease(1));
            }
            Watches watches = member.watches(WatchLimits.DEFAULT);
            watches.begin(1, WatchRequest.of(KeyRange.ALL, 0));
            member.apply(++at, new LeaseRequest.Revoke(1));
            watches.advance();
            WatchResponse.Events told = (WatchResponse.Events) watches.poll(1).getFirst();
            assertEquals(
                    List.of(A, B, C), told.events().stream().map(each -> each.kv().key()).toList());
        }
    }

    /** {@code watch-progress-ahead}: etcd issue 15220. */
    @Test
    void watchProgressAheadOfWhatWasToldIsNeverVouchedFor() {
        Watches watches = store.watches(new WatchLimits(1, 1 << 20, 1000));
        watches.begin(1, WatchRequest.of(KeyRange.single(A), 0));
        for (int i = 0; i < 3; i++) {
            apply(Put.of(A, A));
        }
        watches.advance();
        watches.requestProgress(1);
        long told = 1;
        while (watches.hasReady()) {
            for (WatchResponse each : watches.poll(1)) {
                switch (each) {
                    case WatchResponse.Events events -> told = events.revision();
                    case WatchResponse.Progress progress -> assertEquals(told, progress.revision());
                    case WatchResponse.Compacted _ -> throw new AssertionError(each.toString());
                }
            }
        }
        assertEquals(4, told);
    }

    /** {@code watch-restore-minrev}: etcd issue 15271. */
    @Test
    void watchRestoreMinrevWatchDoesNotTravelBackThroughASnapshot() {
        Watches watches = store.watches(WatchLimits.DEFAULT);
        watches.begin(1, WatchRequest.of(KeyRange.single(A), 0));
        apply(Put.of(A, A));
        watches.advance();
        assertEquals(List.of(2L), revisions(watches));
        apply(Put.of(A, B));
        Store later = restored();
        watches.moveTo(later);
        assertEquals(List.of(3L), revisions(watches));
    }

    /** {@code watch-compact-gap}: etcd issue 17529. */
    @Test
    void watchCompactGapSlowWatchIsToldOfTheCompactionOnce() {
        Watches watches = store.watches(WatchLimits.DEFAULT);
        watches.begin(1, WatchRequest.of(KeyRange.single(A), 0));
        apply(Put.of(A, A));
        watches.advance();
        apply(Put.of(A, B));
        apply(new MaintenanceRequest.Compact(3));
        store.removeCompacted(100);
        assertEquals(List.of(new WatchResponse.Compacted(1, 3)), watches.poll(1));
        assertEquals(List.of(), watches.poll(1));
    }

    /** The same, but overtaken while nothing was looked at: the watch was idle all the time. */
    @Test
    void idleWatchThatACompactionOvertookUnseenIsToldOfIt() {
        Watches watches = store.watches(WatchLimits.DEFAULT);
        watches.begin(1, WatchRequest.of(KeyRange.single(A), 0));
        apply(Put.of(A, A));
        apply(Put.of(A, B));
        apply(new MaintenanceRequest.Compact(3));
        store.removeCompacted(100);
        watches.advance();
        assertEquals(List.of(1L), watches.ready());
        assertEquals(List.of(new WatchResponse.Compacted(1, 3)), watches.poll(1));
    }

    /** {@code watch-future-restore}: etcd issue 20221. */
    @Test
    void watchFutureRestoreNothingBeforeTheStartIsTold() {
        Watches watches = store.watches(WatchLimits.DEFAULT);
        watches.begin(1, WatchRequest.of(KeyRange.single(A), 5));
        apply(Put.of(A, A));
        apply(Put.of(A, B));
        Store later = restored();
        watches.moveTo(later);
        watches.requestProgress(1);
        assertEquals(List.of(), revisions(watches));
        store = later;
        apply(Put.of(A, A));
        apply(Put.of(A, A));
        watches.advance();
        assertEquals(List.of(5L), revisions(watches));
    }

    /** {@code watch-restore-lost}: etcd issues 8411 and 9086. */
    @Test
    void watchRestoreLostIdleWatchHearsOfWhatTheSnapshotBrought() {
        Watches watches = store.watches(WatchLimits.DEFAULT);
        watches.begin(1, WatchRequest.of(KeyRange.single(A), 0));
        Store ahead = restored();
        ahead.apply(1, Put.of(A, A));
        ahead.apply(2, Put.of(A, B));
        watches.moveTo(ahead);
        assertEquals(List.of(2L, 3L), revisions(watches));
    }

    /** One of ours: the hash counted both versions, the compaction took the first. */
    @Test
    void deletionAndPutOfOneRevisionAreBothToldAfterACompactionToIt() {
        apply(Put.of(A, A));
        DeleteRange all = new DeleteRange(KeyRange.from(A), false);
        apply(new Txn(List.of(), List.of(all, Put.of(A, B)), List.of()));
        apply(new MaintenanceRequest.Compact(3));
        store.removeCompacted(100);
        for (Store each : List.of(store, restored())) {
            assertEquals(store.hash(), each.hash());
            Watches watches = each.watches(WatchLimits.DEFAULT);
            watches.begin(1, WatchRequest.of(KeyRange.single(A), 3));
            assertEquals(List.of(3L, 3L), revisions(watches));
        }
        apply(Put.of(A, A));
        apply(new MaintenanceRequest.Compact(4));
        store.removeCompacted(100);
        assertEquals(store.hash(), restored().hash());
    }

    /** {@code watch-tombstone-eq}: etcd issues 18089 and 19179. */
    @Test
    void watchTombstoneEqDeletionAtTheCompactedRevisionIsTold() {
        apply(Put.of(A, A));
        apply(DeleteRange.of(A));
        apply(new MaintenanceRequest.Compact(3));
        store.removeCompacted(100);
        for (Store each : List.of(store, restored())) {
            Watches watches = each.watches(WatchLimits.DEFAULT);
            watches.begin(1, WatchRequest.of(KeyRange.single(A), 3));
            assertEquals(List.of(3L), revisions(watches));
        }
    }

    /** {@code lease-revoke-old-leader}: etcd issue 15247. */
    @Test
    void leaseRevokeOldLeaderKnowsNoTime() {
        LeaseTimers timers = store.leaseTimers();
        timers.promote(0, 0);
        timed(timers, new LeaseRequest.Grant(1, 10), 0);
        timers.demote();
        assertEquals(List.of(), timers.expired(100 * SECOND, 10));
        assertEquals(OptionalLong.empty(), timers.renew(1, 0));
    }

    /** {@code lease-renew-revoked}: etcd commit 943f4d296. */
    @Test
    void leaseRenewRevokedIsRefusedAlsoBeforeTheTimersHeardOfIt() {
        LeaseTimers timers = store.leaseTimers();
        timers.promote(0, 0);
        timed(timers, new LeaseRequest.Grant(1, 10), 0);
        apply(new LeaseRequest.Revoke(1));
        assertEquals(OptionalLong.empty(), timers.renew(1, SECOND));
    }

    /** {@code lease-wallclock}: etcd issue 12291. Time is only ever the caller's. */
    @Test
    void leaseWallclockTimeIsWhatTheCallerSays() {
        LeaseTimers timers = store.leaseTimers();
        timers.promote(0, 0);
        timed(timers, new LeaseRequest.Grant(1, 10), 0);
        assertEquals(List.of(), timers.expired(10 * SECOND - 1, 10));
        assertEquals(List.of(1L), timers.expired(10 * SECOND, 10));
    }

    /** {@code lease-no-extend-on-promote}: etcd commit e9a0a103e. */
    @Test
    void leaseNoExtendOnPromoteNewLeaderAddsWhatTheElectionTook() {
        apply(new LeaseRequest.Grant(1, 10));
        LeaseTimers timers = store.leaseTimers();
        timers.promote(0, 3 * SECOND);
        assertEquals(List.of(), timers.expired(13 * SECOND - 1, 10));
        assertEquals(List.of(1L), timers.expired(13 * SECOND, 10));
    }

    /** {@code lease-checkpoint-lost}: etcd pull requests 13491 and 13508. */
    @Test
    void leaseCheckpointLostRemainingTimeOutlivesASnapshotAndALeader() {
        apply(new LeaseRequest.Grant(1, 1000));
        apply(new LeaseRequest.Checkpoint(List.of(new LeaseRequest.Remaining(1, 7))));
        LeaseTimers timers = restored().leaseTimers();
        timers.promote(0, 0);
        assertEquals(OptionalLong.of(7), timers.remainingSeconds(1, 0));
    }

    /** {@code auth-cache-snapshot}: etcd issue 14571. */
    @Test
    void authCacheSnapshotPermissionsAreThereAfterASnapshot() {
        Bytes ann = usersWithPermissions();
        Store other = restored();
        assertEquals(store.hash(), other.hash());
        Attributed put = new Attributed(Caller.user(ann, store.authRevision()), Put.of(A, A));
        Response response = apply(put);
        assertEquals(new PutResponse(2, List.of()), response);
        assertEquals(response, other.apply(index, put));
        assertEquals(store.hash(), other.hash());
    }

    /** {@code auth-rev-lost}: etcd issue 11651. */
    @Test
    void authRevLostAuthRevisionAndIndexTravelTogether() {
        usersWithPermissions();
        Store other = restored();
        assertEquals(store.authRevision(), other.authRevision());
        assertEquals(store.appliedIndex(), other.appliedIndex());
        assertTrue(store.authRevision() > 1);
    }

    /** What a permission is derived to is part of the hash: it can't drift unseen. */
    @Test
    void hashCoversWhatPermissionsAreMergedTo() {
        usersWithPermissions();
        Store other = restored();
        AuthRequest.GrantPermission grant =
                new AuthRequest.GrantPermission(
                        Bytes.utf8("r"),
                        new Permission(Permission.Access.READ, KeyRange.single(B)));
        apply(Attributed.member(grant));
        other.skip(index);
        assertNotEquals(other.hash(), store.hash());
    }

    /** {@code auth-bypass-nested}: CVE-2026-33343 and etcd issue 21681. */
    @Test
    void authBypassNestedNothingIsShownOrDoneThatWasNotGranted() {
        Bytes ann = usersWithPermissions();
        apply(Attributed.member(Put.of(B, B)));
        apply(Attributed.member(new LeaseRequest.Grant(1, 60)));
        apply(Attributed.member(Put.of(C, C).withLease(1)));
        Compare peek =
                new Compare(
                        KeyRange.single(B), Compare.Relation.EQUAL, new Compare.Operand.Value(B));
        List<Operation> forbidden =
                List.of(
                        Range.of(A),
                        Range.of(KeyRange.from(A)),
                        Put.of(B, A),
                        Put.of(A, A).withPrevious(),
                        Put.of(A, A).withLease(1),
                        new DeleteRange(KeyRange.single(A), true),
                        new DeleteRange(KeyRange.between(A, B.next()), false),
                        new Txn(List.of(peek), List.of(), List.of()),
                        new Txn(List.of(), List.of(), List.of(Put.of(B, A))));
        for (Operation each : forbidden) {
            for (Operation wrapped : List.of(each, Txn.of(each), Txn.of(Txn.of(each)))) {
                Caller caller = Caller.user(ann, store.authRevision());
                long revision = store.revision();
                assertEquals(
                        Rejected.because(ErrorCode.PERMISSION_DENIED),
                        apply(new Attributed(caller, wrapped)),
                        wrapped::toString);
                assertEquals(revision, store.revision());
            }
        }
        Caller caller = Caller.user(ann, store.authRevision());
        Txn allowed = Txn.of(Put.of(A, A), Txn.of(new DeleteRange(KeyRange.from(A), false)));
        assertEquals(
                Rejected.because(ErrorCode.PERMISSION_DENIED),
                apply(new Attributed(caller, allowed)));
        assertTrue(
                apply(new Attributed(caller, Txn.of(Txn.of(Put.of(A, A))))) instanceof TxnResponse);
    }

    /** A watch ends with the permission it began with, and not before. */
    @Test
    void watchEndsWhenItsPermissionIsTakenButNotWhenAnotherChanges() {
        Bytes ann = usersWithPermissions();
        Bytes role = Bytes.utf8("r");
        KeyRange keys = KeyRange.single(C);
        Permission read = new Permission(Permission.Access.READ, keys);
        apply(Attributed.member(new AuthRequest.GrantPermission(role, read)));
        Caller caller = Caller.user(ann, store.authRevision());
        assertTrue(store.watchRefusal(caller, keys).isEmpty());
        assertTrue(store.watchRefusal(caller, KeyRange.from(C)).isPresent());
        apply(Attributed.member(new AuthRequest.AddUser(B, B)));
        assertTrue(store.watchRefusal(caller, keys).isEmpty());
        apply(Attributed.member(new AuthRequest.RevokePermission(role, keys)));
        assertTrue(store.watchRefusal(caller, keys).isPresent());
    }

    private Bytes usersWithPermissions() {
        Bytes root = Bytes.utf8("root");
        Bytes ann = Bytes.utf8("ann");
        Bytes role = Bytes.utf8("r");
        apply(new AuthRequest.AddUser(root, root));
        apply(new AuthRequest.GrantRole(root, root));
        apply(new AuthRequest.AddUser(ann, ann));
        apply(new AuthRequest.AddRole(role));
        apply(new AuthRequest.GrantRole(ann, role));
        apply(
                new AuthRequest.GrantPermission(
                        role, new Permission(Permission.Access.WRITE, KeyRange.single(A))));
        apply(new AuthRequest.Enable());
        return ann;
    }

    private static List<Long> revisions(Watches watches) {
        List<Long> revisions = new ArrayList<>();
        while (watches.hasReady()) {
            for (WatchResponse each : watches.poll(1)) {
                if (each instanceof WatchResponse.Events events) {
                    events.events().forEach(event -> revisions.add(event.kv().modRevision()));
                }
            }
        }
        return revisions;
    }

    private Store restored() {
        return Store.restored(Limits.DEFAULT, store.snapshot());
    }

    private Response apply(Request request) {
        return store.apply(++index, request);
    }

    private void timed(LeaseTimers timers, Request request, long now) {
        timers.applied(apply(request), request, now);
    }
}
