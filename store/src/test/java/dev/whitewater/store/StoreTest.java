package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;

class StoreTest {
    private static final Bytes KEY = Bytes.utf8("key");

    private final Store store = new Store();
    private long index;

    @Test
    void emptyStoreHasRevisionOneAndItsFirstWriteMakesTwo() {
        assertEquals(1, store.revision());
        assertEquals(new PutResponse(2, List.of()), apply(Put.of(KEY, Bytes.utf8("a"))));
        assertEquals(2, store.revision());
    }

    @Test
    void putAgainKeepsTheCreateRevisionAndCountsTheVersion() {
        apply(Put.of(KEY, Bytes.utf8("a")));
        apply(Put.of(KEY, Bytes.utf8("b")));
        assertEquals(List.of(new KeyValue(KEY, Bytes.utf8("b"), 2, 3, 2, 0)), read(KEY).kvs());
    }

    @Test
    void deleteOfNothingTakesNoRevision() {
        assertEquals(new DeleteRangeResponse(1, 0, List.of()), apply(DeleteRange.of(KEY)));
        assertEquals(1, store.revision());
    }

    @Test
    void swapWithTheWrongExpectationReadsInstead() {
        apply(Put.of(KEY, Bytes.utf8("a")));
        TxnResponse response =
                assertInstanceOf(
                        TxnResponse.class,
                        apply(Txn.compareAndSwap(KEY, Bytes.utf8("z"), Bytes.utf8("b"))));
        assertEquals(false, response.succeeded());
        assertEquals(2, response.revision());
        RangeResponse found =
                assertInstanceOf(RangeResponse.class, response.responses().getFirst());
        assertEquals(Bytes.utf8("a"), found.kvs().getFirst().value());
    }

    @Test
    void creatingByModRevisionZeroSucceedsOnce() {
        Txn create = Txn.putIfModRevision(KEY, 0, Bytes.utf8("a"));
        assertEquals(true, assertInstanceOf(TxnResponse.class, apply(create)).succeeded());
        assertEquals(false, assertInstanceOf(TxnResponse.class, apply(create)).succeeded());
    }

    @Test
    void writesOfOneTransactionShareItsRevision() {
        apply(Txn.of(Put.of(Bytes.utf8("a"), KEY), Put.of(Bytes.utf8("b"), KEY)));
        assertEquals(2, store.revision());
        assertEquals(2, read(Bytes.utf8("b")).kvs().getFirst().modRevision());
    }

    @Test
    void hashFollowsTheContentAndTheIndex() {
        Store other = new Store();
        other.apply(1, Put.of(KEY, Bytes.utf8("a")));
        apply(Put.of(KEY, Bytes.utf8("b")));
        assertNotEquals(other.hash(), store.hash());
        Store same = new Store();
        same.apply(1, Put.of(KEY, Bytes.utf8("b")));
        assertEquals(same.hash(), store.hash());
        same.skip(2);
        assertNotEquals(same.hash(), store.hash());
    }

    @Test
    void skippingAnEntryOfTheLogIsAMistakeOfTheCaller() {
        assertThrows(BrokenInvariant.class, () -> store.apply(2, DeleteRange.of(KEY)));
    }

    private Response apply(Request request) {
        return store.apply(++index, request);
    }

    private RangeResponse read(Bytes key) {
        return assertInstanceOf(RangeResponse.class, store.read(Range.of(key)));
    }
}
