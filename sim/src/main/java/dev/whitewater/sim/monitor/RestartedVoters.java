package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.VoteRequest;

/**
 * M19, read floor, at its root: who was just started can't know whether a leader counts on it, so
 * where leaders answer reads by a lease it leaves its term for no candidate for an election timeout
 * (thesis §6.4.1). That others hold such a candidate back in most runs is no reason to wait for the
 * one in which they don't.
 */
final class RestartedVoters {
    private final long electionTicks;

    /** Whether the member had taken part in elections before its process was started. */
    private final boolean[] tookPart;

    /** The member that a candidate of a later term asks at this moment. */
    private int asked;

    private NodeId candidate = NodeId.NONE;

    RestartedVoters(int members, Monitors.Pace pace) {
        electionTicks = pace.electionTimeoutNanos() / pace.tickNanos();
        tookPart = new boolean[members + 1];
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

    /** The member has handled an event; judged by its own ticks, after those of this event. */
    void after(MemberState member) {
        boolean judged = asked == member.number();
        asked = 0;
        if (!judged || member.term == member.termBefore) {
            return;
        }
        long ticks = member.raft().tick();
        if (ticks < electionTicks) {
            throw new Finding(
                    "M19",
                    "read floor",
                    member
                            + " was started "
                            + ticks
                            + " of "
                            + electionTicks
                            + " ticks ago and left term "
                            + member.termBefore
                            + " for "
                            + candidate
                            + ", though a leader may count on it");
        }
    }
}
