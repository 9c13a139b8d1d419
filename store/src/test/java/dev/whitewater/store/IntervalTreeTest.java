package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The tree against a list of all its ranges. */
class IntervalTreeTest {
    private static final Comparator<KeyRange> ORDER =
            Comparator.comparing(KeyRange::start).thenComparing(KeyRange::end);

    @Property(tries = 300)
    void rangesThatHoldAKeyAreThoseOfAList(
            @ForAll("ranges") List<KeyRange> toggled, @ForAll("keys") List<Bytes> keys) {
        IntervalTree<KeyRange> tree = new IntervalTree<>();
        NavigableSet<KeyRange> naive = new TreeSet<>(ORDER);
        for (KeyRange range : toggled) {
            if (naive.remove(range)) {
                tree.remove(range);
            } else {
                naive.add(range);
                assertEquals(range, tree.computeIfAbsent(range, () -> range));
            }
            assertEquals(naive.isEmpty(), tree.isEmpty());
        }
        for (Bytes key : keys) {
            List<KeyRange> found = new ArrayList<>();
            tree.visit(key, found::add);
            assertEquals(naive.stream().filter(range -> range.contains(key)).toList(), found);
        }
    }

    @Provide
    Arbitrary<List<KeyRange>> ranges() {
        Arbitrary<Bytes> key = key();
        Arbitrary<KeyRange> between = Combinators.combine(key, key).as(KeyRange::between);
        return Arbitraries.oneOf(between, key.map(KeyRange::from), key.map(KeyRange::prefix))
                .filter(range -> !range.isSingle())
                .list()
                .ofMaxSize(150);
    }

    @Provide
    Arbitrary<List<Bytes>> keys() {
        return key().list().ofSize(20);
    }

    private static Arbitrary<Bytes> key() {
        return Arbitraries.strings()
                .withChars("abcd")
                .ofMinLength(1)
                .ofMaxLength(3)
                .map(Bytes::utf8);
    }
}
