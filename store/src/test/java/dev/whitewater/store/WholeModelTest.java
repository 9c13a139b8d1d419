package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything at once against the plain models: users who may or may not, transactions, leases,
 * compaction, watches that follow, removal at its own pace, and snapshots in between.
 */
class WholeModelTest {

    /** What happens besides between two commands. */
    enum Then {
        NOTHING,
        POLL,
        REMOVE_COMPACTED,
        DEFRAGMENT,
        SNAPSHOT
    }

    @Property(tries = 400)
    void everyAnswerDecisionAndEventIsThatOfThePlainModels(
            @ForAll("scripts") List<Request> script,
            @ForAll("steps") List<Then> steps,
            @ForAll("readers") Attributed reader) {
        Both both = new Both();
        for (Request request : script) {
            both.apply(request);
            both.then(steps.get((int) (both.index % steps.size())));
            both.read(reader.caller(), (Range) reader.request());
        }
        both.end();
    }

    @Provide
    Arbitrary<List<Request>> scripts() {
        return Requests.adminScripts();
    }

    @Provide
    Arbitrary<List<Then>> steps() {
        return Arbitraries.of(Then.class).list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<Attributed> readers() {
        Arbitrary<Range> ranges = Requests.ranges().filter(each -> !AuthModelTest.isInverted(each));
        return Combinators.combine(Requests.callers(), ranges).as(Attributed::new);
    }

    /** The store and the models of it. */
    private static final class Both {
        private final NaiveStore naive = new NaiveStore();
        private final NaiveAccess access = new NaiveAccess();
        private final List<KeyValue> told = new ArrayList<>();
        private Store store = new Store();
        private final Watches watches = store.watches(new WatchLimits(3, 1 << 20, 1000));
        private boolean watchOver;
        private long index;

        private Both() {
            watches.begin(1, WatchRequest.of(KeyRange.ALL, 0));
        }

        void apply(Request request) {
            Caller caller = request instanceof Attributed from ? from.caller() : Caller.NOBODY;
            Request plain = Attributed.strip(request);
            boolean unclear =
                    plain instanceof Operation operation && AuthModelTest.isInverted(operation);
            if (unclear) {
                return;
            }
            Optional<Response> expected = expected(caller, plain);
            Response response = store.apply(++index, request);
            if (expected.isPresent()) {
                assertEquals(expected.get(), response, request::toString);
            } else if (plain instanceof AuthRequest auth && !(response instanceof Rejected)) {
                access.carriedOut(auth);
            }
            assertEquals(naive.revision(), store.revision());
            assertEquals(access.revision(), store.authRevision());
        }

        /** The whole answer where the models know it. */
        private Optional<Response> expected(Caller caller, Request plain) {
            if (plain instanceof Operation operation && NaiveStore.isSenseless(operation)) {
                return Optional.of(Rejected.because(ErrorCode.DUPLICATE_KEY));
            }
            Optional<ErrorCode> refusal = refusal(caller, plain);
            if (refusal.isPresent()) {
                return refusal.map(Rejected::because);
            }
            return plain instanceof AuthRequest || plain instanceof MemberRequest
                    ? Optional.empty()
                    : Optional.of(naive.apply(plain));
        }

        private Optional<ErrorCode> refusal(Caller caller, Request plain) {
            Map<Bytes, Long> leases = naive.attached();
            return switch (plain) {
                case Operation operation -> access.refusal(caller, operation, leases);
                case LeaseRequest.Revoke revoke ->
                        access.refusalOfAnyone(caller)
                                .or(() -> revoking(caller, revoke.id(), leases));
                case LeaseRequest lease -> access.refusalOfAnyone(caller);
                case MaintenanceRequest maintenance -> access.refusalUnlessRoot(caller);
                default -> Optional.empty();
            };
        }

        /** Who ends a lease deletes its keys. */
        private Optional<ErrorCode> revoking(Caller caller, long id, Map<Bytes, Long> leases) {
            return leases.entrySet().stream()
                    .filter(each -> each.getValue() == id)
                    .map(each -> access.refusal(caller, DeleteRange.of(each.getKey()), leases))
                    .flatMap(Optional::stream)
                    .findFirst();
        }

        void read(Caller caller, Range range) {
            Response expected =
                    access.refusal(caller, range, Map.of())
                            .<Response>map(Rejected::because)
                            .orElseGet(() -> naive.read(range));
            assertEquals(expected, store.read(caller, range), () -> caller + " " + range);
        }

        void then(Then step) {
            switch (step) {
                case NOTHING -> {}
                case POLL -> poll();
                case REMOVE_COMPACTED -> store.removeCompacted(2);
                case DEFRAGMENT -> store.defragment(3);
                case SNAPSHOT -> {
                    watches.advance();
                    Store other = Store.restored(Limits.DEFAULT, store.snapshot());
                    assertEquals(store.hash(), other.hash());
                    store = other;
                    watches.moveTo(store);
                }
            }
        }

        private void poll() {
            watches.advance();
            for (WatchResponse each : watches.poll(1)) {
                assertTrue(!watchOver, "told something after the end");
                switch (each) {
                    case WatchResponse.Events events ->
                            events.events().forEach(event -> told.add(event.kv()));
                    case WatchResponse.Progress progress -> throw new AssertionError("not asked");
                    case WatchResponse.Compacted compacted -> watchOver = true;
                }
            }
        }

        void end() {
            watches.advance();
            while (watches.hasReady()) {
                poll();
            }
            List<KeyValue> all = naive.since(2);
            assertEquals(watchOver ? all.subList(0, told.size()) : all, told);
        }
    }
}
