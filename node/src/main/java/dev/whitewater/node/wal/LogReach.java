package dev.whitewater.node.wal;

import dev.whitewater.raft.message.EntryId;

/** What a recovered log says about snapshots that may stand for its beginning. */
public interface LogReach {

    /** Whether a snapshot that ends at {@code id} leaves no gap before what the log holds. */
    boolean holds(EntryId id);

    /** The log knows nothing of entries up to here: a snapshot must. */
    long base();

    /** Where the last snapshot from a leader ended that replaced this log; zero for none. */
    EntryId reset();
}
