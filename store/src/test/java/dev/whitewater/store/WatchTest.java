package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;

class WatchTest {
    private static final Bytes KEY = Bytes.utf8("key");
    private static final Bytes OTHER = Bytes.utf8("other");
    private static final WatchRequest OF_KEY = WatchRequest.of(KeyRange.single(KEY), 0);

    private final Store store = new Store();
    private final Watches watches = store.watches(WatchLimits.DEFAULT);
    private long index;

    @Test
    void watchFromNowTellsOnlyWhatComes() {
        put(KEY);
        watches.begin(1, OF_KEY);
        assertEquals(List.of(), watches.ready());
        put(KEY);
        assertEquals(List.of(1L), watches.ready());
        assertEquals(List.of(3L), revisionsTold(1));
        assertEquals(List.of(), watches.ready());
    }

    @Test
    void deletionAtExactlyTheCompactedRevisionIsStillTold() {
        put(KEY);
        apply(DeleteRange.of(KEY));
        put(OTHER);
        apply(new MaintenanceRequest.Compact(3));
        store.removeCompacted(Integer.MAX_VALUE);
        watches.begin(1, WatchRequest.of(KeyRange.ALL, 3));
        assertEquals(List.of(3L, 4L), revisionsTold(1));
    }

    @Test
    void watchBehindTheCompactionIsToldOnceAndEnds() {
        put(KEY);
        put(KEY);
        put(KEY);
        apply(new MaintenanceRequest.Compact(4));
        watches.begin(1, WatchRequest.of(KeyRange.ALL, 2));
        assertEquals(List.of(new WatchResponse.Compacted(1, 4)), watches.poll(1));
        assertEquals(List.of(), watches.poll(1));
        put(KEY);
        assertEquals(List.of(), watches.ready());
    }

    @Test
    void slowWatchIsCancelledRatherThanLedPastAGap() {
        watches.begin(1, OF_KEY);
        put(KEY);
        put(KEY);
        put(KEY);
        apply(new MaintenanceRequest.Compact(4));
        store.removeCompacted(Integer.MAX_VALUE);
        assertEquals(List.of(new WatchResponse.Compacted(1, 4)), watches.poll(1));
    }

    @Test
    void watchOfOneKeyIsNotToldOfKeysBehindIt() {
        watches.begin(1, OF_KEY);
        put(OTHER);
        assertEquals(List.of(), watches.ready());
        put(KEY);
        assertEquals(List.of(3L), revisionsTold(1));
    }

    @Test
    void progressIsHeldBackUntilEverythingIsTold() {
        watches.begin(1, OF_KEY);
        put(KEY);
        watches.requestProgress(1);
        assertEquals(List.of(2L), revisionsTold(1));
        assertEquals(List.of(new WatchResponse.Progress(1, 2)), watches.poll(1));
    }

    @Test
    void watchOfTheFutureKeepsItsStartThroughASnapshot() {
        watches.begin(1, WatchRequest.of(KeyRange.single(KEY), 5));
        watches.requestProgress(1);
        put(KEY);
        Store restored = Store.restored(Limits.DEFAULT, store.snapshot());
        watches.moveTo(restored);
        assertEquals(List.of(), watches.poll(1));
        for (int i = 0; i < 3; i++) {
            restored.apply(++index, Put.of(KEY, KEY));
            watches.advance();
        }
        assertEquals(List.of(5L), revisionsTold(1));
    }

    @Test
    void progressOfAWatchOfTheFutureWaitsForItsStart() {
        watches.begin(1, WatchRequest.of(KeyRange.single(KEY), 3));
        watches.requestProgress(1);
        assertEquals(List.of(), watches.ready());
        put(OTHER);
        assertEquals(List.of(new WatchResponse.Progress(1, 2)), watches.poll(1));
        assertEquals(List.of(), watches.ready());
    }

    @Test
    void watchWithNothingToTellIsNotCancelledByACompactionBeforeASnapshot() {
        watches.begin(1, OF_KEY);
        put(OTHER);
        put(OTHER);
        put(OTHER);
        apply(new MaintenanceRequest.Compact(4));
        Store restored = Store.restored(Limits.DEFAULT, store.snapshot());
        watches.moveTo(restored);
        assertEquals(List.of(), watches.ready());
        restored.apply(++index, Put.of(KEY, KEY));
        watches.advance();
        assertEquals(List.of(5L), revisionsTold(1));
    }

    @Test
    void eventsInsideASnapshotAreTold() {
        watches.begin(1, OF_KEY);
        put(KEY);
        assertEquals(List.of(2L), revisionsTold(1));
        Store ahead = Store.restored(Limits.DEFAULT, store.snapshot());
        ahead.apply(++index, Put.of(KEY, OTHER));
        ahead.apply(++index, Put.of(OTHER, OTHER));
        watches.moveTo(Store.restored(Limits.DEFAULT, ahead.snapshot()));
        assertEquals(List.of(3L), revisionsTold(1));
    }

    @Test
    void oneRevisionIsNeverSplitWithoutLeave() {
        Watches tiny = store.watches(new WatchLimits(1, 1, 1));
        tiny.begin(1, WatchRequest.of(KeyRange.ALL, 0));
        apply(Txn.of(Put.of(KEY, KEY), Put.of(OTHER, KEY)));
        put(KEY);
        tiny.advance();
        assertEquals(2, events(tiny.poll(1)).events().size());
        assertEquals(3, events(tiny.poll(1)).revision());
    }

    @Test
    void fragmentsOfARevisionSayThatMoreFollows() {
        Watches tiny = store.watches(new WatchLimits(10, 1, 10));
        WatchRequest.Options options = new WatchRequest.Options(false, false, false, true);
        tiny.begin(1, WatchRequest.of(KeyRange.ALL, 0).with(options));
        apply(Txn.of(Put.of(KEY, KEY), Put.of(OTHER, KEY)));
        tiny.advance();
        WatchResponse.Events first = events(tiny.poll(1));
        WatchResponse.Events second = events(tiny.poll(1));
        assertEquals(true, first.fragment());
        assertEquals(false, second.fragment());
        assertEquals(
                List.of(KEY, OTHER),
                List.of(
                        first.events().getFirst().kv().key(),
                        second.events().getFirst().kv().key()));
    }

    @Test
    void previousValueComesAlongUnlessItIsCompacted() {
        WatchRequest.Options options = new WatchRequest.Options(false, false, true, false);
        put(KEY);
        apply(Put.of(KEY, OTHER));
        apply(DeleteRange.of(KEY));
        watches.begin(1, WatchRequest.of(KeyRange.single(KEY), 3).with(options));
        apply(new MaintenanceRequest.Compact(3));
        List<WatchEvent> events = events(watches.poll(1)).events();
        assertEquals(List.of(), events.getFirst().previous());
        assertEquals(OTHER, events.getLast().previous().getFirst().value());
    }

    @Test
    void anIdInUseIsAMistakeOfTheHost() {
        watches.begin(1, OF_KEY);
        assertThrows(BrokenInvariant.class, () -> watches.begin(1, OF_KEY));
    }

    private void put(Bytes key) {
        apply(Put.of(key, Bytes.utf8("v" + index)));
    }

    private void apply(Request request) {
        store.apply(++index, request);
        watches.advance();
    }

    private List<Long> revisionsTold(long watch) {
        return events(watches.poll(watch)).events().stream()
                .map(event -> event.kv().modRevision())
                .toList();
    }

    private static WatchResponse.Events events(List<WatchResponse> answers) {
        return (WatchResponse.Events) answers.getFirst();
    }
}
