package dev.whitewater.raft.quorum;

import dev.whitewater.raft.message.NodeId;

import java.util.List;

/**
 * Who must agree: a majority of the voters, and during a joint configuration also one of the
 * outgoing voters (thesis §4.3).
 */
public final class Quorum {

    private final Majority incoming;
    private final Majority outgoing;

    public Quorum(List<NodeId> incoming, List<NodeId> outgoing) {
        this.incoming = new Majority(incoming);
        this.outgoing = new Majority(outgoing);
    }

    public boolean hasVoter(NodeId id) {
        return incoming.contains(id) || outgoing.contains(id);
    }

    /** The greatest number that both majorities have reached. */
    public long reached(Majority.Reached reached) {
        long in = incoming.reached(reached);
        return outgoing.size() == 0 ? in : Math.min(in, outgoing.reached(reached));
    }

    public VoteResult result(VoteTally tally) {
        VoteResult in = incoming.result(tally);
        VoteResult out = outgoing.result(tally);
        if (in == out) {
            return in;
        }
        return in == VoteResult.LOST || out == VoteResult.LOST
                ? VoteResult.LOST
                : VoteResult.PENDING;
    }
}
