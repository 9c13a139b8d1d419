package dev.whitewater.store.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What every {@link Backend} must do, judged by a sorted map. */
public abstract class BackendContract {
    private static final Bytes KEY = Bytes.utf8("key");

    /** An empty one. */
    protected abstract Backend backend();

    /** Adds a version if {@code add}, else removes the one at {@code place} of those there. */
    record Step(boolean add, int gap, int sub, int place, int keyBytes, int valueBytes) {

        /** Whether a piece of defragmentation comes after it. */
        boolean packs() {
            return place % 3 == 0;
        }
    }

    @Property(tries = 60)
    void backendIsASortedMap(
            @ForAll("steps") List<Step> steps, @ForAll("cuts") List<Integer> cuts) {
        Backend backend = backend();
        NavigableMap<Long, KeyValue> model = new TreeMap<>();
        long main = 2;
        int sub = -1;
        for (Step step : steps) {
            if (step.add || model.isEmpty()) {
                main += step.gap;
                sub = step.gap == 0 ? sub + 1 : step.sub;
                KeyValue kv = version(main, step);
                backend.append(kv, sub);
                model.put(place(main, sub), kv);
            } else {
                long at = List.copyOf(model.keySet()).get(step.place % model.size());
                model.remove(at);
                backend.remove(at >> 16, (int) (at & 0xffff));
                backend.remove(at >> 16, (int) (at & 0xffff));
            }
            if (step.packs()) {
                backend.defragment(1 + step.valueBytes % 7);
            }
        }
        compare(model, backend, cuts);
        long bytes = backend.bytes();
        int slices = 0;
        while (backend.defragment(3)) {
            slices++;
            assertTrue(slices <= model.size() + 1, "slices for " + model.size());
        }
        compare(model, backend, cuts);
        assertEquals(bytes, backend.bytes());
    }

    private static void compare(
            NavigableMap<Long, KeyValue> model, Backend backend, List<Integer> cuts) {
        assertEquals(model.size(), backend.count());
        model.forEach(
                (at, kv) ->
                        assertEquals(kv, backend.read(at >> 16, (int) (at & 0xffff), kv.key())));
        assertEquals(List.copyOf(model.values()), scan(backend, 0, 0, Long.MAX_VALUE));
        for (int i = 0; i + 2 < cuts.size(); i += 3) {
            long from = cuts.get(i);
            int sub = cuts.get(i + 1) % 4;
            long to = cuts.get(i + 2);
            List<KeyValue> expected =
                    from > to
                            ? List.of()
                            : List.copyOf(
                                    model.tailMap(place(from, sub))
                                            .headMap(Math.max(place(from, sub), place(to + 1, 0)))
                                            .values());
            assertEquals(expected, scan(backend, from, sub, to));
        }
    }

    private static long place(long main, int sub) {
        return main << 16 | sub;
    }

    private static List<KeyValue> scan(Backend backend, long from, int sub, long to) {
        List<KeyValue> found = new ArrayList<>();
        backend.scan(
                from,
                sub,
                to,
                version -> {
                    KeyValue kv = version.kv();
                    assertEquals(kv.key(), version.key());
                    assertEquals(kv.modRevision(), version.main());
                    assertEquals(kv.isTombstone(), version.isTombstone());
                    return found.add(kv);
                });
        return found;
    }

    @Example
    void scanEndsWhenTheVisitorHasEnough() {
        Backend backend = backend();
        for (int main = 2; main < 500; main++) {
            backend.append(new KeyValue(KEY, KEY, 2, main, main - 1, 0), 0);
        }
        List<Long> seen = new ArrayList<>();
        backend.scan(10, 0, 400, version -> seen.add(version.main()) && seen.size() < 3);
        assertEquals(List.of(10L, 11L, 12L), seen);
    }

    @Example
    void revisionsMustRise() {
        Backend backend = backend();
        backend.append(KeyValue.tombstone(KEY, 5), 1);
        assertThrows(BrokenInvariant.class, () -> backend.append(KeyValue.tombstone(KEY, 5), 1));
        assertThrows(BrokenInvariant.class, () -> backend.append(KeyValue.tombstone(KEY, 4), 7));
    }

    @Example
    void readOfWhatIsNotThereIsAMistake() {
        Backend backend = backend();
        assertThrows(BrokenInvariant.class, () -> backend.read(3, 0, KEY));
        backend.append(KeyValue.tombstone(KEY, 3), 0);
        assertThrows(BrokenInvariant.class, () -> backend.read(3, 1, KEY));
    }

    @Example
    void largeValuesAndNumbersComeBack() {
        Backend backend = backend();
        Bytes large = Bytes.of(new byte[3 << 19]);
        KeyValue extreme =
                new KeyValue(large, large, 1, 1L << 60, Long.MAX_VALUE, 0x8000_0000_0000_0001L);
        backend.append(KeyValue.tombstone(large, 7), 0);
        backend.append(extreme, Integer.MAX_VALUE);
        assertEquals(extreme, backend.read(1L << 60, Integer.MAX_VALUE, large));
        assertEquals(2, scan(backend, 0, 0, Long.MAX_VALUE).size());
        assertTrue(backend.bytes() >= 9L << 19);
    }

    private static KeyValue version(long main, Step step) {
        Bytes key = Bytes.of(new byte[step.keyBytes]);
        return step.valueBytes < 0
                ? KeyValue.tombstone(key, main)
                : new KeyValue(
                        key, Bytes.of(new byte[step.valueBytes]), main / 2 + 1, main, 1, step.sub);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(2, true), Tuple.of(1, false)),
                        Arbitraries.frequency(Tuple.of(3, 1), Tuple.of(1, 0), Tuple.of(1, 30)),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.integers().between(-1, 300)),
                                Tuple.of(1, Arbitraries.integers().between(10_000, 70_000))))
                .as(Step::new)
                .list()
                .ofMaxSize(400);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(0, 1500).list().ofSize(12);
    }
}
