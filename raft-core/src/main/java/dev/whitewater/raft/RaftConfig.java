package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

import java.util.List;

/**
 * What a member is told at its start.
 *
 * @param voters the members that vote, in ascending order
 * @param electionTicks the shortest election timeout; jitter adds up to as much again
 * @param heartbeatTicks the leader's heartbeat interval
 */
public record RaftConfig(
        NodeId self,
        List<NodeId> voters,
        int electionTicks,
        int heartbeatTicks,
        Limits limits,
        Guards guards) {

    /** Bounds on what one message or one member may hold. */
    public record Limits(int maxBytesPerAppend, int maxInFlightAppends, int maxUncommittedBytes) {
        public static final Limits DEFAULT = new Limits(1 << 20, 256, 64 << 20);
    }

    /**
     * The two guards of the thesis against needless elections: PreVote (§9.6) and CheckQuorum
     * (§6.2).
     */
    public record Guards(boolean preVote, boolean checkQuorum) {
        public static final Guards DEFAULT = new Guards(true, true);
    }
}
