package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.Arrays;
import java.util.List;

class SnapshotTest {
    private static final Bytes KEY = Bytes.utf8("key");
    private static final Alarm ALARM = new Alarm(7, Alarm.Kind.NO_SPACE);

    @Property(tries = 300)
    void restoredStoreIsAndRemainsTheSame(
            @ForAll("scripts") List<Request> before,
            @ForAll("scripts") List<Request> after,
            @ForAll("ranges") List<Range> questions) {
        Store store = new Store();
        long index = 0;
        for (Request request : before) {
            store.apply(++index, request);
        }
        Store restored = Store.restored(Limits.DEFAULT, store.snapshot());
        assertEquals(store.hash(), restored.hash());
        assertEquals(store.appliedIndex(), restored.appliedIndex());
        for (Request request : after) {
            index++;
            assertEquals(store.apply(index, request), restored.apply(index, request));
            assertEquals(store.hash(), restored.hash());
            questions.forEach(each -> assertEquals(store.read(each), restored.read(each)));
        }
    }

    @Example
    void everyFlippedByteIsNoticed() {
        Store store = new Store();
        store.apply(1, new LeaseRequest.Grant(5, 60));
        store.apply(2, Put.of(KEY, Bytes.utf8("value")).withLease(5));
        store.apply(3, DeleteRange.of(Bytes.utf8("none")));
        store.apply(4, new MaintenanceRequest.RaiseAlarm(ALARM));
        byte[] snapshot = store.snapshot();
        for (int at = 0; at < snapshot.length; at++) {
            byte[] broken = snapshot.clone();
            broken[at] ^= 1;
            assertThrows(
                    MalformedSnapshot.class,
                    () -> Store.restored(Limits.DEFAULT, broken),
                    "byte " + at);
        }
    }

    @Example
    void everyCutIsNoticed() {
        Store store = new Store();
        store.apply(1, Put.of(KEY, Bytes.utf8("value")));
        byte[] snapshot = store.snapshot();
        for (int length = 0; length < snapshot.length; length++) {
            byte[] cut = Arrays.copyOf(snapshot, length);
            assertThrows(MalformedSnapshot.class, () -> Store.restored(Limits.DEFAULT, cut));
        }
    }

    @Example
    void revisionOutlivesCompactionOfTrailingDeletions() {
        Store store = new Store();
        store.apply(1, Put.of(KEY, KEY));
        store.apply(2, DeleteRange.of(KEY));
        store.apply(3, new MaintenanceRequest.Compact(3));
        store.removeCompacted(Integer.MAX_VALUE);
        Store restored = Store.restored(Limits.DEFAULT, store.snapshot());
        assertEquals(3, restored.revision());
        assertEquals(new PutResponse(4, List.of()), restored.apply(4, Put.of(KEY, KEY)));
    }

    @Example
    void attachmentsAndRemainingTimesSurvive() {
        Store store = new Store();
        store.apply(1, new LeaseRequest.Grant(5, 60));
        store.apply(2, Put.of(KEY, KEY).withLease(5));
        store.apply(3, new LeaseRequest.Checkpoint(List.of(new LeaseRequest.Remaining(5, 20))));
        Store restored = Store.restored(Limits.DEFAULT, store.snapshot());
        LeaseTimers timers = restored.leaseTimers();
        timers.promote(0, 0);
        assertEquals(20, timers.remainingSeconds(5, 0).orElseThrow());
        restored.apply(4, new LeaseRequest.Revoke(5));
        assertEquals(new RangeResponse(3, List.of(), 0, false), restored.read(Range.of(KEY)));
    }

    @Example
    void alarmsAreReplicatedState() {
        Store store = new Store();
        Store other = new Store();
        store.apply(1, new MaintenanceRequest.RaiseAlarm(ALARM));
        other.skip(1);
        assertNotEquals(other.hash(), store.hash());
        assertTrue(Store.restored(Limits.DEFAULT, store.snapshot()).alarms().contains(ALARM));
    }

    @Provide
    Arbitrary<List<Request>> scripts() {
        return Requests.scripts();
    }

    @Provide
    Arbitrary<List<Range>> ranges() {
        return Requests.ranges().list().ofSize(3);
    }
}
