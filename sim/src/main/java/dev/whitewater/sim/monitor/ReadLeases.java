package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.VoteRequest;

import java.util.List;

/**
 * M19, read floor, at its root: while a leader may answer reads without asking anybody, nobody else
 * is elected (thesis §6.4.1). Judged when somebody is, by the older leader's own clock.
 *
 * <p>And at the root of that: who was just started can't know whether a leader counts on it, so for
 * an election timeout it leaves its term for no candidate. That others hold such a candidate back
 * in most runs is no reason to wait for the one in which they don't.
 */
final class ReadLeases {
    /** More ticks than this is for ever. */
    private static final long TICKS_MOST = 1L << 31;

    private final List<MemberState> members;
    private final Patience patience;
    private final long tickNanos;

    /** By leader: what its clock will show when its lease ends. */
    private final long[] ends;

    /** Whether the member had taken part in elections before its process was started. */
    private final boolean[] tookPart;

    /** The member that a candidate of a later term asks at this moment. */
    private int asked;

    private NodeId candidate = NodeId.NONE;

    ReadLeases(List<MemberState> members, Patience patience, long tickNanos) {
        this.members = members;
        this.patience = patience;
        this.tickNanos = tickNanos;
        ends = new long[members.size() + 1];
        tookPart = new boolean[members.size() + 1];
    }

    /** A new process of the member begins. */
    void recovered(MemberState member) {
        asked = 0;
        tookPart[member.number()] = member.term > 0;
    }

    /** The member is about to handle a frame. */
    void delivering(MemberState member, Frame frame) {
        asked = 0;
        if (frame instanceof Frame.Core(VoteRequest request)
                && !request.byTransfer()
                && request.term() > member.term
                && member.hasReadLease()
                && tookPart[member.number()]) {
            asked = member.number();
            candidate = request.from();
        }
    }

    /** By the member's own ticks, after those of this event. */
    private void waits(MemberState member) {
        long nanos = member.raft().tick() * tickNanos;
        if (member.term > member.termBefore && nanos < patience.electionNanos()) {
            throw new Finding(
                    "M19",
                    "read floor",
                    member
                            + " was started "
                            + nanos / 1_000_000
                            + " ms ago and left term "
                            + member.termBefore
                            + " for "
                            + candidate
                            + ", though a leader may count on it");
        }
    }

    /** The member has handled an event. */
    void after(MemberState member) {
        if (asked == member.number()) {
            waits(member);
        }
        asked = 0;
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
