package dev.whitewater.sim.monitor;

import dev.whitewater.raft.RaftView;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.NodeId;

/** What is to be seen of a member whose process is down: nothing. */
enum NoRaft implements RaftView {
    INSTANCE;

    @Override
    public NodeId self() {
        return NodeId.NONE;
    }

    @Override
    public RoleKind role() {
        return RoleKind.FOLLOWER;
    }

    @Override
    public long term() {
        return 0;
    }

    @Override
    public NodeId votedFor() {
        return NodeId.NONE;
    }

    @Override
    public NodeId leader() {
        return NodeId.NONE;
    }

    @Override
    public long commit() {
        return 0;
    }

    @Override
    public long applied() {
        return 0;
    }

    @Override
    public long compactedIndex() {
        return 0;
    }

    @Override
    public long lastIndex() {
        return 0;
    }

    @Override
    public long durableIndex() {
        return 0;
    }

    @Override
    public long termAt(long index) {
        return 0;
    }

    @Override
    public long matchIndex(NodeId peer) {
        return 0;
    }

    @Override
    public long confirmedRound(NodeId peer) {
        return 0;
    }

    @Override
    public long nextIndex(NodeId peer) {
        return 0;
    }

    @Override
    public long grantedRound() {
        return 0;
    }

    @Override
    public long snapshotDeadline(NodeId peer) {
        return 0;
    }

    @Override
    public long uncommittedBytes() {
        return 0;
    }

    @Override
    public NodeId handsOverTo() {
        return NodeId.NONE;
    }

    @Override
    public long tick() {
        return 0;
    }

    @Override
    public long electionDeadline() {
        return 0;
    }

    @Override
    public boolean countsVoteOf(NodeId voter) {
        return false;
    }

    @Override
    public long readLeaseDeadline() {
        return 0;
    }
}
