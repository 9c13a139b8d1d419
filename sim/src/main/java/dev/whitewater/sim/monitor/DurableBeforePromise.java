package dev.whitewater.sim.monitor;

import dev.whitewater.raft.HardState;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

/**
 * M11, durable before promise: what a vote, a candidacy, an acknowledgement or an answer to a
 * client asserts would survive a crash of its sender already (thesis §3.8).
 */
final class DurableBeforePromise {

    void sent(MemberState sender, Message message) {
        if (message instanceof AppendResponse response && response.accepted()) {
            acknowledged(sender, response.index());
        } else if (message instanceof VoteResponse response && response.granted()) {
            voted(sender, response.term(), response.to());
        } else if (message instanceof VoteRequest request) {
            voted(sender, request.term(), request.from());
        }
    }

    /** What a member takes for durable would survive a crash of it, whatever comes of it. */
    void after(MemberState member) {
        if (member.stable != member.stableBefore) {
            stable(member);
        }
    }

    /** The same when its process begins, and has read what another wrote. */
    void recovered(MemberState member) {
        stable(member);
    }

    private static void stable(MemberState member) {
        long index = member.stable;
        if (index > member.raft().compactedIndex()
                && !member.durable().holds(index, member.raft().termAt(index))) {
            throw finding(
                    member
                            + " takes entry "
                            + member.raft().termAt(index)
                            + "/"
                            + index
                            + " for durable, but a crash now would leave its log at "
                            + member.durable().termAt(member.durable().last())
                            + "/"
                            + member.durable().last());
        }
    }

    private static void acknowledged(MemberState sender, long index) {
        if (index <= sender.raft().compactedIndex()) {
            return;
        }
        long term = sender.raft().termAt(index);
        if (!sender.durable().holds(index, term)) {
            throw finding(
                    sender
                            + " acknowledges entry "
                            + term
                            + "/"
                            + index
                            + ", but a crash now would leave its log at "
                            + sender.durable().termAt(sender.durable().last())
                            + "/"
                            + sender.durable().last());
        }
    }

    private static void voted(MemberState sender, long term, NodeId candidate) {
        HardState durable = sender.durable().hardState();
        boolean holds =
                durable.term() > term
                        || (durable.term() == term && durable.votedFor().equals(candidate));
        if (!holds) {
            throw finding(
                    sender
                            + " votes for "
                            + candidate
                            + " in term "
                            + term
                            + ", but its disk says term "
                            + durable.term()
                            + ", vote for "
                            + durable.votedFor());
        }
    }

    /** {@code member} tells a client that its write at {@code revision} happened. */
    void answered(MemberState member, long revision) {
        if (revision > member.store().revision()) {
            throw finding(
                    member
                            + " confirms a write at revision "
                            + revision
                            + ", but has applied only up to "
                            + member.store().revision());
        }
    }

    private static Finding finding(String message) {
        return new Finding("M11", "durable before promise", message);
    }
}
