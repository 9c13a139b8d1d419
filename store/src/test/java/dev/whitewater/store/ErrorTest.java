package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

/** Each refusal, with the text that a real etcd 3.4 gives in the same place. */
class ErrorTest {
    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");

    private final Store store = new Store();
    private long index;

    @Test
    void emptyKeysAreRefusedEverywhere() {
        String text = "etcdserver: key is not provided";
        assertRefused(text, Put.of(Bytes.EMPTY, A));
        assertRefused(text, Range.of(Bytes.EMPTY));
        assertRefused(text, DeleteRange.of(Bytes.EMPTY));
        assertRefused(text, Txn.of(Txn.of(Put.of(Bytes.EMPTY, A))));
        assertRefused(text, Txn.putIfModRevision(Bytes.EMPTY, 0, A));
    }

    @Test
    void keepingWhatIsNotThereIsRefused() {
        assertRefused("etcdserver: key not found", Put.of(A, A).keepingValue());
        assertRefused("etcdserver: key not found", Put.of(A, A).keepingLease());
        assertRefused("etcdserver: value is provided", new Put(A, B, 0, false, true, false));
        assertRefused("etcdserver: lease is provided", new Put(A, B, 1, false, false, true));
    }

    @Test
    void keysTouchedTwiceInATransactionAreRefused() {
        String text = "etcdserver: duplicate key given in txn request";
        assertRefused(text, Txn.of(Put.of(A, A), Put.of(A, B)));
        assertRefused(text, Txn.of(DeleteRange.of(KeyRange.between(A, B)), Put.of(A, B)));
        assertRefused(text, Txn.of(Put.of(A, A), Txn.of(Put.of(A, B))));
        assertRefused(text, Txn.of(Txn.of(DeleteRange.of(A)), Txn.of(Put.of(A, A))));
    }

    @Test
    void keysTouchedOnSidesThatExcludeEachOtherAreFine() {
        Txn both = new Txn(List.of(), List.of(Put.of(A, A)), List.of(Put.of(A, B)));
        assertEquals(new PutResponse(2, List.of()), firstOf(apply(Txn.of(both)), 2));
    }

    @Test
    void openEndedAndLaterNestedDeletionsPassAsInEtcd() {
        apply(Txn.of(DeleteRange.of(KeyRange.from(A)), Put.of(B, A)));
        assertEquals(2, store.revision());
        apply(Txn.of(Txn.of(Put.of(A, A)), Txn.of(DeleteRange.of(A))));
        assertEquals(3, store.revision());
        assertEquals(new RangeResponse(3, List.of(), 0, false), store.read(Range.of(A)));
    }

    @Test
    void tooManyOperationsAreRefusedWhereverTheyStand() {
        String text = "etcdserver: too many operations in txn request";
        List<Operation> many = Collections.nCopies(129, Range.of(A));
        assertRefused(text, new Txn(List.of(), many, List.of()));
        assertRefused(text, new Txn(List.of(), List.of(), many));
        Txn nested = new Txn(List.of(), many.subList(0, 128), List.of());
        apply(nested);
        assertRefused(text, Txn.of(nested));
    }

    @Test
    void revisionsOutOfReachAreRefused() {
        apply(Put.of(A, A));
        apply(Put.of(A, B));
        apply(new MaintenanceRequest.Compact(3));
        String past = "etcdserver: mvcc: required revision has been compacted";
        String future = "etcdserver: mvcc: required revision is a future revision";
        assertRefused(past, Range.of(A).withRevision(2));
        assertRefused(future, Range.of(A).withRevision(4));
        assertRefused(past, new MaintenanceRequest.Compact(3));
        assertRefused(future, new MaintenanceRequest.Compact(4));
    }

    @Test
    void transactionWithAReadOutOfReachWritesNothing() {
        apply(Put.of(A, A));
        apply(Put.of(A, B));
        apply(new MaintenanceRequest.Compact(3));
        assertRefused(
                "etcdserver: mvcc: required revision has been compacted",
                Txn.of(Put.of(B, B), Range.of(A).withRevision(2)));
        assertEquals(3, store.revision());
        assertEquals(new RangeResponse(3, List.of(), 0, false), store.read(Range.of(B)));
    }

    @Test
    void leaseErrorsAreThoseOfEtcd() {
        assertRefused("etcdserver: requested lease not found", Put.of(A, A).withLease(7));
        assertRefused("etcdserver: requested lease not found", new LeaseRequest.Revoke(7));
        apply(new LeaseRequest.Grant(7, 60));
        assertRefused("etcdserver: lease already exists", new LeaseRequest.Grant(7, 60));
        assertRefused("etcdserver: too large lease TTL", new LeaseRequest.Grant(8, 9_000_000_001L));
    }

    @Test
    void alarmForSpaceRefusesWhatNeedsRoomAndNothingElse() {
        apply(Put.of(A, A));
        Alarm full = new Alarm(1, Alarm.Kind.NO_SPACE);
        apply(new MaintenanceRequest.RaiseAlarm(full));
        String text = "etcdserver: mvcc: database space exceeded";
        assertRefused(text, Put.of(A, B));
        assertRefused(text, Txn.of(Txn.of(Put.of(A, B))));
        assertRefused(text, new LeaseRequest.Grant(1, 60));
        assertEquals(new DeleteRangeResponse(3, 1, List.of()), apply(DeleteRange.of(A)));
        apply(new MaintenanceRequest.ClearAlarm(full));
        assertEquals(new PutResponse(4, List.of()), apply(Put.of(A, B)));
    }

    @Test
    void alarmForCorruptionRefusesEverything() {
        apply(new MaintenanceRequest.RaiseAlarm(new Alarm(1, Alarm.Kind.CORRUPT)));
        assertRefused("etcdserver: corrupt cluster", Range.of(A));
        assertRefused("etcdserver: corrupt cluster", new LeaseRequest.Revoke(1));
        assertEquals(Rejected.because(ErrorCode.CORRUPT), store.read(Range.of(A)));
    }

    @Test
    void garbageIsNotARequest() {
        byte[] good = RequestCodec.encode(Txn.compareAndSwap(A, A, B));
        for (int length = 0; length < good.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(good, length);
            assertThrows(MalformedRequest.class, () -> RequestCodec.decode(cut));
        }
        MalformedRequest wrong =
                assertThrows(MalformedRequest.class, () -> RequestCodec.decode(new byte[] {1, 99}));
        assertEquals(
                "malformed request: request at byte 2: expected a known tag, got 99",
                wrong.getMessage());
    }

    private void assertRefused(String text, Request request) {
        long before = store.revision();
        assertEquals(text, ((Rejected) apply(request)).message());
        assertEquals(before, store.revision());
    }

    private Response apply(Request request) {
        return store.apply(++index, request);
    }

    /** The answer at the bottom of so many transactions around it. */
    private static Response firstOf(Response response, int levels) {
        Response inner = response;
        for (int i = 0; i < levels; i++) {
            inner = ((TxnResponse) inner).responses().getFirst();
        }
        return inner;
    }
}
