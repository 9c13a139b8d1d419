package dev.whitewater.store.auth;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Permission;
import dev.whitewater.store.StateHash;

import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A role: what it may do with which keys. */
final class Role {
    private static final Comparator<KeyRange> BY_KEY =
            Comparator.comparing(KeyRange::start).thenComparing(KeyRange::end);

    final Bytes name;
    final NavigableMap<KeyRange, Permission.Access> permissions = new TreeMap<>(BY_KEY);

    Role(Bytes name) {
        this.name = name;
    }

    long fact() {
        long fact = StateHash.fold(6, name.hash64());
        for (var each : permissions.entrySet()) {
            fact = StateHash.fold(fact, each.getKey().start().hash64());
            fact = StateHash.fold(fact, each.getKey().end().hash64());
            fact = StateHash.fold(fact, code(each.getValue()));
        }
        return fact;
    }

    private static int code(Permission.Access access) {
        return (access.reads() ? 1 : 0) | (access.writes() ? 2 : 0);
    }
}
