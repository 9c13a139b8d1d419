package dev.whitewater.sim.plan;

/**
 * How long a healed cluster may take until it has a leader, has served a fresh write and a fresh
 * read, and all its members are equal. Derived from the plan's own delays, so that a slow network
 * is never blamed and a stuck cluster always is.
 *
 * <ol>
 *   <li>What faults left behind drains: frames under way and commands in the disks' queues take at
 *       most {@code late} and {@code stall} more.
 *   <li>A member restarts and recovers: some tens of disk commands.
 *   <li>An election: a follower notices after at most two election timeouts; a round of PreVote and
 *       a round of votes each cost two deliveries and a write. Attempts may split; the jitter is
 *       one election timeout wide, so for members whose rounds are short against it each attempt
 *       fails with probability well below 1/2, and {@link #ATTEMPTS} attempts fail with probability
 *       below 2^-ATTEMPTS. Losing a frame costs an attempt as well.
 *   <li>The tail of a follower is found: one round trip per {@link #ROUNDS}. It is shipped: one
 *       round trip for every entry it lacks, since an append may be bounded to one entry, and one
 *       append at a time.
 *   <li>Where the plan changes the membership, an operator brings everyone back: {@link #CHANGES}
 *       requests, each as slow as a client's and perhaps meeting an election.
 *   <li>A client finds the leader, writes and reads: some timeouts of clients and members.
 * </ol>
 *
 * Clocks that run slow stretch all of it by their drift.
 */
public final class LivenessBound {

    /** Elections that may fail in a row; see the class comment. */
    static final int ATTEMPTS = 20;

    /** Round trips in which a follower's log is brought level. */
    static final int ROUNDS = 50;

    /** Requests of an operator until all members belong to the cluster again. */
    static final int CHANGES = 10;

    /** A client tries one member after another. */
    static final int CLIENT_TRIES = 4;

    private LivenessBound() {}

    /** What each entry that some member lacks when the faults end adds to the bound. */
    static long nanosPerEntry(RunPlan plan) {
        return round(plan);
    }

    static long nanos(RunPlan plan) {
        long round = round(plan);
        long disk = disk(plan);
        long attempt = 2 * plan.cluster().electionTimeoutNanos() + 2 * round;
        long clients =
                CLIENT_TRIES
                        * (plan.workload().timeoutNanos()
                                + plan.cluster().limits().requestTimeoutNanos());
        long drained = stallNanos(plan) + delivery(plan);
        long recovered = 20 * disk;
        long changes = plan.changesMembership() ? CHANGES * (attempt + clients) : 0;
        long bound = drained + recovered + ATTEMPTS * attempt + ROUNDS * round + clients + changes;
        return bound + bound / 1_000_000 * plan.clocks().driftPpmMax();
    }

    private static long round(RunPlan plan) {
        return 2 * (delivery(plan) + disk(plan));
    }

    private static long delivery(RunPlan plan) {
        long delivery = plan.network().delay().maxNanos();
        if (!plan.network().late().isNever()) {
            delivery += plan.network().lateNanosMax();
        }
        return delivery;
    }

    private static long disk(RunPlan plan) {
        long disk = plan.disk().write().maxNanos() + plan.disk().sync().maxNanos();
        if (!plan.disk().slow().isNever()) {
            disk += plan.disk().slowNanosMax();
        }
        return disk;
    }

    /** What disk commands and frames that a fault made slow may still take when it is over. */
    private static long stallNanos(RunPlan plan) {
        long stall = 0;
        for (FaultPlan fault : plan.faults()) {
            long extra =
                    switch (fault.fault()) {
                        case Fault.SlowDisk slow -> slow.extraNanosMax();
                        case Fault.SlowLinks slow -> slow.extraNanosMax();
                        case Fault.ReorderedLinks late -> late.extraNanosMax();
                        default -> 0;
                    };
            stall = Math.max(stall, extra);
        }
        return stall;
    }
}
