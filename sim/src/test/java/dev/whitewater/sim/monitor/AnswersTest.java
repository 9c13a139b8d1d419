package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.Compare;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.DeleteRangeResponse;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Put;
import dev.whitewater.store.PutResponse;
import dev.whitewater.store.Range;
import dev.whitewater.store.RangeResponse;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;
import dev.whitewater.store.Store;
import dev.whitewater.store.Txn;
import dev.whitewater.store.TxnResponse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** M17 online fires at answers that the log does not lead to, and at those alone. */
class AnswersTest {

    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");

    private final Store store = new Store();
    private final Truth truth = new Truth();
    private final Answers answers = new Answers(truth);

    @BeforeEach
    void someHistory() {
        apply(Put.of(A, Bytes.utf8("1")));
        apply(Put.of(B, Bytes.utf8("2")));
        apply(Put.of(A, Bytes.utf8("3")));
        apply(DeleteRange.of(B));
    }

    private Response apply(Request request) {
        long index = store.appliedIndex() + 1;
        Response response = store.apply(index, request);
        truth.apply(index, request, response);
        assertEquals(store.revision(), truth.revision());
        return response;
    }

    private void judge(Operation asked, long floor, Response response) {
        answers.told(1, new Question(7, asked, floor), response);
        answers.after();
    }

    private void fires(Operation asked, long floor, Response response) {
        Finding finding = assertThrows(Finding.class, () -> judge(asked, floor, response));
        assertEquals("M17", finding.monitor());
    }

    @Test
    void whatAStoreAnswersIsRight() {
        Txn txn =
                new Txn(
                        List.of(Compare.modRevision(A, Compare.Relation.EQUAL, 4)),
                        List.of(
                                Put.of(B, Bytes.utf8("4")).withPrevious(),
                                Range.of(KeyRange.ALL).withLimit(1),
                                Range.of(KeyRange.ALL).withRevision(3)),
                        List.of());
        judge(txn, 5, apply(txn));
        Range all = Range.of(KeyRange.ALL);
        judge(all, 6, store.read(all));
        judge(all.withRevision(3), 6, store.read(all.withRevision(3)));
        judge(all.countOnly(), 6, store.read(all.countOnly()));
        DeleteRange nothing = DeleteRange.of(Bytes.utf8("z"));
        judge(nothing, 6, apply(nothing));
        answers.converged();
    }

    @Test
    void leasesTakeTheirKeysWithThem() {
        apply(new LeaseRequest.Grant(9, 10));
        apply(Put.of(B, Bytes.utf8("x")).withLease(9));
        apply(Put.of(A, Bytes.utf8("y")).withLease(9));
        apply(new LeaseRequest.Revoke(9));
        assertEquals(2, truth.changesOf(truth.revision()).size());
        assertEquals(A, truth.changesOf(truth.revision()).getFirst().key);
    }

    @Test
    void compactionIsNoted() {
        apply(new MaintenanceRequest.Compact(3));
        assertEquals(3, truth.compacted());
    }

    @Test
    void aDeletedKeyThatIsShownIsFound() {
        Range all = Range.of(KeyRange.ALL);
        RangeResponse before = (RangeResponse) store.read(all.withRevision(4));
        fires(all, 0, new RangeResponse(5, before.kvs(), before.count(), false));
    }

    @Test
    void aReadThatMissesWhatWasKnownIsFound() {
        Range range = Range.of(A);
        RangeResponse now = (RangeResponse) store.read(range);
        fires(range, 6, now);
        judge(range, -1, now);
    }

    @Test
    void aWriteAtSomebodyElsesRevisionIsFound() {
        fires(Put.of(A, Bytes.utf8("other")), 0, new PutResponse(4, List.of()));
    }

    @Test
    void aWriteThatIsOlderThanItsCallIsFound() {
        fires(Put.of(A, Bytes.utf8("3")), 4, new PutResponse(4, List.of()));
        judge(Put.of(A, Bytes.utf8("3")), 3, new PutResponse(4, List.of()));
    }

    @Test
    void aTransactionThatTookTheWrongSideIsFound() {
        Txn txn =
                new Txn(
                        List.of(Compare.version(B, Compare.Relation.GREATER, 0)),
                        List.of(),
                        List.of());
        fires(txn, 0, new TxnResponse(5, true, List.of()));
        judge(txn, 0, new TxnResponse(5, false, List.of()));
    }

    @Test
    void aDeletionThatCountsWrongIsFound() {
        fires(DeleteRange.of(B), 0, new DeleteRangeResponse(5, 2, List.of()));
        judge(DeleteRange.of(B), 0, new DeleteRangeResponse(5, 1, List.of()));
    }

    @Test
    void aRevisionThatNeverCameIsFound() {
        judge(Put.of(A, Bytes.EMPTY), 0, new PutResponse(6, List.of()));
        assertThrows(Finding.class, answers::converged);
    }

    @Test
    void aStoreThatAnswersACommandWronglyIsFound() {
        Put put = Put.of(A, Bytes.utf8("5")).withPrevious();
        store.apply(store.appliedIndex() + 1, put);
        assertThrows(
                Finding.class,
                () -> truth.apply(store.appliedIndex(), put, new PutResponse(6, List.of())));
    }
}
