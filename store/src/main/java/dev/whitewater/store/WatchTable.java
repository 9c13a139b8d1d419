package dev.whitewater.store;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Watches by what they watch. */
final class WatchTable {
    private final NavigableMap<Bytes, NavigableMap<Long, Watches.Watch>> byKey = new TreeMap<>();
    private final NavigableMap<Long, Watches.Watch> byRange = new TreeMap<>();

    void add(Watches.Watch watch) {
        KeyRange keys = watch.request.keys();
        if (keys.isSingle()) {
            byKey.computeIfAbsent(keys.start(), key -> new TreeMap<>()).put(watch.id, watch);
        } else {
            byRange.put(watch.id, watch);
        }
    }

    void remove(Watches.Watch watch) {
        KeyRange keys = watch.request.keys();
        if (!keys.isSingle()) {
            byRange.remove(watch.id);
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

    /** Hands every watch that wants the event to {@code visitor}, which may remove it from here. */
    void match(KeyValue kv, BiConsumer<Watches.Watch, KeyValue> visitor) {
        List<Watches.Watch> found = new ArrayList<>();
        NavigableMap<Long, Watches.Watch> same = byKey.get(kv.key());
        if (same != null) {
            found.addAll(same.values());
        }
        for (Watches.Watch watch : byRange.values()) {
            if (watch.request.keys().contains(kv.key())) {
                found.add(watch);
            }
        }
        for (Watches.Watch watch : found) {
            if (watch.request.wants(kv)) {
                visitor.accept(watch, kv);
            }
        }
    }
}
