package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.VoteResponse;

/**
 * M13, membership rights, and M35, stable leader, at their roots: a candidate counts as its voter
 * only who said yes in its present term, a pre-candidate only who said yes to its present question
 * (thesis §3.4, §9.6). Long before a leader comes of it, such a count is wrong. And a pre-vote
 * makes a candidate of nobody who doesn't ask for it any more.
 */
final class CountedVotes {

    private int receiver;
    private NodeId voter = NodeId.NONE;
    private boolean inEarnest;
    private boolean granted;

    /** The term that the answer speaks of: the campaign's. */
    private long term;

    private boolean counted;
    private long deadline;

    /** A new process begins: what an earlier one died over, or was too early for, isn't judged. */
    void recovered() {
        receiver = 0;
    }

    /** The member is about to handle a frame. */
    void delivering(MemberState member, Frame frame) {
        receiver = 0;
        if (!(frame instanceof Frame.Core(Message message))) {
            return;
        }
        if (message instanceof VoteResponse response) {
            expect(member, response.from(), response.granted(), response.term());
            inEarnest = true;
        } else if (message instanceof PreVoteResponse response) {
            expect(member, response.from(), response.granted(), response.campaignTerm());
            inEarnest = false;
        }
    }

    private void expect(MemberState member, NodeId from, boolean yes, long campaignTerm) {
        receiver = member.number();
        voter = from;
        granted = yes;
        term = campaignTerm;
        counted = member.raft().countsVoteOf(from);
        deadline = member.raft().electionDeadline();
    }

    /** The member has handled an event. */
    void after(MemberState member) {
        if (receiver != member.number()) {
            return;
        }
        receiver = 0;
        // Whose time is up may ask anew in the same event, and be answered by the same words.
        boolean asks =
                member.roleBefore == RoleKind.PRE_CANDIDATE || member.raft().tick() >= deadline;
        if (!inEarnest
                && !asks
                && member.role == RoleKind.CANDIDATE
                && member.term > member.termBefore) {
            throw new Finding(
                    "M35",
                    "stable leader",
                    member
                            + " campaigns in term "
                            + member.term
                            + " because "
                            + voter
                            + " said it might, which was not asked any more");
        }
        boolean same = member.role == member.roleBefore && member.term == member.termBefore;
        if ((counted && same) || !member.raft().countsVoteOf(voter)) {
            return;
        }
        boolean campaigns = member.role == RoleKind.CANDIDATE;
        boolean counts = granted && term == (campaigns ? member.term : member.term + 1);
        if (campaigns == inEarnest && !counts) {
            throw new Finding(
                    campaigns ? "M13" : "M35",
                    campaigns ? "membership rights" : "stable leader",
                    member
                            + " counts on "
                            + voter
                            + " in term "
                            + member.term
                            + ", which said "
                            + (granted ? "yes" : "no")
                            + " for term "
                            + term);
        }
    }
}
