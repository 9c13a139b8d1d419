package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.node.port.WatchNews;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.AuthResponse;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Put;
import dev.whitewater.store.Request;
import dev.whitewater.store.Store;
import dev.whitewater.store.Txn;
import dev.whitewater.store.WatchEvent;
import dev.whitewater.store.WatchRequest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** M22 to M29 fire at news that are not as promised, and are silent beside them. */
class WatchPromisesTest {

    private static final long STREAM = 5;
    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");
    private static final KeyValue A2 = new KeyValue(A, Bytes.utf8("1"), 2, 2, 1, 0);
    private static final KeyValue A3 = new KeyValue(A, Bytes.utf8("2"), 2, 3, 2, 0);
    private static final KeyValue B3 = new KeyValue(B, Bytes.utf8("3"), 3, 3, 1, 0);
    private static final KeyValue A4 = KeyValue.tombstone(A, 4);

    private final Store store = new Store();
    private final Truth truth = new Truth();
    private final MemberState member = new MemberState(1);
    private final Situations situations = new Situations(List.of(member));
    private final Access access = new Access(situations);
    private final WatchPromises promises = new WatchPromises(truth, access, situations);

    @BeforeEach
    void someHistory() {
        apply(Put.of(A, Bytes.utf8("1")));
        apply(Txn.of(Put.of(A, Bytes.utf8("2")), Put.of(B, Bytes.utf8("3"))));
        apply(DeleteRange.of(A));
    }

    private void apply(Request request) {
        long index = store.appliedIndex() + 1;
        truth.apply(index, request, store.apply(index, request));
    }

    private void told(WatchNews news) {
        promises.told(member, STREAM, news);
        promises.after();
    }

    private void watch(WatchRequest request) {
        promises.asked(STREAM, new WatchOrder.Create(1, request, false), store.revision());
        told(new WatchNews.Created(1));
    }

    /** From now on only who may read is to be told. */
    private void closeToAll() {
        long index = store.appliedIndex() + 1;
        member.applied = index;
        AuthRequest enable = new AuthRequest.Enable();
        access.applied(index, Attributed.member(enable), new AuthResponse.Done(1), 1);
    }

    @Test
    void toldWithoutPermission() {
        watchAll();
        closeToAll();
        told(events(A2));
        member.appliedBefore = member.applied;
        fires("M34", events(A3, B3));
    }

    @Test
    void deniedThoughPermitted() {
        watchAll();
        fires("M34", new WatchNews.Denied(1, "permission denied"));
    }

    @Test
    void whoMayNotReadIsDenied() {
        watchAll();
        closeToAll();
        told(new WatchNews.Denied(1, "permission denied"));
    }

    private void watchAll() {
        watch(WatchRequest.of(KeyRange.ALL, 1));
    }

    private static WatchNews events(boolean fragment, KeyValue... kvs) {
        List<WatchEvent> events =
                List.of(kvs).stream().map(kv -> new WatchEvent(kv, List.of())).toList();
        return new WatchNews.Events(1, events, fragment);
    }

    private static WatchNews events(KeyValue... kvs) {
        return events(false, kvs);
    }

    private void fires(String monitor, WatchNews news) {
        assertEquals(monitor, assertThrows(Finding.class, () -> told(news)).monitor());
    }

    @Test
    void allOfItInOrderIsRight() {
        watchAll();
        told(events(A2));
        told(events(A3, B3));
        assertNotEquals("", promises.missing(STREAM));
        told(events(A4));
        told(new WatchNews.Progress(WatchNews.NO_WATCH, 4));
        assertEquals("", promises.missing(STREAM));
        told(new WatchNews.Cancelled(1));
    }

    @Test
    void answersAreLeftForAllThatNoWatchOfTheStreamWasToldOf() {
        assertEquals(0, promises.answersLeft(STREAM));
        watchAll();
        assertEquals(4, promises.answersLeft(STREAM));
        told(events(A2));
        assertEquals(3, promises.answersLeft(STREAM));
        WatchRequest late = WatchRequest.of(KeyRange.ALL, 4);
        promises.asked(STREAM, new WatchOrder.Create(2, late, false), store.revision());
        assertEquals(2 * 3, promises.answersLeft(STREAM));
        told(events(A3, B3));
        assertEquals(2, promises.answersLeft(STREAM));
        assertEquals(1, promises.changesSince(4));
        assertEquals(0, promises.changesSince(5));
    }

    @Test
    void filtersAndStartsAreKept() {
        WatchRequest.Options deletions = new WatchRequest.Options(true, false, true, false);
        watch(new WatchRequest(KeyRange.single(A), 3, deletions));
        told(new WatchNews.Events(1, List.of(new WatchEvent(A4, List.of(A3))), false));
        assertEquals("", promises.missing(STREAM));
    }

    @Test
    void fragmentsOfARevisionAreRightWhereAskedFor() {
        WatchRequest.Options parts = new WatchRequest.Options(false, false, false, true);
        watch(new WatchRequest(KeyRange.ALL, 3, parts));
        told(events(true, A3));
        told(events(B3));
    }

    @Test
    void whatGoesBackIsNotOrdered() {
        watchAll();
        told(events(A2));
        told(events(A3, B3));
        fires("M22", events(A2));
    }

    @Test
    void whatIsToldTwiceIsNotUnique() {
        watchAll();
        told(events(A2));
        fires("M23", events(A3, A3));
    }

    @Test
    void whatIsSkippedIsNotReliable() {
        watchAll();
        told(events(A2));
        fires("M24", events(A4));
    }

    @Test
    void whatNeverHappenedIsNotReliable() {
        watchAll();
        told(events(A2));
        fires("M24", events(new KeyValue(Bytes.utf8("c"), B, 3, 3, 1, 0)));
    }

    @Test
    void aTornRevisionIsNotAtomic() {
        watchAll();
        told(events(A2, A3));
        fires("M25", events(B3));
    }

    @Test
    void aFirstEventThatIsNotTheFirstIsNotResumable() {
        watchAll();
        fires("M26", events(A3, B3));
    }

    @Test
    void progressAheadOfEventsIsNoBookmark() {
        watchAll();
        told(events(A2));
        fires("M27", new WatchNews.Progress(WatchNews.NO_WATCH, 3));
    }

    @Test
    void eventsBehindProgressAreNoBookmark() {
        watch(WatchRequest.of(KeyRange.single(B), 1));
        told(events(B3));
        told(new WatchNews.Progress(1, 4));
        fires("M27", new WatchNews.Progress(1, 3));
    }

    @Test
    void anotherValueIsNotTruthful() {
        watchAll();
        fires("M28", events(new KeyValue(A, B, 2, 2, 1, 0)));
    }

    @Test
    void aMissingPreviousValueIsNotTruthful() {
        WatchRequest.Options previous = new WatchRequest.Options(false, false, true, false);
        watch(new WatchRequest(KeyRange.single(A), 3, previous));
        fires("M28", events(A3));
    }

    @Test
    void previousValuesMayBeCompacted() {
        apply(new MaintenanceRequest.Compact(3));
        WatchRequest.Options previous = new WatchRequest.Options(false, false, true, false);
        watch(new WatchRequest(KeyRange.single(A), 3, previous));
        told(events(A3));
    }

    @Test
    void whatIsBeforeTheStartIsNotToBeTold() {
        watch(WatchRequest.of(KeyRange.ALL, 3));
        fires("M29", events(A2));
    }

    @Test
    void beforeItsStartAWatchHasNoProgress() {
        watch(WatchRequest.of(KeyRange.ALL, 9));
        told(new WatchNews.Progress(WatchNews.NO_WATCH, 4));
        fires("M29", new WatchNews.Progress(1, 4));
    }

    @Test
    void whoWaitsForTheNextRevisionHasComeToThisOne() {
        watch(WatchRequest.of(KeyRange.ALL, 5));
        told(new WatchNews.Progress(1, 4));
    }

    @Test
    void onlyWhoNeedsWhatIsCompactedIsCancelled() {
        apply(new MaintenanceRequest.Compact(3));
        watchAll();
        told(new WatchNews.Compacted(1, 3));
        fires("M29", events(A3, B3));
    }

    @Test
    void whoNeedsNothingCompactedGoesOn() {
        apply(new MaintenanceRequest.Compact(3));
        watch(WatchRequest.of(KeyRange.ALL, 3));
        fires("M29", new WatchNews.Compacted(1, 3));
    }

    @Test
    void whoWasToldAWholeRevisionNeedsOnlyLaterOnes() {
        apply(new MaintenanceRequest.Compact(4));
        watch(inFragmentsFrom(3));
        told(events(A3, B3));
        fires("M29", new WatchNews.Compacted(1, 4));
    }

    @Test
    void theRestOfARevisionIsNeededThoughPartOfItWasTold() {
        apply(new MaintenanceRequest.Compact(4));
        watch(inFragmentsFrom(3));
        told(events(true, A3));
        told(new WatchNews.Compacted(1, 4));
    }

    private static WatchRequest inFragmentsFrom(long start) {
        WatchRequest.Options fragments = new WatchRequest.Options(false, false, false, true);
        return new WatchRequest(KeyRange.ALL, start, fragments);
    }
}
