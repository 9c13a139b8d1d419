package dev.whitewater.store.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.store.Bytes;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class KeyTableTest {

    @Test
    void everyKeyIsFoundUntilItIsRemoved() {
        KeyTable table = new KeyTable();
        List<KeyHistory> histories = histories(keys().limit(20_000));
        histories.forEach(table::add);
        for (int at = 0; at < histories.size(); at += 2) {
            table.remove(histories.get(at));
        }
        for (int at = 0; at < histories.size(); at++) {
            KeyHistory history = histories.get(at);
            assertSame(at % 2 == 0 ? KeyHistory.NONE : history, table.get(history.key));
            assertFalse(table.isIncompleteFor(history.key));
        }
    }

    @Test
    void segmentThatCannotBeSplitSaysThatItIsIncomplete() {
        KeyTable table = new KeyTable();
        List<KeyHistory> histories = histories(keysOfOneSegment().limit(500));
        histories.forEach(table::add);
        int found = 0;
        for (KeyHistory history : histories) {
            boolean here = table.get(history.key) == history;
            found += here ? 1 : 0;
            assertTrue(here || table.isIncompleteFor(history.key));
        }
        assertTrue(found > 0 && found < histories.size(), "found " + found);
        histories.forEach(table::remove);
        histories.forEach(each -> assertSame(KeyHistory.NONE, table.get(each.key)));
    }

    @Test
    void indexFindsInItsTreeWhatTheTableHasNoRoomFor() {
        KeyIndex index = new KeyIndex();
        List<Bytes> keys = keysOfOneSegment().limit(500).toList();
        List<KeyHistory> added = new ArrayList<>();
        for (Bytes key : keys) {
            assertSame(KeyHistory.NONE, index.get(key));
            KeyHistory history = index.add(key, true);
            history.put(2, 0, 2, 1, 0);
            added.add(history);
        }
        assertEquals(added, keys.stream().map(index::get).toList());
        for (KeyHistory history : added) {
            history.delete(3, 0, 0);
            index.noteAlive(history);
            index.remove(history.key);
            assertSame(KeyHistory.NONE, index.get(history.key));
        }
    }

    private static List<KeyHistory> histories(Stream<Bytes> keys) {
        return keys.map(KeyHistory::new).toList();
    }

    private static Stream<Bytes> keys() {
        return IntStream.iterate(0, i -> i + 1).mapToObj(i -> Bytes.utf8("key/" + i));
    }

    /** Whose hashes begin alike, as somebody might choose them. */
    private static Stream<Bytes> keysOfOneSegment() {
        return keys().filter(key -> KeyHistory.tag(key) >>> 22 == 0);
    }
}
