package dev.whitewater.checker.etcd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All keys that a history names, in their order; no other key can ever be there. */
final class KeyLines {
    private final TreeMap<String, KeyLine> lines = new TreeMap<>();

    /** Which keys were ever attached to a lease. */
    private final Map<Long, Set<KeyLine>> leased = new LinkedHashMap<>();

    void name(String key) {
        lines.computeIfAbsent(key, KeyLine::new);
    }

    void name(Request request) {
        switch (request) {
            case Request.Put put -> {
                name(put.key());
                if (put.lease() > 0) {
                    leased.computeIfAbsent(put.lease(), _ -> new LinkedHashSet<>())
                            .add(lines.get(put.key()));
                }
            }
            case Request.Txn txn -> {
                txn.compares().forEach(compare -> name(compare.key()));
                txn.then().forEach(this::name);
                txn.otherwise().forEach(this::name);
            }
            case Request.Delete delete when delete.end().isEmpty() -> name(delete.key());
            case Request.Range range when range.end().isEmpty() -> name(range.key());
            case Request.Delete _,
                    Request.Range _,
                    Request.Compact _,
                    Request.Grant _,
                    Request.Revoke _,
                    Request.KeepAlive _,
                    Request.Access _ -> {
                // names no key
            }
        }
    }

    KeyLine get(String key) {
        return lines.get(key);
    }

    List<KeyLine> all() {
        return new ArrayList<>(lines.values());
    }

    List<KeyLine> within(String key, String end) {
        if (end.isEmpty()) {
            KeyLine line = lines.get(key);
            return line == null ? List.of() : List.of(line);
        }
        if (end.equals("\0")) {
            return new ArrayList<>(lines.tailMap(key).values());
        }
        return key.compareTo(end) < 0
                ? new ArrayList<>(lines.subMap(key, end).values())
                : List.of();
    }

    /** The keys that the end of a lease may remove. */
    List<KeyLine> attached(long lease) {
        return new ArrayList<>(leased.getOrDefault(lease, new LinkedHashSet<>()));
    }
}
