package dev.whitewater.sim.monitor;

import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.LeaseResponse;

/** A lease that clients were granted and that every member has lost sight of. */
public final class PhantomLease {

    private PhantomLease() {}

    public static void grant(LeasePromises leases, long id, long seconds) {
        leases.applied(
                new LeasePromises.By(1, 1, 1, false),
                new LeaseRequest.Grant(id, seconds),
                new LeaseResponse.Granted(1, id, seconds));
    }
}
