package dev.whitewater.store;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Watches by what they watch: those of a key are found in O(log n), those of ranges too. */
final class WatchTable {
    private final NavigableMap<Bytes, NavigableMap<Long, Watches.Watch>> byKey = new TreeMap<>();
    private final IntervalTree<NavigableMap<Long, Watches.Watch>> byRange = new IntervalTree<>();

    boolean isEmpty() {
        return byKey.isEmpty() && byRange.isEmpty();
    }

    void add(Watches.Watch watch) {
        KeyRange keys = watch.request.keys();
        if (keys.isSingle()) {
            byKey.computeIfAbsent(keys.start(), key -> new TreeMap<>()).put(watch.id, watch);
        } else {
            byRange.computeIfAbsent(keys, TreeMap::new).put(watch.id, watch);
        }
    }

    void remove(Watches.Watch watch) {
        KeyRange keys = watch.request.keys();
        if (!keys.isSingle()) {
            NavigableMap<Long, Watches.Watch> same = byRange.computeIfAbsent(keys, TreeMap::new);
            same.remove(watch.id);
            if (same.isEmpty()) {
                byRange.remove(keys);
            }
            return;
        }
        NavigableMap<Long, Watches.Watch> same = byKey.get(keys.start());
        if (same != null) {
            same.remove(watch.id);
            if (same.isEmpty()) {
                byKey.remove(keys.start());
            }
        }
    }

    /** Every watch that watches a key: those of it alone first, then those of ranges. */
    List<Watches.Watch> watching(Bytes key) {
        NavigableMap<Long, Watches.Watch> same = byKey.get(key);
        if (same == null && byRange.isEmpty()) {
            return List.of();
        }
        List<Watches.Watch> found = new ArrayList<>();
        if (same != null) {
            found.addAll(same.values());
        }
        byRange.visit(key, watches -> found.addAll(watches.values()));
        return found;
    }
}
