package dev.whitewater.checker.etcd;

import dev.whitewater.checker.value.Value;

import java.util.List;

/**
 * What clients ask of etcd's store. A range is from {@code key} up to {@code end}, without it; an
 * empty end means the key alone, and "\0" all keys from there on.
 */
public sealed interface Request {
    /** What is there, now or ({@code at} not 0) at a revision; at most {@code limit} if not 0. */
    record Range(String key, String end, long limit, long at, boolean serializable)
            implements Request {}

    record Put(String key, Value value, long lease) implements Request {}

    record Delete(String key, String end) implements Request {}

    /** One list or the other, all at once, by whether all comparisons hold. */
    record Txn(List<Compare> compares, List<Request> then, List<Request> otherwise)
            implements Request {}

    /** Forgets what was before this revision. */
    record Compact(long at) implements Request {}

    record Grant(long lease) implements Request {}

    /** Ends a lease and removes its keys. */
    record Revoke(long lease) implements Request {}

    record KeepAlive(long lease) implements Request {}

    /** A change of who may do what; the store doesn't see it. */
    record Access() implements Request {}

    /** One comparison; over a range it must hold for every key there. */
    record Compare(String key, String end, Target target, Relation relation, Value to) {}

    /** What is compared. */
    enum Target {
        VALUE,
        VERSION,
        CREATE,
        MOD,
        LEASE
    }

    /** How it is compared. */
    enum Relation {
        EQUAL,
        UNEQUAL,
        LESS,
        GREATER
    }

    /** Whether a key is in a range. */
    static boolean covers(String key, String end, String other) {
        if (end.isEmpty()) {
            return key.equals(other);
        }
        return other.compareTo(key) >= 0 && (end.equals("\0") || other.compareTo(end) < 0);
    }
}
