package dev.whitewater.store.auth;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.StateHash;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A set of keys made of many ranges, to ask whether it holds all of one range. Ranges that touch
 * count as one, as in etcd's cache of permissions: who may read [a, c) and [c, e) may read [a, e).
 */
final class Grants {

    /** From a start to the end behind it; disjoint, and no two touch. */
    private final NavigableMap<Bytes, Bytes> closed = new TreeMap<>();

    /** Where everything begins that has no end. */
    private Optional<Bytes> openFrom = Optional.empty();

    void add(KeyRange keys) {
        if (keys.isOpenEnded()) {
            if (openFrom.isEmpty() || keys.start().compareTo(openFrom.get()) < 0) {
                openFrom = Optional.of(keys.start());
            }
            return;
        }
        Bytes from = keys.start();
        Bytes to = end(keys);
        if (from.compareTo(to) >= 0) {
            return;
        }
        Map.Entry<Bytes, Bytes> near = closed.floorEntry(to);
        while (near != null && near.getValue().compareTo(from) >= 0) {
            from = from.compareTo(near.getKey()) < 0 ? from : near.getKey();
            to = to.compareTo(near.getValue()) > 0 ? to : near.getValue();
            closed.remove(near.getKey());
            near = closed.floorEntry(to);
        }
        closed.put(from, to);
    }

    /** Whether all of {@code keys} is in here. */
    boolean covers(KeyRange keys) {
        Map.Entry<Bytes, Bytes> near = closed.floorEntry(keys.start());
        boolean inClosed = near != null && keys.start().compareTo(near.getValue()) <= 0;
        boolean openReaches =
                openFrom.isPresent()
                        && (keys.start().compareTo(openFrom.get()) >= 0
                                || (inClosed && near.getValue().compareTo(openFrom.get()) >= 0));
        if (openReaches) {
            return true;
        }
        return !keys.isOpenEnded()
                && near != null
                && keys.start().compareTo(near.getValue()) < 0
                && end(keys).compareTo(near.getValue()) <= 0;
    }

    private static Bytes end(KeyRange keys) {
        return keys.isSingle() ? keys.start().next() : keys.end();
    }

    long hash() {
        long hash = openFrom.isPresent() ? StateHash.fold(1, openFrom.get().hash64()) : 0;
        for (Map.Entry<Bytes, Bytes> each : closed.entrySet()) {
            hash = StateHash.fold(hash, each.getKey().hash64());
            hash = StateHash.fold(hash, each.getValue().hash64());
        }
        return hash;
    }
}
