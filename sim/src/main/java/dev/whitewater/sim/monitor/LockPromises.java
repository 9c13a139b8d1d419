package dev.whitewater.sim.monitor;

import dev.whitewater.sim.Probe;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;

/**
 * M33, mutual exclusion of the lock recipe: whoever believes that it holds a lock was the first in
 * the queue at the revision that told it so; and what is written under the lock is written by who
 * holds it at that very revision, with tokens that never fall. A token is the create revision of
 * the holder's key.
 */
public final class LockPromises {

    private final Truth truth;
    private final Situations situations;
    private long lastToken;
    private long lastRevision;

    LockPromises(Truth truth, Situations situations) {
        this.truth = truth;
        this.situations = situations;
    }

    /** By what a client was told at a revision, it holds the lock. */
    public void held(KeyRange queue, Bytes key, long token, long revision) {
        situations.hit(Probe.LOCK_HELD);
        check("takes the lock", queue, key, token, revision);
    }

    /** A client has written under the lock; the write made {@code revision}. */
    public void wrote(KeyRange queue, Bytes key, long token, long revision) {
        check("writes under the lock", queue, key, token, revision - 1);
        boolean later = revision > lastRevision;
        if (later ? token < lastToken : token > lastToken) {
            throw broken(
                    "token "
                            + token
                            + " writes at revision "
                            + revision
                            + ", but token "
                            + lastToken
                            + " did at "
                            + lastRevision);
        }
        if (later) {
            lastToken = token;
            lastRevision = revision;
        }
    }

    private void check(String what, KeyRange queue, Bytes key, long token, long at) {
        Version own = truth.at(key, at);
        if (!own.isThere() || own.create != token) {
            throw broken(
                    key
                            + " "
                            + what
                            + " with token "
                            + token
                            + ", but at revision "
                            + at
                            + " its key is gone: "
                            + own);
        }
        for (Version other : truth.range(queue, at).values()) {
            if (other.create < token) {
                throw broken(
                        key
                                + " "
                                + what
                                + " with token "
                                + token
                                + " at revision "
                                + at
                                + ", but "
                                + other
                                + " is before it");
            }
        }
    }

    private static Finding broken(String message) {
        return new Finding("M33", "mutual exclusion", message);
    }
}
