package dev.whitewater.sim.monitor;

import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.TimeoutNow;

import java.util.List;

/**
 * M19, read floor, at its root: while a leader may answer reads without asking anybody, nobody else
 * is elected (thesis §6.4.1). Judged when somebody is, by the older leader's own clock. And no
 * lease is longer than it is safe for any clocks that the plan allows: those of a run may be
 * better, and an election in just the time that is too much is rare. Nor has a leader one that told
 * anybody to take over: whoever was told asks for no loyalty, at whatever time the word arrives.
 */
final class ReadLeases {
    private final List<MemberState> members;
    private final Patience patience;
    private final long tickNanos;
    private final long leaseTicksMost;

    /** By leader: what its clock will show when its lease ends. */
    private final long[] ends;

    /** By leader: the last term in which it told somebody to take over. */
    private final long[] told;

    ReadLeases(List<MemberState> members, Patience patience, Monitors.Pace pace) {
        this.members = members;
        this.patience = patience;
        tickNanos = pace.tickNanos();
        leaseTicksMost = pace.leaseTicksMost();
        ends = new long[members.size() + 1];
        told = new long[members.size() + 1];
    }

    void sent(MemberState sender, Message message) {
        if (message instanceof TimeoutNow) {
            told[sender.number()] = message.term();
        }
    }

    /** The member has handled an event. */
    void after(MemberState member) {
        if (!member.isLeader() || !member.hasReadLease()) {
            return;
        }
        long left = member.raft().readLeaseDeadline() - member.raft().tick();
        if (left > 0 && told[member.number()] == member.term) {
            throw finding(
                    member
                            + " may answer reads by itself for "
                            + left
                            + " ticks, and told another to take over in this term");
        }
        if (left > leaseTicksMost) {
            throw finding(
                    member
                            + " may answer reads by itself for "
                            + left
                            + " ticks, and clocks that drift as they may allow for "
                            + leaseTicksMost);
        }
        // Its present tick has begun at some time before now.
        long ticks = left - 1;
        int number = member.number();
        ends[number] = ticks <= 0 ? Long.MIN_VALUE : patience.reading(number) + ticks * tickNanos;
    }

    /** The member leads a new term. */
    void elected(MemberState leader) {
        for (int i = 0; i < members.size(); i++) {
            MemberState other = members.get(i);
            int number = other.number();
            boolean leads = other.isLeader() && !other.isStopping() && other.term < leader.term;
            if (leads && other.hasReadLease() && patience.reading(number) < ends[number]) {
                throw finding(
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

    private static Finding finding(String message) {
        return new Finding("M19", "read floor", message);
    }
}
