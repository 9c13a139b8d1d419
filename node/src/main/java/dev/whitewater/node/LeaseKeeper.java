package dev.whitewater.node;

import dev.whitewater.node.port.Reply;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.LeaseTimers;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;
import dev.whitewater.store.Store;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Ends leases whose time is over, and knows how much the others have left: the leader alone, by its
 * own clock (etcd's {@code lessor}). A new leader gives every lease its time again, and an election
 * timeout for the renewals that were lost meanwhile.
 */
final class LeaseKeeper {

    /** Leases that are on their way out at once. */
    private static final int ENDING_MOST = 64;

    /** When to look again while some are on their way out (etcd's pace). */
    private static final long PAUSE_NANOS = 500_000_000;

    private final long extensionNanos;
    private final LeaseTimers timers;

    /** Leases whose end is proposed in this leadership. */
    private final TreeSet<Long> ending = new TreeSet<>();

    private Store store;
    private long ledTerm;
    private long notBefore;

    LeaseKeeper(Store store, long extensionNanos) {
        this.store = store;
        this.extensionNanos = extensionNanos;
        timers = store.leaseTimers();
    }

    /** Goes on over another store, after a snapshot. */
    void moveTo(Store other) {
        store = other;
        timers.moveTo(other);
        ending.clear();
        ledTerm = 0;
    }

    /** Notices that this member leads, or does no more. */
    void observe(RoleKind role, long term, long now) {
        boolean leads = role == RoleKind.LEADER;
        if (leads && ledTerm != term) {
            ending.clear();
            ledTerm = term;
            timers.promote(now, extensionNanos);
        } else if (!leads && ledTerm != 0) {
            ending.clear();
            ledTerm = 0;
            timers.demote();
        }
    }

    void applied(Request request, Response response, long now) {
        if (Attributed.strip(request) instanceof LeaseRequest lease) {
            timers.applied(response, request, now);
            if (lease instanceof LeaseRequest.Revoke revoke) {
                ending.remove(revoke.id());
            }
        }
    }

    /** The leases to end now; the caller proposes it and says so with {@link #ends}. */
    List<Long> due(long now) {
        if (ledTerm == 0 || timers.nextDeadlineNanos() > now || now < notBefore) {
            return List.of();
        }
        if (ending.size() >= ENDING_MOST) {
            return List.of();
        }
        List<Long> due = new ArrayList<>(timers.expired(now, ENDING_MOST));
        due.removeAll(ending);
        return due;
    }

    void ends(long id) {
        ending.add(id);
    }

    /**
     * The end of a lease could not be proposed, since leadership is being handed over or too much
     * waits already. It is due all the time until then: without a pause the member would do nothing
     * but look.
     */
    void postponed(long now) {
        notBefore = now + PAUSE_NANOS;
    }

    /** A lease whose end is proposed can't be saved any more. */
    Reply.LeaseTold renew(long id, long now) {
        OptionalLong seconds = ending.contains(id) ? OptionalLong.empty() : timers.renew(id, now);
        return seconds.isEmpty()
                ? Reply.LeaseTold.none(id)
                : new Reply.LeaseTold(id, seconds.getAsLong(), seconds.getAsLong(), List.of());
    }

    Reply.LeaseTold timeLeft(long id, boolean keys, long now) {
        OptionalLong granted = store.leaseSeconds(id);
        OptionalLong left = timers.remainingSeconds(id, now);
        return granted.isEmpty() || left.isEmpty()
                ? Reply.LeaseTold.none(id)
                : new Reply.LeaseTold(
                        id,
                        left.getAsLong(),
                        granted.getAsLong(),
                        keys ? store.leaseKeys(id) : List.of());
    }

    long nextDeadline(long now) {
        if (ledTerm == 0) {
            return Long.MAX_VALUE;
        }
        return ending.isEmpty()
                ? Math.max(notBefore, timers.nextDeadlineNanos())
                : now + PAUSE_NANOS;
    }
}
