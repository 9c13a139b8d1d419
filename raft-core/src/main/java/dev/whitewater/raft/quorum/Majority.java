package dev.whitewater.raft.quorum;

import dev.whitewater.raft.message.NodeId;

import java.util.List;

/**
 * More than half of a set of voters. Plain arithmetic: knows nothing of logs or terms.
 *
 * <p>The empty set agrees to everything; that makes it the neutral half of a joint quorum.
 */
public final class Majority {

    private final NodeId[] voters;
    private final long[] scratch;

    public Majority(List<NodeId> voters) {
        this.voters = voters.toArray(NodeId[]::new);
        this.scratch = new long[this.voters.length];
    }

    /** What a voter has reached: an index, a round. */
    public interface Reached {
        long by(NodeId voter);
    }

    public int size() {
        return voters.length;
    }

    public boolean contains(NodeId id) {
        for (NodeId voter : voters) {
            if (voter.equals(id)) {
                return true;
            }
        }
        return false;
    }

    /** The greatest number that more than half of the voters have reached. */
    public long reached(Reached reached) {
        int count = voters.length;
        if (count == 0) {
            return Long.MAX_VALUE;
        }
        for (int i = 0; i < count; i++) {
            insert(i, reached.by(voters[i]));
        }
        return scratch[(count - 1) / 2];
    }

    /** Insertion sort: sets are tiny, and this allocates nothing. */
    private void insert(int sorted, long value) {
        int at = sorted;
        while (at > 0 && scratch[at - 1] > value) {
            scratch[at] = scratch[at - 1];
            at--;
        }
        scratch[at] = value;
    }

    VoteResult result(VoteTally tally) {
        int granted = 0;
        int open = 0;
        for (NodeId voter : voters) {
            switch (tally.of(voter)) {
                case GRANTED -> granted++;
                case MISSING -> open++;
                case REFUSED -> {}
            }
        }
        int needed = voters.length / 2 + 1;
        if (voters.length == 0 || granted >= needed) {
            return VoteResult.WON;
        }
        return granted + open >= needed ? VoteResult.PENDING : VoteResult.LOST;
    }
}
