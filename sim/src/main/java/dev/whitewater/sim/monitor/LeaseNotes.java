package dev.whitewater.sim.monitor;

import java.util.TreeMap;

/**
 * M31, lease not never, at its root: a leader that gets anything committed notes what leases have
 * left, so that the next one doesn't begin them anew. Time counts by its own clock, and only while
 * commands of its term are applied: without them a note may be on its way.
 */
final class LeaseNotes {
    private static final long SECOND = 1_000_000_000;

    /** Longer between two entries, a leader was paused, or its disk or followers stood still. */
    private static final long STEP_MOST = SECOND / 10;

    private static final long LOOKS_EVERY = SECOND / 5;

    /** Proposals may be refused for a while: hand-overs, and a pause after each refusal. */
    private static final long PATIENCE = 3 * SECOND;

    private final LeasePromises.Clocks clocks;
    private final long lateNanos;
    private final long patienceNanos;
    private final boolean judges;

    /** By leader. */
    private final long[] terms;

    private final long[] readings;
    private final long[] times;
    private final long[] flowed;

    /** For how long a lease was late under a leader. */
    private final TreeMap<Long, Late> late = new TreeMap<>();

    private record Late(int leader, long term, long nanos) {}

    /**
     * Judges leaders.
     *
     * @param everyNanos how often they note; 0: they need not
     */
    LeaseNotes(
            LeasePromises.Clocks clocks, int members, long everyNanos, long electionTimeoutNanos) {
        this.clocks = clocks;
        judges = everyNanos > 0;
        // A look may just miss it, the next one comes that much later, and whole seconds are noted.
        lateNanos = 2 * everyNanos + SECOND;
        patienceNanos = PATIENCE + 2 * electionTimeoutNanos;
        terms = new long[members + 1];
        readings = new long[members + 1];
        times = new long[members + 1];
        flowed = new long[members + 1];
    }

    /** The leader has applied something; how long it worked since it was looked at, or 0. */
    long worked(MemberState leader) {
        boolean ownTerm =
                leader.applied > leader.raft().compactedIndex()
                        && leader.raft().termAt(leader.applied) == leader.term;
        if (!judges || !ownTerm) {
            return 0;
        }
        int number = leader.number();
        long reading = clocks.reading(number);
        long step = Math.min(reading - readings[number], clocks.now() - times[number]);
        flowed[number] =
                terms[number] == leader.term ? flowed[number] + Math.min(step, STEP_MOST) : 0;
        terms[number] = leader.term;
        readings[number] = reading;
        times[number] = clocks.now();
        if (flowed[number] < LOOKS_EVERY) {
            return 0;
        }
        long worked = flowed[number];
        flowed[number] = 0;
        return worked;
    }

    /** The leader gives a lease that nobody renews {@code left}; of it {@code noted} is known. */
    void look(MemberState leader, long worked, long id, long left, long noted) {
        if (left <= 0 || noted - left <= lateNanos) {
            late.remove(id);
            return;
        }
        Late before = late.get(id);
        boolean goes =
                before != null
                        && before.leader() == leader.number()
                        && before.term() == leader.term;
        long nanos = goes ? before.nanos() + worked : 0;
        late.put(id, new Late(leader.number(), leader.term, nanos));
        if (nanos > patienceNanos) {
            throw new Finding(
                    "M31",
                    "lease not never",
                    leader
                            + " gives lease "
                            + id
                            + " "
                            + left / 1_000_000
                            + " ms more, and all that it noted is that "
                            + noted / 1_000_000
                            + " ms are left");
        }
    }

    void gone(long id) {
        late.remove(id);
    }
}
