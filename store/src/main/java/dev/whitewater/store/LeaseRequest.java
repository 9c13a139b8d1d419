package dev.whitewater.store;

import java.util.List;

/**
 * A command on leases. Whether time is up is for the leader to say; what it says comes as one of
 * these.
 */
public sealed interface LeaseRequest extends Request {

    /**
     * Makes a lease.
     *
     * @param id chosen before the command is proposed, not 0
     * @param ttlSeconds how long it lives without a renewal
     */
    record Grant(long id, long ttlSeconds) implements LeaseRequest {}

    /** Ends a lease and deletes its keys. */
    record Revoke(long id) implements LeaseRequest {}

    /**
     * Notes how much time leases have left, so that a new leader doesn't give them all of it again.
     */
    record Checkpoint(List<Remaining> leases) implements LeaseRequest {
        public Checkpoint {
            leases = List.copyOf(leases);
        }
    }

    /**
     * What a lease has left.
     *
     * @param seconds 0: all its time again, nothing is noted any more
     */
    record Remaining(long id, long seconds) {}
}
