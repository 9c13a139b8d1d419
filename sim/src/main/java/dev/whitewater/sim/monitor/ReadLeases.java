package dev.whitewater.sim.monitor;

import java.util.List;

/**
 * M19, read floor, at its root: while a leader may answer reads without asking anybody, nobody else
 * is elected (thesis §6.4.1). Judged when somebody is, by the older leader's own clock.
 */
final class ReadLeases {
    /** More ticks than this is for ever. */
    private static final long TICKS_MOST = 1L << 31;

    private final List<MemberState> members;
    private final Patience patience;
    private final long tickNanos;

    /** By leader: what its clock will show when its lease ends. */
    private final long[] ends;

    ReadLeases(List<MemberState> members, Patience patience, long tickNanos) {
        this.members = members;
        this.patience = patience;
        this.tickNanos = tickNanos;
        ends = new long[members.size() + 1];
    }

    /** The member has handled an event. */
    void after(MemberState member) {
        if (!member.isLeader() || !member.hasReadLease()) {
            return;
        }
        // Its present tick has begun at some time before now.
        long ticks = member.raft().readLeaseDeadline() - member.raft().tick() - 1;
        int number = member.number();
        ends[number] =
                ticks <= 0
                        ? Long.MIN_VALUE
                        : patience.reading(number) + Math.min(ticks, TICKS_MOST) * tickNanos;
    }

    /** The member leads a new term. */
    void elected(MemberState leader) {
        for (int i = 0; i < members.size(); i++) {
            MemberState other = members.get(i);
            int number = other.number();
            boolean leads = other.isLeader() && !other.isStopping() && other.term < leader.term;
            if (leads && other.hasReadLease() && patience.reading(number) < ends[number]) {
                throw new Finding(
                        "M19",
                        "read floor",
                        other
                                + " may answer reads of term "
                                + other.term
                                + " by itself for "
                                + (ends[number] - patience.reading(number)) / 1_000
                                + " us more, and "
                                + leader
                                + " leads term "
                                + leader.term);
            }
        }
    }
}
