package dev.whitewater.raft;

import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.SnapshotMeta;

import java.util.List;

/**
 * What a member finds on its disk: entries follow the snapshot without a gap. {@code applied} is
 * the last index whose effect the state machine already carries.
 */
public record Recovered(
        HardState hardState, SnapshotMeta snapshot, List<Entry> entries, long applied) {

    public static final Recovered NOTHING = new Recovered(HardState.INITIAL, List.of(), 0);

    /** A member whose log was never compacted. */
    public Recovered(HardState hardState, List<Entry> entries, long applied) {
        this(hardState, SnapshotMeta.NONE, entries, applied);
    }
}
