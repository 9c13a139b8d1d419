package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

/** Follows a leader, or waits for one. */
final class Follower implements Role {

    private final NodeId leader;
    private final ForwardedReads reads = new ForwardedReads();
    private long lastContact;

    Follower(NodeId leader, long now) {
        this.leader = leader;
        this.lastContact = now;
    }

    @Override
    public RoleKind kind() {
        return RoleKind.FOLLOWER;
    }

    @Override
    public NodeId leader() {
        return leader;
    }

    ForwardedReads reads() {
        return reads;
    }

    void heardFromLeader(long now) {
        lastContact = now;
    }

    /** Whether the leader was heard within the shortest election timeout. */
    boolean leaderIsFresh(long now, int electionTicks) {
        return !leader.isNone() && now - lastContact < electionTicks;
    }
}
