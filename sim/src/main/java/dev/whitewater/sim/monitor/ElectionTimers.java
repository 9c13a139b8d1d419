package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.TimeoutNow;
import dev.whitewater.raft.message.VoteRequest;

/**
 * M35, stable leader, at its root: whoever waits for its leader waits on while it is asked for
 * votes that it doesn't give, for pre-votes, or hears from the leaders of earlier terms. Only its
 * leader and a vote put off its own election (thesis §3.4): else those who can't win keep those who
 * can from trying.
 */
final class ElectionTimers {

    private int receiver;
    private NodeId candidate = NodeId.NONE;
    private long term;
    private long deadline;

    /** A new process begins: what an earlier one died over, or was too early for, isn't judged. */
    void recovered() {
        receiver = 0;
    }

    /** The member is about to handle a frame. */
    void delivering(MemberState member, Frame frame) {
        receiver = 0;
        if (frame instanceof Frame.Core(Message message) && !(message instanceof TimeoutNow)) {
            boolean leads =
                    message instanceof AppendRequest
                            || message instanceof HeartbeatRequest
                            || message instanceof InstallSnapshot;
            if (!leads || message.term() < member.term) {
                receiver = member.number();
                deadline = member.raft().electionDeadline();
                term = message.term();
                candidate = message instanceof VoteRequest request ? request.from() : NodeId.NONE;
            }
        }
    }

    /** The member has handled an event. */
    void after(MemberState member) {
        if (receiver != member.number()) {
            return;
        }
        receiver = 0;
        boolean waits =
                member.role == RoleKind.FOLLOWER
                        && member.roleBefore == RoleKind.FOLLOWER
                        && member.raft().tick() < deadline;
        boolean votes = !candidate.isNone() && member.term == term && member.vote.equals(candidate);
        if (waits && !votes && member.raft().electionDeadline() > deadline) {
            throw new Finding(
                    "M35",
                    "stable leader",
                    member
                            + " puts off its own election in term "
                            + member.term
                            + " by "
                            + (member.raft().electionDeadline() - deadline)
                            + " ticks for a message of term "
                            + term
                            + " that is neither its leader's nor got its vote");
        }
    }
}
