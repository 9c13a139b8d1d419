package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.List;

/**
 * Watches against a list of all writes, over random commands, consumers that are slow, compactions
 * that overtake them, and snapshots that take the place of the store.
 */
class WatchModelTest {
    private static final WatchLimits TINY = new WatchLimits(2, 3, 3);

    /** What happens after a command. */
    enum Then {
        NOTHING,
        POLL,
        ASK_PROGRESS,
        REMOVE_COMPACTED,
        SNAPSHOT
    }

    @Property(tries = 1000)
    void watchTellsExactlyWhatHappenedUntilItIsCompacted(
            @ForAll("scripts") List<Request> script,
            @ForAll("watches") WatchRequest request,
            @ForAll("steps") List<Then> steps,
            @ForAll @IntRange(min = 0, max = 5) int beginAfter) {
        Store store = new Store();
        NaiveStore naive = new NaiveStore();
        Watches watches = store.watches(TINY);
        Consumer consumer = new Consumer(request);
        long index = 0;
        for (Request command : script) {
            if (index == beginAfter) {
                consumer.begin(watches, store);
            }
            store.apply(++index, command);
            naive.apply(command);
            switch (steps.get((int) (index % steps.size()))) {
                case NOTHING -> {}
                case POLL -> consumer.poll(watches);
                case ASK_PROGRESS -> watches.requestProgress(1);
                case REMOVE_COMPACTED -> store.removeCompacted(2);
                case SNAPSHOT -> {
                    watches.advance();
                    store = Store.restored(Limits.DEFAULT, store.snapshot());
                    watches.moveTo(store);
                }
            }
        }
        watches.advance();
        while (watches.hasReady()) {
            consumer.poll(watches);
        }
        consumer.compareWith(naive, store);
    }

    @Provide
    Arbitrary<List<Request>> scripts() {
        return Requests.scripts();
    }

    @Provide
    Arbitrary<List<Then>> steps() {
        return Arbitraries.of(Then.class).list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<WatchRequest> watches() {
        Arbitrary<Boolean> flag = Arbitraries.of(true, false, false);
        return Combinators.combine(
                        Requests.keyRanges(),
                        Arbitraries.longs().between(0, 12),
                        Combinators.combine(flag, flag, flag, flag).as(WatchRequest.Options::new))
                .as(WatchRequest::new);
    }

    /** A client that checks what it is told as it comes. */
    private static final class Consumer {
        private final WatchRequest request;
        private final List<KeyValue> told = new ArrayList<>();
        private long start;
        private long vouched;
        private boolean over;
        private boolean begun;
        private boolean inFragment;

        Consumer(WatchRequest request) {
            this.request = request;
        }

        void begin(Watches watches, Store store) {
            start = request.startRevision() == 0 ? store.revision() + 1 : request.startRevision();
            begun = true;
            watches.begin(1, request);
        }

        void poll(Watches watches) {
            watches.advance();
            watches.poll(1).forEach(this::take);
        }

        private void take(WatchResponse answer) {
            assertFalse(over, "told something after the end");
            switch (answer) {
                case WatchResponse.Events events -> {
                    for (WatchEvent event : events.events()) {
                        long revision = event.kv().modRevision();
                        assertTrue(revision >= start && revision > vouched - (inFragment ? 1 : 0));
                        told.add(event.kv());
                    }
                    assertTrue(!events.fragment() || request.options().fragment());
                    inFragment = events.fragment();
                    vouched = inFragment ? events.revision() - 1 : events.revision();
                }
                case WatchResponse.Progress progress -> {
                    assertTrue(progress.revision() >= vouched && progress.revision() >= start - 1);
                    vouched = progress.revision();
                }
                case WatchResponse.Compacted compacted -> {
                    assertTrue(Math.max(start, vouched + 1) < compacted.compactRevision());
                    over = true;
                }
            }
        }

        void compareWith(NaiveStore naive, Store store) {
            if (!begun) {
                return;
            }
            List<KeyValue> expected =
                    naive.since(start).stream()
                            .filter(kv -> request.keys().contains(kv.key()))
                            .filter(
                                    kv ->
                                            !(kv.isTombstone()
                                                    ? request.options().noDelete()
                                                    : request.options().noPut()))
                            .toList();
            if (over) {
                assertTrue(told.size() <= expected.size());
                assertEquals(expected.subList(0, told.size()), told);
            } else {
                assertEquals(expected, told);
                assertTrue(vouched <= store.revision());
            }
        }
    }
}
