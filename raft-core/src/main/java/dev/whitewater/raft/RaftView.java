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

    /** As leader, the newest round of reads that was answered; 0 otherwise. */
    long grantedRound();

    /**
     * As leader, the tick of its own until which it waits for {@code peer} to take in a snapshot; 0
     * if it waits for none.
     */
    long snapshotDeadline(NodeId peer);

    /** As leader, how many bytes count as taken in and not committed yet; 0 otherwise. */
    long uncommittedBytes();

    /** Whom this leader is handing over to; {@link NodeId#NONE} for nobody. */
    NodeId handsOverTo();

    /** The tick of its own that it has come to. */
    long tick();

    /** The tick at which it tries to be elected, unless something puts that off. */
    long electionDeadline();

    /** As a candidate or pre-candidate, whether it counts {@code voter} as one of its own. */
    boolean countsVoteOf(NodeId voter);

    /** As leader, the tick until which it may answer reads without asking anybody; 0 for none. */
    long readLeaseDeadline();
}
