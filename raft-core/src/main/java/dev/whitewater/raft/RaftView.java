package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

/**
 * A look inside a member, for monitors, traces and tools. Reading it changes nothing and allocates
 * nothing, so a monitor can afford it after every event.
 */
public interface RaftView {

    NodeId self();

    RoleKind role();

    long term();

    NodeId votedFor();

    /** The leader this member follows in its term, or {@link NodeId#NONE}. */
    NodeId leader();

    long commit();

    long applied();

    /** The index before the first retained entry; the last index of the snapshot. */
    long compactedIndex();

    long lastIndex();

    /** The last index that is durable on this member's disk, as far as the core was told. */
    long durableIndex();

    /** The term of a retained entry or of {@link #compactedIndex()}. */
    long termAt(long index);

    /** As leader, the last index known to be durable on {@code peer}; 0 otherwise. */
    long matchIndex(NodeId peer);

    /** As leader, the newest round of reads that {@code peer} confirmed; 0 otherwise. */
    long confirmedRound(NodeId peer);

    /** As leader, the next index to send to {@code peer}; 0 otherwise. */
    long nextIndex(NodeId peer);
}
