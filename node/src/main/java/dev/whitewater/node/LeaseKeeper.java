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
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Ends leases whose time is over, and knows how much the others have left: the leader alone, by its
 * own clock (etcd's {@code lessor}). A new leader gives every lease its time again, or what the
 * last checkpoint left of it, and an election timeout for the renewals that were lost meanwhile.
 */
final class LeaseKeeper {

    /** Leases that are on their way out at once. */
    private static final int ENDING_MOST = 64;

    /** When to look again while some are on their way out (etcd's pace). */
    private static final long PAUSE_NANOS = 500_000_000;

    private final Settings settings;
    private final Predicate<Request> proposer;
    private final LeaseTimers timers;

    /** Leases whose end is proposed in this leadership. */
    private final TreeSet<Long> ending = new TreeSet<>();

    /** Leases of which a checkpoint is proposed in this leadership and not applied yet. */
    private final TreeSet<Long> underWay = new TreeSet<>();

    /** Who waits until nothing is noted of a lease any more, so that a renewal will last. */
    private final TreeMap<Long, List<Renewal>> waiting = new TreeMap<>();

    /** For which of those that is proposed. */
    private final TreeSet<Long> clearing = new TreeSet<>();

    private Store store;
    private long ledTerm;
    private long notBefore;
    private long nextNote;
    private long notedUpTo = Long.MIN_VALUE;

    /**
     * How leases are kept.
     *
     * @param extensionNanos what a new leader gives each lease beside its time
     * @param checkpointNanos how often it is noted what they have left; 0: never
     */
    record Settings(long extensionNanos, long checkpointNanos) {}

    /** Somebody who wants a lease to have all its time again. */
    interface Renewal {
        long deadline();

        void told(Reply.LeaseTold told);

        /** This member can't tell; it may not lead any more. */
        void again();
    }

    /**
     * A keeper.
     *
     * @param proposer proposes a command of the member itself; false if that can't be done now
     */
    LeaseKeeper(Store store, Settings settings, Predicate<Request> proposer) {
        this.store = store;
        this.settings = settings;
        this.proposer = proposer;
        timers = store.leaseTimers();
    }

    /** Goes on over another store, after a snapshot. */
    void moveTo(Store other) {
        store = other;
        timers.moveTo(other);
        ledTerm = 0;
        forget();
    }

    /** Notices that this member leads, or does no more. */
    void observe(RoleKind role, long term, long now) {
        boolean leads = role == RoleKind.LEADER;
        if (leads && ledTerm != term) {
            forget();
            ledTerm = term;
            nextNote = now + settings.checkpointNanos();
            timers.promote(now, settings.extensionNanos());
        } else if (!leads && ledTerm != 0) {
            ledTerm = 0;
            timers.demote();
            forget();
        }
    }

    /** What this member proposed as a leader may never come to be. */
    private void forget() {
        ending.clear();
        underWay.clear();
        giveBack();
    }

    /** Whoever waits must ask again. */
    void giveBack() {
        clearing.clear();
        List<Renewal> all = new ArrayList<>();
        waiting.values().forEach(all::addAll);
        waiting.clear();
        all.forEach(Renewal::again);
    }

    void applied(Request request, Response response, long now) {
        if (!(Attributed.strip(request) instanceof LeaseRequest lease)) {
            return;
        }
        timers.applied(response, request, now);
        switch (lease) {
            case LeaseRequest.Grant _ -> {
                // Nobody waits for one.
            }
            case LeaseRequest.Revoke revoke -> {
                ending.remove(revoke.id());
                answer(revoke.id(), now);
            }
            case LeaseRequest.Checkpoint checkpoint -> {
                for (LeaseRequest.Remaining noted : checkpoint.leases()) {
                    underWay.remove(noted.id());
                    if (noted.seconds() == 0) {
                        answer(noted.id(), now);
                    }
                }
            }
        }
    }

    private void answer(long id, long now) {
        clearing.remove(id);
        List<Renewal> renewals = waiting.remove(id);
        if (renewals != null) {
            for (Renewal renewal : renewals) {
                renewal.told(renewed(id, now));
            }
        }
    }

    /**
     * Proposes what time and renewals ask for; what is proposed counts when it is applied. Nothing
     * is noted before the log of earlier terms is applied: what those leaders said of a lease could
     * be taken for the end of this one's note, which a renewal would overtake then.
     *
     * @param appliedTerm the term of the last entry that was applied; 0 if that isn't known
     */
    void turn(RoleKind role, long term, long appliedTerm, long now) {
        observe(role, term, now);
        if (ledTerm == 0 || now < notBefore) {
            return;
        }
        if (timers.nextDeadlineNanos() <= now) {
            end(now);
        }
        if (!waiting.isEmpty()) {
            giveUpLate(now);
            clear(now);
        }
        if (settings.checkpointNanos() > 0 && now >= nextNote && !timers.isEmpty()) {
            if (appliedTerm == ledTerm) {
                note(now);
            } else {
                nextNote = now + Math.min(PAUSE_NANOS, settings.checkpointNanos());
            }
        }
    }

    private void end(long now) {
        if (ending.size() >= ENDING_MOST) {
            return;
        }
        List<Long> due = timers.expired(now, ENDING_MOST);
        due.removeAll(ending);
        for (long lease : due) {
            if (!propose(new LeaseRequest.Revoke(lease), now)) {
                return;
            }
            ending.add(lease);
        }
    }

    private void giveUpLate(long now) {
        List<Renewal> late = new ArrayList<>();
        for (List<Renewal> renewals : waiting.values()) {
            for (Renewal renewal : renewals) {
                if (renewal.deadline() <= now) {
                    late.add(renewal);
                }
            }
        }
        if (!late.isEmpty()) {
            waiting.values().forEach(renewals -> renewals.removeAll(late));
            waiting.values().removeIf(Collection::isEmpty);
            late.forEach(Renewal::again);
        }
    }

    private void clear(long now) {
        List<LeaseRequest.Remaining> all = new ArrayList<>();
        for (long id : waiting.keySet()) {
            if (!clearing.contains(id)) {
                all.add(new LeaseRequest.Remaining(id, 0));
            }
        }
        if (!all.isEmpty() && propose(new LeaseRequest.Checkpoint(all), now)) {
            all.forEach(lease -> clearing.add(lease.id()));
        }
    }

    /** One piece of what leases have left; a lease that is being renewed will have all. */
    private void note(long now) {
        LeaseTimers.Piece piece = timers.checkpoint(now, settings.checkpointNanos(), notedUpTo);
        notedUpTo = piece.more() ? piece.last() : Long.MIN_VALUE;
        nextNote = piece.more() ? now : now + settings.checkpointNanos();
        List<LeaseRequest.Remaining> due = new ArrayList<>(piece.due());
        due.removeIf(lease -> waiting.containsKey(lease.id()) || clearing.contains(lease.id()));
        if (!due.isEmpty() && propose(new LeaseRequest.Checkpoint(due), now)) {
            due.forEach(lease -> underWay.add(lease.id()));
        }
    }

    /**
     * If leadership is being handed over or too much waits already, a lease is due all the time
     * until then: without a pause the member would do nothing but look.
     */
    private boolean propose(LeaseRequest request, long now) {
        boolean accepted = proposer.test(Attributed.member(request));
        if (!accepted) {
            notBefore = now + PAUSE_NANOS;
        }
        return accepted;
    }

    /**
     * Gives a lease all its time again. If something is noted of it, or about to be, that is
     * cleared first: whoever leads next must not go by it after the client was told (etcd clears it
     * likewise, but counts a renewal that overtakes a checkpoint on its way as done).
     */
    void renew(long id, Renewal renewal, long now) {
        if (!ending.contains(id) && (timers.isNoted(id) || underWay.contains(id))) {
            waiting.computeIfAbsent(id, _ -> new ArrayList<>()).add(renewal);
        } else {
            renewal.told(renewed(id, now));
        }
    }

    /** A lease whose end is proposed can't be saved any more. */
    private Reply.LeaseTold renewed(long id, long now) {
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

    long nanosLeft(long id, long now) {
        return timers.nanosLeft(id, now);
    }

    long nextDeadline(long now) {
        if (ledTerm == 0) {
            return Long.MAX_VALUE;
        }
        long next = ending.isEmpty() ? timers.nextDeadlineNanos() : now + PAUSE_NANOS;
        if (!waiting.isEmpty()) {
            boolean all = clearing.containsAll(waiting.keySet());
            next = all ? Math.min(next, now + PAUSE_NANOS) : now;
        }
        if (settings.checkpointNanos() > 0 && !timers.isEmpty()) {
            next = Math.min(next, nextNote);
        }
        return Math.max(notBefore, next);
    }
}
