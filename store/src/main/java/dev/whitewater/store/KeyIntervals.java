package dev.whitewater.store;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A set of keys made of ranges, to ask whether a key is in one of them; O(log n). */
final class KeyIntervals {

    /** From a start to the end behind it, disjoint. */
    private final NavigableMap<Bytes, Bytes> intervals = new TreeMap<>();

    void add(Bytes start, Bytes end) {
        Bytes from = start;
        Bytes to = end;
        Map.Entry<Bytes, Bytes> near = intervals.floorEntry(to);
        while (near != null && near.getValue().compareTo(from) >= 0) {
            from = from.compareTo(near.getKey()) < 0 ? from : near.getKey();
            to = to.compareTo(near.getValue()) > 0 ? to : near.getValue();
            intervals.remove(near.getKey());
            near = intervals.floorEntry(to);
        }
        intervals.put(from, to);
    }

    void addAll(KeyIntervals others) {
        others.intervals.forEach(this::add);
    }

    boolean contains(Bytes key) {
        Map.Entry<Bytes, Bytes> near = intervals.floorEntry(key);
        return near != null && key.compareTo(near.getValue()) < 0;
    }
}
