package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

/** Follows a leader, or waits for one; remembers the reads that it asked the leader about. */
record Follower(NodeId leader, ForwardedReads reads) implements Role {

    static Follower of(NodeId leader) {
        return new Follower(leader, new ForwardedReads());
    }

    @Override
    public RoleKind kind() {
        return RoleKind.FOLLOWER;
    }
}
