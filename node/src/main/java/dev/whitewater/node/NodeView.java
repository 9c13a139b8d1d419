package dev.whitewater.node;

import dev.whitewater.raft.RaftView;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.Store;

/**
 * A look inside a member, for monitors, traces and tools. Reading it changes nothing and allocates
 * nothing.
 */
public interface NodeView extends LeaseView {

    Lifecycle lifecycle();

    /** Whether the member has not read its disk to the end, so that there is no {@link #raft()}. */
    boolean recovering();

    /** Only when not {@link #recovering()}. */
    RaftView raft();

    /** The configuration in force on this member; only when not {@link #recovering()}. */
    Configuration configuration();

    Store store();

    /** What the last event applied to the store. */
    AppliedView applied();

    /** How many times this member's process has started; 0 while recovering. */
    long life();

    int pendingWrites();

    int pendingReads();

    /** How many watches its clients hold. */
    int watchers();

    /** How many members this one is sending a snapshot to. */
    int snapshotsUnderWay();

    /** Entries that are committed, durable and not applied yet. */
    int applyBacklog();

    /** Requests, entries and snapshots that the member has not come to the end of. */
    default int waiting() {
        return pendingWrites() + pendingReads() + applyBacklog() + snapshotsUnderWay();
    }

    /** Whether versions that a compaction took away still wait to be removed. */
    boolean removingVersions();

    /** Bytes of log that are durable. */
    long walDurableBytes();

    /**
     * The term that a crash at this moment would leave on disk, as far as the member knows. Like
     * all that follows, only when not {@link #recovering()}.
     */
    long durableTerm();

    /** The vote that a crash at this moment would leave on disk. */
    NodeId durableVote();

    /** The last entry that a crash at this moment would leave on disk. */
    long durableLastIndex();

    /** The term of the entry that a crash at this moment would leave at {@code index}; 0: none. */
    long durableTermAt(long index);
}
