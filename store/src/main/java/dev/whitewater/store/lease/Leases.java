package dev.whitewater.store.lease;

import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.StateHash;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The leases and which keys hang on them: the replicated part, without any clock. Keys come out in
 * key order, because the order in which a revoked lease's keys are deleted gives them their
 * sub-revisions (etcd issue 6558).
 */
public final class Leases {

    /** About 285 years; what etcd takes at most. */
    public static final long TTL_SECONDS_MAX = 9_000_000_000L;

    private final NavigableMap<Long, Lease> leases = new TreeMap<>();

    /** Which lease a key hangs on; only keys that hang on one. */
    private final NavigableMap<Bytes, Lease> holders = new TreeMap<>();

    private long hash;

    public boolean contains(long id) {
        return leases.containsKey(id);
    }

    /** All ids, ascending. */
    public List<Long> ids() {
        return List.copyOf(leases.keySet());
    }

    public int size() {
        return leases.size();
    }

    /** Shows all leases by id, in one pass. */
    public void forEach(Visitor visitor) {
        for (Lease lease : leases.values()) {
            visitor.visit(lease.id, lease.ttlSeconds, lease.remainingSeconds);
        }
    }

    /** Adds a lease, whose id must be free. */
    public void grant(long id, long ttlSeconds, long remainingSeconds) {
        Lease lease = new Lease(id, ttlSeconds, remainingSeconds);
        if (id == 0 || leases.putIfAbsent(id, lease) != null) {
            throw new BrokenInvariant("lease-id-is-free", Long.toHexString(id));
        }
        hash += fact(lease);
    }

    /** Takes a lease away, whose keys must be gone already. */
    public void revoke(long id) {
        Lease lease = get(id);
        if (!lease.keys.isEmpty()) {
            throw new BrokenInvariant(
                    "revoked-lease-holds-no-key",
                    Long.toHexString(id) + " holds " + lease.keys.first());
        }
        leases.remove(id);
        hash -= fact(lease);
    }

    /** Notes what a lease has left, if it exists. */
    public void checkpoint(long id, long remainingSeconds) {
        Lease lease = leases.get(id);
        if (lease != null) {
            hash -= fact(lease);
            lease.remainingSeconds = remainingSeconds;
            hash += fact(lease);
        }
    }

    /** From now on the key hangs on this lease alone; 0: on none. */
    public void attach(Bytes key, long id) {
        if (id != 0) {
            Lease lease = get(id);
            Lease before = holders.put(key, lease);
            if (before == lease) {
                return;
            }
            if (before != null) {
                drop(before, key);
            }
            lease.keys.add(key);
            hash += attachment(lease, key);
        } else if (!holders.isEmpty()) {
            Lease before = holders.remove(key);
            if (before != null) {
                drop(before, key);
            }
        }
    }

    /** The keys that hang on a lease, in order. */
    public List<Bytes> keys(long id) {
        return new ArrayList<>(get(id).keys);
    }

    public long ttlSeconds(long id) {
        return get(id).ttlSeconds;
    }

    /** What the last checkpoint left of it, 0 if there was none. */
    public long remainingSeconds(long id) {
        return get(id).remainingSeconds;
    }

    /** Over leases and attachments; O(1). */
    public long hash() {
        return hash;
    }

    private Lease get(long id) {
        Lease lease = leases.get(id);
        if (lease == null) {
            throw new BrokenInvariant("lease-exists", Long.toHexString(id));
        }
        return lease;
    }

    private void drop(Lease lease, Bytes key) {
        lease.keys.remove(key);
        hash -= attachment(lease, key);
    }

    private static long fact(Lease lease) {
        return StateHash.fold(
                StateHash.fold(StateHash.fold(1, lease.id), lease.ttlSeconds),
                lease.remainingSeconds);
    }

    private static long attachment(Lease lease, Bytes key) {
        return StateHash.fold(StateHash.fold(2, lease.id), key.hash64());
    }

    /** Whoever is shown leases; what remains is 0 if no checkpoint said. */
    @FunctionalInterface
    public interface Visitor {
        void visit(long id, long ttlSeconds, long remainingSeconds);
    }
}
