package dev.whitewater.sim.monitor;

import dev.whitewater.node.LeaseView;
import dev.whitewater.sim.Probe;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What is promised to those who hold leases:
 *
 * <ul>
 *   <li>M30 not early: a member lets a lease end only when, by its own clock, all its time has
 *       passed since it was granted and since any renewal that was answered with success was asked
 *       for; and a new leader gives a lease all its time, and an election timeout more;
 *   <li>M31 not never: a new leader gives a lease no more than the last checkpoint left of it (or
 *       all its time, if there was none) and an election timeout, and only who asked for a renewal
 *       gets all of it again: else a lease outlives any number of elections;
 *   <li>M32 truthful: who asks for a renewal when the lease is gone isn't told that it has it.
 * </ul>
 *
 * <p>The member's own clock counts, since no other tells it anything: a clock that jumps forward
 * ends leases early, and that is within what a lease promises. A checkpoint passes on what one
 * member's clock told: it must not say less than is left by that, and then holds for all. That
 * leases end at all is also looked at when all faults are over.
 */
public final class LeasePromises {

    private static final long NANOS = 1_000_000_000L;
    private static final long[] NOTHING_NOTED = {};

    private final Clocks clocks;
    private final Situations situations;
    private final long extensionNanos;
    private final TreeMap<Long, Lease> leases = new TreeMap<>();

    /** What each member's clock showed when it became leader last. */
    private final long[] promotedReading;

    private final long[] promotedTerm;

    /** What it had applied before: leases that it came to know later are not given more. */
    private final long[] promotedApplied;

    private int alive;
    private final LeaseNotes notes;

    /** Answers to renewals that the event in progress handed out. */
    private final List<Handed> handed = new ArrayList<>();

    /** What the members' clocks show now. */
    public interface Clocks {
        long now();

        long reading(int member);
    }

    private static final class Lease {
        private final long ttlNanos;
        private final long index;
        private final long[] since;
        private boolean wasAsked;

        /** What the last checkpoint left of it, and the entry that did; all of it at first. */
        private long notedNanos;

        private long notedIndex;
        private long notedAt = -1;

        /** The least that any checkpoint left of it. */
        private long leastNanos;

        /** When it would have been granted, by each clock, to have that much left now. */
        private long[] notedSince = NOTHING_NOTED;

        private int keptIn;
        private boolean gone;
        private long goneAt;
        private int expirer;
        private long expirerReading;

        Lease(long ttlNanos, long index, long[] since) {
            this.ttlNanos = ttlNanos;
            notedNanos = ttlNanos;
            leastNanos = ttlNanos;
            this.index = index;
            notedIndex = index;
            this.since = since;
        }
    }

    /** Whose command it is, and where it stands in the log. */
    record By(int proposer, long index, long term, boolean own) {}

    /** When a renewal was asked for, by all clocks. */
    public record Asked(long lease, long at, long[] readings) {}

    LeasePromises(Clocks clocks, Situations situations, int members, Monitors.Pace pace) {
        this.clocks = clocks;
        this.situations = situations;
        extensionNanos = pace.electionTimeoutNanos();
        notes = new LeaseNotes(clocks, members, pace.leaseNotesNanos(), extensionNanos);
        promotedReading = new long[members + 1];
        promotedTerm = new long[members + 1];
        promotedApplied = new long[members + 1];
    }

    private long[] readings() {
        long[] readings = new long[promotedReading.length];
        for (int member = 1; member < readings.length; member++) {
            readings[member] = clocks.reading(member);
        }
        return readings;
    }

    /** How many leases there are. */
    public int alive() {
        return alive;
    }

    /** A client is about to ask for a renewal. */
    public Asked asks(long id) {
        Lease lease = leases.get(id);
        if (lease != null) {
            lease.wasAsked = true;
        }
        return new Asked(id, clocks.now(), readings());
    }

    void after(MemberState member, LeaseView times) {
        if (member.isLeader()
                && (member.roleBefore != member.role || member.termBefore != member.term)) {
            promotedReading[member.number()] = clocks.reading(member.number());
            promotedTerm[member.number()] = member.term;
            promotedApplied[member.number()] = member.appliedBefore;
            leases.forEach((id, lease) -> promoted(member, id, lease, times));
        } else if (member.isLeader() && member.applied > member.appliedBefore && alive > 0) {
            noted(member, times);
        }
    }

    private void noted(MemberState leader, LeaseView times) {
        long worked = notes.worked(leader);
        if (worked > 0) {
            leases.forEach(
                    (id, lease) -> {
                        if (!lease.gone && !lease.wasAsked) {
                            long left = times.leaseNanosLeft(id);
                            notes.look(leader, worked, id, left, lease.notedNanos);
                        }
                    });
        }
    }

    private void promoted(MemberState member, long id, Lease lease, LeaseView times) {
        if (lease.gone || lease.notedIndex > member.appliedBefore) {
            return;
        }
        if (lease.notedNanos < lease.ttlNanos) {
            situations.hit(Probe.LEASE_CHECKPOINT_TAKEN_UP);
        }
        long left = times.leaseNanosLeft(id);
        if (left > lease.notedNanos + extensionNanos) {
            throw new Finding(
                    "M31",
                    "lease not never",
                    member
                            + " begins to lead and gives lease "
                            + id
                            + " "
                            + left / 1_000_000
                            + " ms, but only "
                            + lease.notedNanos / 1_000_000
                            + " ms were left of it");
        }
    }

    /**
     * A command is applied for the first time anywhere.
     *
     * @param by who proposed it, in which term, and whether for itself
     */
    void applied(By by, Request request, Response response) {
        if (response instanceof Rejected) {
            return;
        }
        switch (Attributed.strip(request)) {
            case LeaseRequest.Grant grant -> {
                long ttl = Math.min(grant.ttlSeconds(), Long.MAX_VALUE / NANOS) * NANOS;
                leases.put(grant.id(), new Lease(ttl, by.index(), readings()));
                alive++;
            }
            case LeaseRequest.Revoke revoke -> ends(revoke.id(), by);
            case LeaseRequest.Checkpoint checkpoint -> {
                for (LeaseRequest.Remaining left : checkpoint.leases()) {
                    noted(left, by);
                }
            }
            default -> {
                // Nothing else begins or ends a lease.
            }
        }
    }

    private void noted(LeaseRequest.Remaining left, By by) {
        Lease lease = leases.get(left.id());
        if (lease == null || lease.gone) {
            return;
        }
        lease.notedIndex = by.index();
        if (left.seconds() == 0) {
            cleared(left.id(), lease);
            return;
        }
        lease.notedNanos = left.seconds() * NANOS;
        lease.leastNanos = Math.min(lease.leastNanos, lease.notedNanos);
        lease.notedAt = clocks.now();
        long used = lease.ttlNanos - lease.notedNanos;
        long lived = clocks.reading(by.proposer()) - lease.since[by.proposer()];
        if (lived < used) {
            throw new Finding(
                    "M30",
                    "lease not early",
                    "n"
                            + by.proposer()
                            + " notes that lease "
                            + left.id()
                            + " has used up "
                            + used / 1_000_000
                            + " ms, but "
                            + lived / 1_000_000
                            + " ms have passed by its own clock");
        }
        long[] since = readings();
        for (int member = 1; member < since.length; member++) {
            since[member] -= used;
            lease.since[member] = Math.min(lease.since[member], since[member]);
        }
        lease.notedSince = since;
    }

    /** A checkpoint says that the lease has all its time again. */
    private void cleared(long id, Lease lease) {
        situations.hit(Probe.LEASE_CHECKPOINT_CLEARED);
        if (!lease.wasAsked) {
            throw new Finding(
                    "M31",
                    "lease not never",
                    "lease " + id + " has all its time again, which nobody asked for");
        }
        lease.notedNanos = lease.ttlNanos;
        lease.notedSince = NOTHING_NOTED;
    }

    /** From when a renewal counts: what was noted after it was asked for is as good. */
    private static long[] since(Lease lease, Asked asked) {
        if (lease.notedSince.length == 0 || lease.notedAt < asked.at()) {
            return asked.readings();
        }
        long[] since = asked.readings().clone();
        for (int member = 1; member < since.length; member++) {
            since[member] = Math.min(since[member], lease.notedSince[member]);
        }
        return since;
    }

    private void ends(long id, By by) {
        int expirer = by.own() ? by.proposer() : 0;
        Lease lease = leases.get(id);
        if (lease == null || lease.gone) {
            return;
        }
        alive--;
        notes.gone(id);
        lease.gone = true;
        lease.goneAt = clocks.now();
        lease.expirer = expirer;
        if (expirer == 0) {
            return;
        }
        situations.hit(Probe.LEASE_EXPIRED);
        lease.expirerReading = clocks.reading(expirer);
        early(id, lease, lease.since, lease.ttlNanos);
        boolean whole =
                !lease.wasAsked
                        && promotedTerm[expirer] == by.term()
                        && lease.index <= promotedApplied[expirer];
        if (whole) {
            situations.hit(Probe.LEASE_EXTENDED_BY_NEW_LEADER);
            afterPromotion(id, lease);
        }
    }

    private void early(long id, Lease lease, long[] since, long due) {
        long lived = lease.expirerReading - since[lease.expirer];
        if (lived < due) {
            throw new Finding(
                    "M30",
                    "lease not early",
                    "n"
                            + lease.expirer
                            + " lets lease "
                            + id
                            + " end after "
                            + lived / 1_000_000
                            + " ms of "
                            + due / 1_000_000
                            + " by its own clock");
        }
    }

    /** Nobody asked to renew it, so the whole of it runs from the promotion of who ended it. */
    private void afterPromotion(long id, Lease lease) {
        long[] since = new long[promotedReading.length];
        Arrays.fill(since, promotedReading[lease.expirer]);
        early(id, lease, since, lease.leastNanos + extensionNanos);
    }

    private record Handed(Asked asked, int leaderTerm) {}

    /**
     * A member hands out the answer to a renewal. It is judged when the event is over: what the
     * member applied before, in the same event, is not known here yet.
     */
    public void hands(Asked asked, int leaderTerm) {
        handed.add(new Handed(asked, leaderTerm));
    }

    /** All that the event applied is known. */
    void settled() {
        if (!handed.isEmpty()) {
            handed.forEach(answer -> kept(answer.asked(), answer.leaderTerm()));
            handed.clear();
        }
    }

    /** The lease has all its time again. */
    void kept(Asked asked, int leaderTerm) {
        Lease lease = leases.get(asked.lease());
        if (lease == null) {
            throw untrue(asked, "was never granted");
        }
        if (!lease.gone) {
            situations.hit(Probe.LEASE_KEPT);
            if (lease.keptIn != 0 && lease.keptIn != leaderTerm) {
                situations.hit(Probe.LEASE_KEPT_OVER_LEADER_CHANGE);
            }
            lease.keptIn = leaderTerm;
            long[] since = since(lease, asked);
            for (int member = 1; member < lease.since.length; member++) {
                lease.since[member] = Math.max(lease.since[member], since[member]);
            }
            return;
        }
        if (lease.goneAt < asked.at()) {
            throw untrue(asked, "was gone when that was asked for");
        }
        if (lease.expirer != 0) {
            early(asked.lease(), lease, since(lease, asked), lease.ttlNanos);
        }
    }

    private static Finding untrue(Asked asked, String why) {
        return new Finding(
                "M32",
                "lease truthful",
                "a client is told that it renewed lease " + asked.lease() + ", which " + why);
    }
}
