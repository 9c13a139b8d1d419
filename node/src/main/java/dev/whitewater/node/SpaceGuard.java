package dev.whitewater.node;

import dev.whitewater.store.Alarm;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Request;
import dev.whitewater.store.Store;

/**
 * Refuses what this member has no room for before it is proposed, and has an alarm raised about it,
 * by which all members then refuse what needs room (etcd's quota). The alarm stands until an
 * operator clears it, whatever room there is by then.
 *
 * <p>How much room is taken differs between members, so a member judges only what its own clients
 * ask for, and never while it applies.
 */
final class SpaceGuard {

    private final Alarm alarm;
    private final long quotaBytes;
    private final long patienceNanos;
    private boolean full;
    private long notBefore;

    /**
     * A guard.
     *
     * @param quotaBytes that versions may take; 0: no bound
     * @param patienceNanos after which an alarm that didn't come to be is asked for again
     */
    SpaceGuard(long member, long quotaBytes, long patienceNanos) {
        alarm = new Alarm(member, Alarm.Kind.NO_SPACE);
        this.quotaBytes = quotaBytes;
        this.patienceNanos = patienceNanos;
    }

    boolean refuses(Store store, Request request) {
        boolean refuses = store.exceedsQuota(request, quotaBytes);
        full |= refuses;
        return refuses;
    }

    /** Whether to ask for the alarm now, with {@link #alarm}. */
    boolean mustAlarm(Store store, long now) {
        if (!full) {
            return false;
        }
        full = false;
        if (now < notBefore || store.alarms().contains(alarm)) {
            return false;
        }
        notBefore = now + patienceNanos;
        return true;
    }

    ClientRequest.Write alarm() {
        return new ClientRequest.Write(
                Attributed.member(new MaintenanceRequest.RaiseAlarm(alarm)),
                ClientRequest.Manner.FORWARDED);
    }
}
