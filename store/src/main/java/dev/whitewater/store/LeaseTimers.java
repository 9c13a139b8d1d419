package dev.whitewater.store;

import dev.whitewater.store.lease.Leases;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When leases end: the leader's knowledge, not replicated. Time comes with each call, in
 * nanoseconds of the member's own monotonic clock, never from a wall (etcd issue 12291). What
 * follows from time, the end of a lease or a checkpoint, is proposed by the host as a command.
 *
 * <p>Only a leader that a quorum confirmed in its term may renew, revoke or checkpoint; to make
 * sure of it is the host's business (etcd issue 15247), as is to call {@link #demote} when it is
 * none.
 */
public final class LeaseTimers {
    private static final long NANOS = 1_000_000_000L;

    /** As many as etcd puts into one command. */
    public static final int CHECKPOINTED_AT_ONCE = 1000;

    private static final Comparator<Deadline> SOONEST =
            Comparator.comparingLong(Deadline::nanos).thenComparingLong(Deadline::lease);

    private final NavigableMap<Long, Deadline> deadlines = new TreeMap<>();
    private final NavigableSet<Deadline> byTime = new TreeSet<>(SOONEST);
    private Leases leases;
    private boolean leading;

    LeaseTimers(Leases leases) {
        this.leases = leases;
    }

    private record Deadline(long nanos, long lease) {}

    /**
     * This member leads from now on. Every lease gets what the last checkpoint left of it, or all
     * its time, and {@code extensionNanos} for the renewals that were lost meanwhile (an election
     * timeout).
     */
    public void promote(long nowNanos, long extensionNanos) {
        demote();
        leading = true;
        for (long id : leases.ids()) {
            long remaining = leases.remainingSeconds(id);
            long seconds = remaining > 0 ? remaining : leases.ttlSeconds(id);
            set(id, after(nowNanos + extensionNanos, seconds));
        }
    }

    /** This member no longer leads; it knows nothing about time. */
    public void demote() {
        leading = false;
        deadlines.clear();
        byTime.clear();
    }

    /** Notices leases that came and went; to be called after entries were applied. */
    public void applied(Response response, Request request, long nowNanos) {
        if (!leading || response instanceof Rejected) {
            return;
        }
        switch (Attributed.strip(request)) {
            case LeaseRequest.Grant grant -> set(grant.id(), after(nowNanos, ttl(grant.id())));
            case LeaseRequest.Revoke revoke -> forget(revoke.id());
            case LeaseRequest.Checkpoint checkpoint ->
                    checkpoint.leases().forEach(lease -> noted(lease, nowNanos));
            default -> {
                // Nothing else begins or ends a lease.
            }
        }
    }

    /**
     * That a lease has all its time again counts from the moment it is applied:
     *
     * <ol>
     *   <li>n1 notes that 1 of 9 seconds is left; a renewal clears the note and is answered.
     *   <li>n2, which has that entry but hasn't applied it, is elected and gives the lease 1
     *       second.
     *   <li>It applies the entry: left as it is, the lease would end 8 seconds early.
     * </ol>
     */
    private void noted(LeaseRequest.Remaining lease, long nowNanos) {
        Deadline deadline = deadlines.get(lease.id());
        if (deadline != null && lease.seconds() == 0) {
            set(lease.id(), Math.max(deadline.nanos(), after(nowNanos, ttl(lease.id()))));
        }
    }

    /**
     * Gives a lease all its time again; its TTL in seconds, or empty if there is no such lease any
     * more, which is looked up now and not when the client asked (etcd commit 943f4d296). If {@link
     * #isNoted}, the host must have that cleared first.
     */
    public OptionalLong renew(long id, long nowNanos) {
        if (!leading || !leases.contains(id)) {
            return OptionalLong.empty();
        }
        set(id, after(nowNanos, ttl(id)));
        return OptionalLong.of(ttl(id));
    }

    /** Whether a checkpoint says how much a lease has left, so that a new leader gives it that. */
    public boolean isNoted(long id) {
        return leases.contains(id) && leases.remainingSeconds(id) > 0;
    }

    /** Whether there is no lease that this member, as leader, knows of. */
    public boolean isEmpty() {
        return deadlines.isEmpty();
    }

    /** Whole seconds that a lease has left, rounded down; empty if unknown here. */
    public OptionalLong remainingSeconds(long id, long nowNanos) {
        Deadline deadline = deadlines.get(id);
        return deadline == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, deadline.nanos() - nowNanos) / NANOS);
    }

    /** What a lease has left, less than 0 if it is over or that is unknown here. */
    public long nanosLeft(long id, long nowNanos) {
        Deadline deadline = deadlines.get(id);
        return deadline == null ? -1 : deadline.nanos() - nowNanos;
    }

    /** Up to {@code most} leases whose time is over, the longest over first. */
    public List<Long> expired(long nowNanos, int most) {
        List<Long> ids = new ArrayList<>();
        for (Deadline deadline : byTime) {
            if (deadline.nanos() > nowNanos || ids.size() == most) {
                break;
            }
            ids.add(deadline.lease());
        }
        return ids;
    }

    /** When the next lease ends; {@code Long.MAX_VALUE}: none does. */
    public long nextDeadlineNanos() {
        return byTime.isEmpty() ? Long.MAX_VALUE : byTime.first().nanos();
    }

    /**
     * What to propose as the next checkpoint: of the leases behind {@code after} in the order of
     * ids those that have lived for {@code intervalNanos} since they were granted, renewed or noted
     * last, with what each has left, rounded up so that no leader ends it early by what was noted.
     * Looks at up to {@link #CHECKPOINTED_AT_ONCE} leases, so that neither the look nor the command
     * grows with their number; the host goes on behind the last id of {@link Piece#last}.
     */
    public Piece checkpoint(long nowNanos, long intervalNanos, long after) {
        List<LeaseRequest.Remaining> due = new ArrayList<>();
        long last = after;
        int looked = 0;
        for (Deadline deadline : deadlines.tailMap(after, false).values()) {
            if (looked++ == CHECKPOINTED_AT_ONCE) {
                return new Piece(due, last, true);
            }
            last = deadline.lease();
            long left = deadline.nanos() - nowNanos;
            long seconds = left / NANOS + (left % NANOS > 0 ? 1 : 0);
            long known = isNoted(last) ? leases.remainingSeconds(last) : ttl(last);
            boolean isNews = seconds < known && known * NANOS - left >= intervalNanos;
            if (left > 0 && isNews) {
                due.add(new LeaseRequest.Remaining(last, seconds));
            }
        }
        return new Piece(due, last, false);
    }

    /**
     * A piece of a checkpoint.
     *
     * @param due to be proposed, if it isn't empty
     * @param last the lease that was looked at last
     * @param more whether there are leases behind it
     */
    public record Piece(List<LeaseRequest.Remaining> due, long last, boolean more) {}

    /** Goes on over another store, after a snapshot; times are unknown until the next promotion. */
    public void moveTo(Store store) {
        demote();
        leases = store.leases();
    }

    private long ttl(long id) {
        return leases.ttlSeconds(id);
    }

    private void set(long id, long nanos) {
        forget(id);
        Deadline deadline = new Deadline(nanos, id);
        deadlines.put(id, deadline);
        byTime.add(deadline);
    }

    private void forget(long id) {
        Deadline deadline = deadlines.remove(id);
        if (deadline != null) {
            byTime.remove(deadline);
        }
    }

    /** That many seconds later, or the end of time: the longest TTL is close to it. */
    private static long after(long nanos, long seconds) {
        long most = (Long.MAX_VALUE - 1 - Math.max(0, nanos)) / NANOS;
        return nanos + Math.min(seconds, most) * NANOS;
    }
}
