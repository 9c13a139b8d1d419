package dev.whitewater.checker.etcd;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * From when to when leases must have been there, by answers: who was answered by one found it, and
 * after its revocation nobody does. Of an id that was granted more than once nothing is said.
 */
final class Leases {
    private final Map<Long, Long> used = new LinkedHashMap<>();
    private final Map<Long, Long> ended = new LinkedHashMap<>();
    private final Set<Long> granted = new LinkedHashSet<>();
    private final Set<Long> again = new LinkedHashSet<>();

    void granted(long lease) {
        if (!granted.add(lease)) {
            again.add(lease);
        }
    }

    /** Notes what an answer at a revision tells. */
    void learn(Request request, Reply reply, long revision) {
        if (reply instanceof Reply.Failed) {
            return;
        }
        switch (request) {
            case Request.Put put -> used.merge(put.lease(), revision, Math::max);
            case Request.KeepAlive(long lease) -> used.merge(lease, revision, Math::max);
            case Request.Revoke(long lease) -> ended.merge(lease, revision, Math::min);
            case Request.Txn txn -> {
                if (reply instanceof Reply.Branch(int succeeded, var _) && succeeded >= 0) {
                    for (Request step : succeeded == 1 ? txn.then() : txn.otherwise()) {
                        learn(step, Reply.UNTOLD, revision);
                    }
                }
            }
            case Request.Range _,
                    Request.Delete _,
                    Request.Compact _,
                    Request.Grant _,
                    Request.Access _ -> {
                // uses none
            }
        }
    }

    /** Whether nobody but the one who was answered can have ended a lease. */
    boolean isRevoked(long lease) {
        return !again.contains(lease) && ended.containsKey(lease);
    }

    /** The last revision at which a lease was surely there. */
    long lastUse(long lease) {
        return lease == 0 || again.contains(lease) ? 0 : used.getOrDefault(lease, 0L);
    }

    /** The last revision that a put with a lease can have made. */
    long end(long lease) {
        return isRevoked(lease) ? ended.get(lease) : Long.MAX_VALUE;
    }
}
