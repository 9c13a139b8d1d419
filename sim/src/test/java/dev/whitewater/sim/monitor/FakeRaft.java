package dev.whitewater.sim.monitor;

import dev.whitewater.raft.RaftView;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A view whose fields a test sets as it likes. */
final class FakeRaft implements RaftView {

    RoleKind role = RoleKind.FOLLOWER;
    long term = 1;
    NodeId vote = NodeId.NONE;
    NodeId leader = NodeId.NONE;
    long commit;
    long applied;
    long compacted;
    long durable = Long.MAX_VALUE;
    long granted;
    long uncommitted;
    NodeId handsOverTo = NodeId.NONE;
    long tick;
    long electionDeadline;
    long readLeaseDeadline;
    final List<NodeId> counted = new ArrayList<>();
    final TreeMap<NodeId, Long> snapshotDeadline = new TreeMap<>();
    final List<Long> terms = new ArrayList<>();
    final TreeMap<NodeId, Long> match = new TreeMap<>();
    final TreeMap<NodeId, Long> next = new TreeMap<>();
    final TreeMap<NodeId, Long> round = new TreeMap<>();

    /** Appends entries of these terms. */
    FakeRaft append(long... more) {
        for (long entryTerm : more) {
            terms.add(entryTerm);
        }
        return this;
    }

    @Override
    public NodeId self() {
        return NodeId.NONE;
    }

    @Override
    public RoleKind role() {
        return role;
    }

    @Override
    public long term() {
        return term;
    }

    @Override
    public NodeId votedFor() {
        return vote;
    }

    @Override
    public NodeId leader() {
        return leader;
    }

    @Override
    public long commit() {
        return commit;
    }

    @Override
    public long applied() {
        return applied;
    }

    @Override
    public long compactedIndex() {
        return compacted;
    }

    @Override
    public long lastIndex() {
        return terms.size();
    }

    @Override
    public long durableIndex() {
        return Math.min(durable, terms.size());
    }

    @Override
    public long termAt(long index) {
        return index == 0 ? 0 : terms.get((int) index - 1);
    }

    @Override
    public long matchIndex(NodeId peer) {
        return match.getOrDefault(peer, 0L);
    }

    @Override
    public long confirmedRound(NodeId peer) {
        return round.getOrDefault(peer, 0L);
    }

    @Override
    public long nextIndex(NodeId peer) {
        return next.getOrDefault(peer, Long.MAX_VALUE);
    }

    @Override
    public long grantedRound() {
        return granted;
    }

    @Override
    public long snapshotDeadline(NodeId peer) {
        return snapshotDeadline.getOrDefault(peer, 0L);
    }

    @Override
    public long uncommittedBytes() {
        return uncommitted;
    }

    @Override
    public NodeId handsOverTo() {
        return handsOverTo;
    }

    @Override
    public long tick() {
        return tick;
    }

    @Override
    public long electionDeadline() {
        return electionDeadline;
    }

    @Override
    public boolean countsVoteOf(NodeId voter) {
        return counted.contains(voter);
    }

    @Override
    public long readLeaseDeadline() {
        return readLeaseDeadline;
    }
}
