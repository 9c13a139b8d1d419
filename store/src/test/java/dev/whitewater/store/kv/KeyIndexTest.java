package dev.whitewater.store.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The index against a sorted map, with enough keys for several levels. */
class KeyIndexTest {
    private final KeyIndex index = new KeyIndex();
    private final NavigableMap<Bytes, KeyHistory> naive = new TreeMap<>();
    private long main = 1;

    @Property(tries = 60)
    void indexIsASortedMapThatCounts(
            @ForAll("keys") List<Bytes> keys, @ForAll("keys") List<Bytes> bounds) {
        for (Bytes key : keys) {
            toggle(key);
        }
        naive.forEach((key, history) -> assertSame(history, index.get(key), key::toString));
        for (int i = 0; i + 1 < bounds.size(); i += 2) {
            compare(KeyRange.between(bounds.get(i), bounds.get(i + 1)));
            compare(KeyRange.from(bounds.get(i)));
            compare(KeyRange.single(bounds.get(i)));
            compare(KeyRange.prefix(bounds.get(i)));
        }
    }

    @Example
    void keysAreFoundAgainInWhateverOrderTheyCame() {
        for (int i = 0; i < 3000; i++) {
            toggle(Bytes.utf8("down/" + (9999 - i)));
            toggle(Bytes.utf8("up/" + (1000 + i)));
            toggle(Bytes.utf8("mixed/" + (1000 + i * 7919 % 3001)));
        }
        naive.forEach((key, history) -> assertSame(history, index.get(key), key::toString));
        compare(KeyRange.ALL);
        compare(KeyRange.prefix(Bytes.utf8("down/")));
        compare(KeyRange.between(Bytes.utf8("down/8"), Bytes.utf8("up/3")));
    }

    /** The first time a key is put, the second deleted, the third removed. */
    private void toggle(Bytes key) {
        KeyHistory history = index.get(key);
        assertSame(naive.getOrDefault(key, KeyHistory.NONE), history);
        main++;
        if (history == KeyHistory.NONE) {
            history = index.add(key, true);
            naive.put(key, history);
            history.put(main, 0, main, 1, 0);
        } else if (history.isAlive()) {
            history.delete(main, 0, 0);
            index.noteAlive(history);
        } else {
            index.remove(key);
            naive.remove(key);
        }
    }

    private void compare(KeyRange range) {
        List<KeyHistory> expected =
                naive.values().stream().filter(each -> range.contains(each.key)).toList();
        List<KeyHistory> found = new ArrayList<>();
        index.scan(range, found::add);
        assertEquals(expected, found);
        assertEquals(expected.stream().filter(KeyHistory::isAlive).count(), index.aliveIn(range));
    }

    @Provide
    Arbitrary<List<Bytes>> keys() {
        Arbitrary<Bytes> narrow =
                Arbitraries.strings()
                        .withChars("ab")
                        .ofMinLength(1)
                        .ofMaxLength(14)
                        .map(Bytes::utf8);
        Arbitrary<Bytes> shared =
                Arbitraries.integers().between(0, 400).map(i -> Bytes.utf8("registry/pods/" + i));
        Arbitrary<Bytes> binary =
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(12).map(Bytes::of);
        // Keys that differ only in how many zeros they end with, or behind the words kept of them.
        Arbitrary<Bytes> zeros =
                Arbitraries.strings()
                        .withChars("\0a\u007f")
                        .ofMinLength(1)
                        .ofMaxLength(4)
                        .flatMap(
                                end ->
                                        Arbitraries.integers()
                                                .between(0, 26)
                                                .map(n -> Bytes.utf8("z".repeat(n) + end)));
        return Arbitraries.oneOf(narrow, shared, binary, zeros).list().ofMinSize(2).ofMaxSize(1500);
    }
}
