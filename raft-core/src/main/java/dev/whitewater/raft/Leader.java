package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.progress.Progress;

import java.util.ArrayList;
import java.util.List;

/** Leads its term: knows how far each follower is, and which reads wait for a quorum. */
final class Leader implements Role {

    private final NodeId self;
    private List<Progress> peers = List.of();

    /** The ids of {@link #peers}, in their order: searched several times for each answer. */
    private long[] ids = {};

    private final ReadRounds reads = new ReadRounds();
    private final UncommittedSize uncommitted;
    private final Transfer transfer = new Transfer();
    private final RaftConfig.Limits limits;
    private final long firstIndex;
    private long ownMatch;
    private long heartbeatDeadline;
    private long quorumDeadline;
    private boolean due = true;

    /**
     * @param firstIndex the index of the no-op with which this leadership begins
     */
    Leader(NodeId self, long firstIndex, RaftConfig.Limits limits) {
        this.self = self;
        this.firstIndex = firstIndex;
        this.limits = limits;
        this.uncommitted = new UncommittedSize(limits.maxUncommittedBytes());
    }

    /**
     * From now on these members receive the log. What is known of those that stay is kept; new ones
     * are probed, first with the entry at {@code next}.
     */
    void follow(List<NodeId> members, long next) {
        List<Progress> followed = new ArrayList<>();
        for (NodeId id : members) {
            if (knows(id)) {
                followed.add(progress(id));
            } else if (!id.equals(self)) {
                followed.add(
                        new Progress(
                                id, next, limits.maxInFlightAppends(), limits.maxInFlightBytes()));
            }
        }
        peers = followed;
        ids = followed.stream().mapToLong(peer -> peer.id().value()).toArray();
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
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id.value()) {
                return i;
            }
        }
        return -1;
    }

    /** How far {@code voter} is known to hold this leader's log on its disk. */
    long match(NodeId voter) {
        if (voter.value() == self.value()) {
            return ownMatch;
        }
        int at = position(voter);
        return at < 0 ? 0 : peers.get(at).match();
    }

    List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "leads from "
                        + firstIndex
                        + " own match "
                        + ownMatch
                        + " uncommitted bytes "
                        + uncommitted.bytes()
                        + (transfer.isPending() ? " hands over to " + transfer.to() : "")
                        + (due ? " due" : ""));
        for (Progress peer : peers) {
            lines.add(peer.describe());
        }
        return lines;
    }

    ReadRounds reads() {
        return reads;
    }

    Transfer transfer() {
        return transfer;
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
