package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.progress.Progress;

import java.util.List;

/** Leads its term: knows how far each follower is, and which reads wait for a quorum. */
final class Leader implements Role {

    private final NodeId self;
    private final List<Progress> peers;
    private final ReadRounds reads = new ReadRounds();
    private final UncommittedSize uncommitted;
    private final long firstIndex;
    private long ownMatch;
    private long heartbeatDeadline;
    private long quorumDeadline;
    private boolean due = true;

    /**
     * @param firstIndex the index of the no-op with which this leadership begins
     */
    Leader(NodeId self, List<Progress> peers, long firstIndex, long maxUncommittedBytes) {
        this.self = self;
        this.peers = peers;
        this.firstIndex = firstIndex;
        this.uncommitted = new UncommittedSize(maxUncommittedBytes);
    }

    @Override
    public RoleKind kind() {
        return RoleKind.LEADER;
    }

    @Override
    public NodeId leader() {
        return self;
    }

    List<Progress> peers() {
        return peers;
    }

    boolean knows(NodeId id) {
        return position(id) >= 0;
    }

    /** The progress of {@code id}, one of {@link #peers()}. */
    Progress progress(NodeId id) {
        return peers.get(position(id));
    }

    private int position(NodeId id) {
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    ReadRounds reads() {
        return reads;
    }

    UncommittedSize uncommitted() {
        return uncommitted;
    }

    long firstIndex() {
        return firstIndex;
    }

    /** How far the leader's own copy counts. */
    long ownMatch() {
        return ownMatch;
    }

    void ownMatch(long index) {
        ownMatch = Math.max(ownMatch, index);
    }

    long heartbeatDeadline() {
        return heartbeatDeadline;
    }

    void heartbeatDeadline(long tick) {
        heartbeatDeadline = tick;
    }

    long quorumDeadline() {
        return quorumDeadline;
    }

    void quorumDeadline(long tick) {
        quorumDeadline = tick;
    }

    /** There may be something to send: entries, a commit index, a round of reads. */
    void somethingIsDue() {
        due = true;
    }

    boolean takeDue() {
        boolean was = due;
        due = false;
        return was;
    }
}
