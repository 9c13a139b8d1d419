package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

class AuthModelTest {

    @Property(tries = 500)
    void permissionsAreThoseOfThePlainModel(@ForAll("scripts") List<Request> script) {
        Store store = new Store();
        NaiveAccess naive = new NaiveAccess();
        long index = 0;
        for (Request request : script) {
            Request plain = Attributed.strip(request);
            Optional<ErrorCode> expected = Optional.empty();
            if (request instanceof Attributed(Caller caller, Operation operation)
                    && !isInverted(operation)) {
                expected = naive.refusal(caller, operation, leases(store));
            }
            boolean judged = plain instanceof Operation operation && !isInverted(operation);
            Response response = store.apply(++index, request);
            if (judged) {
                assertEquals(expected, denial(response, expected), request::toString);
            }
            if (plain instanceof AuthRequest auth && !(response instanceof Rejected)) {
                naive.carriedOut(auth);
            }
            assertEquals(naive.revision(), store.authRevision());
        }
    }

    @Property(tries = 200)
    void restoredPermissionsAreAndRemainTheSame(
            @ForAll("scripts") List<Request> script, @ForAll @IntRange(max = 40) int cut) {
        Store store = new Store();
        long index = 0;
        int before = Math.min(cut, script.size());
        for (Request request : script.subList(0, before)) {
            store.apply(++index, request);
        }
        Store restored = Store.restored(Limits.DEFAULT, store.snapshot());
        assertEquals(store.hash(), restored.hash());
        assertEquals(store.memberList(), restored.memberList());
        for (Request request : script.subList(before, script.size())) {
            index++;
            assertEquals(store.apply(index, request), restored.apply(index, request));
            assertEquals(store.hash(), restored.hash());
        }
    }

    @Property(tries = 300)
    void encodedRequestsComeBack(@ForAll("scripts") List<Request> script) {
        for (Request request : script) {
            assertEquals(request, RequestCodec.decode(RequestCodec.encode(request)));
        }
    }

    private static Optional<ErrorCode> denial(Response response, Optional<ErrorCode> expected) {
        Optional<ErrorCode> got =
                response instanceof Rejected rejected
                        ? Optional.of(rejected.code())
                        : Optional.empty();
        return got.filter(
                        code ->
                                code == ErrorCode.PERMISSION_DENIED
                                        || code == ErrorCode.USER_EMPTY
                                        || code == ErrorCode.AUTH_OLD_REVISION
                                        || (expected.isPresent()
                                                && code != ErrorCode.DUPLICATE_KEY))
                .or(() -> isRuleBroken(response) ? expected : Optional.empty());
    }

    /** What makes no sense is refused before anybody asks who wants it. */
    private static boolean isRuleBroken(Response response) {
        return response instanceof Rejected rejected && rejected.code() == ErrorCode.DUPLICATE_KEY;
    }

    static boolean isInverted(Operation operation) {
        return switch (operation) {
            case Range range -> isInverted(range.keys());
            case DeleteRange delete -> isInverted(delete.keys());
            case Put put -> false;
            case Txn txn ->
                    txn.compares().stream().anyMatch(each -> isInverted(each.keys()))
                            || txn.success().stream().anyMatch(AuthModelTest::isInverted)
                            || txn.failure().stream().anyMatch(AuthModelTest::isInverted);
        };
    }

    private static boolean isInverted(KeyRange keys) {
        return !keys.isSingle() && !keys.isOpenEnded() && keys.start().compareTo(keys.end()) >= 0;
    }

    private static Map<Bytes, Long> leases(Store store) {
        Map<Bytes, Long> leases = new TreeMap<>();
        for (Bytes key : NaiveStore.KEYS) {
            store.mvcc()
                    .get(key, store.revision())
                    .filter(kv -> kv.lease() != 0)
                    .ifPresent(kv -> leases.put(key, kv.lease()));
        }
        return leases;
    }

    @Provide
    Arbitrary<List<Request>> scripts() {
        return Requests.adminScripts();
    }
}
