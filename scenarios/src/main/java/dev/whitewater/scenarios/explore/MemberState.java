package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;

import java.util.List;

/**
 * A state that one member can be in, and what the checks and the reductions need to know of it.
 *
 * @param origin the disk from which the member started
 * @param inputs what has happened to it since
 * @param isWriting whether a write waits for the disk
 */
record MemberState(
        int place, Machine.Disk origin, List<Integer> inputs, Facts facts, boolean isWriting) {

    /**
     * Of the member's core and disk.
     *
     * @param hardStateIsDurable whether the term and vote on the disk are those in memory
     * @param applied survives a crash, as the state machine does
     * @param match what a leader knows of each member, by place
     */
    record Facts(
            RoleKind role,
            long term,
            NodeId vote,
            long durableTerm,
            NodeId durableVote,
            boolean hardStateIsDurable,
            NodeId leader,
            long commit,
            long applied,
            List<EntryId> log,
            List<EntryId> durable,
            List<Long> match) {

        /** The term below which this member will never be again. */
        long floor(boolean mayCrash) {
            return mayCrash ? durableTerm : term;
        }

        boolean durablyHolds(EntryId id) {
            return id.index() == 0
                    || (durable.size() >= id.index()
                            && durable.get((int) id.index() - 1).equals(id));
        }
    }
}
