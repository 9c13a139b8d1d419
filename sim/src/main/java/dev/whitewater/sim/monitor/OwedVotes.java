package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.VoteRequest;

/**
 * M35, stable leader, at its root: who is free and is asked for a vote by a candidate whose log is
 * as up-to-date as its own gives it, be it a voter by its own lights or not (thesis §3.6.1, §4.2.2,
 * §9.6). Where votes are refused that are owed, there may be nobody who can lead.
 */
final class OwedVotes {

    private int asked;
    private NodeId candidate = NodeId.NONE;
    private EntryId last = EntryId.ZERO;
    private long term;
    private boolean inEarnest;
    private boolean refused;

    /** A new process begins: what an earlier one died over, or was too early for, isn't judged. */
    void recovered() {
        asked = 0;
    }

    /** The member is about to handle a frame. */
    void delivering(MemberState member, Frame frame) {
        asked = 0;
        if (!(frame instanceof Frame.Core(Message message)) || member.isStopping()) {
            return;
        }
        if (message instanceof VoteRequest request) {
            expect(member, request.from(), request.term(), request.last());
            inEarnest = true;
        } else if (message instanceof PreVoteRequest request && !member.hasReadLease()) {
            expect(member, request.from(), request.campaignTerm(), request.last());
            inEarnest = false;
        }
    }

    private void expect(MemberState member, NodeId from, long campaignTerm, EntryId candidateLast) {
        asked = member.number();
        candidate = from;
        term = campaignTerm;
        last = candidateLast;
        refused = false;
    }

    void sent(MemberState sender, Message message) {
        if (message instanceof PreVoteResponse response && asked == sender.number()) {
            refused |= !response.granted() && response.to().equals(candidate);
        }
    }

    void after(MemberState member) {
        if (asked != member.number()) {
            return;
        }
        asked = 0;
        boolean owed =
                member.leader.isNone()
                        && (inEarnest
                                ? member.term == term && member.vote.isNone()
                                : refused && member.term < term && member.role != RoleKind.LEADER);
        if (owed && last.compareTo(lastOf(member)) >= 0) {
            throw new Finding(
                    "M35",
                    "stable leader",
                    member
                            + " is free in term "
                            + member.term
                            + " and refuses its "
                            + (inEarnest ? "vote" : "pre-vote")
                            + " to "
                            + candidate
                            + ", whose log ends at "
                            + last
                            + ", its own at "
                            + lastOf(member));
        }
    }

    private static EntryId lastOf(MemberState member) {
        return new EntryId(member.raft().termAt(member.last), member.last);
    }
}
