package dev.whitewater.store.lease;

import dev.whitewater.store.Bytes;

import java.util.NavigableSet;
import java.util.TreeSet;

/** A lease as all members know it: how long it lives, and what dies with it. */
final class Lease {
    final long id;
    final long ttlSeconds;

    /** What the last checkpoint said is left; 0: nothing said, so all of it. */
    long remainingSeconds;

    final NavigableSet<Bytes> keys = new TreeSet<>();

    Lease(long id, long ttlSeconds, long remainingSeconds) {
        this.id = id;
        this.ttlSeconds = ttlSeconds;
        this.remainingSeconds = remainingSeconds;
    }
}
