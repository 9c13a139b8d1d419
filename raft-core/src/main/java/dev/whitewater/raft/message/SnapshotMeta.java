package dev.whitewater.raft.message;

import java.util.List;

/**
 * What Raft must know of a snapshot: the last entry it stands for, and the configuration as of that
 * entry, both halves of a joint one and its learners included (thesis §5.1).
 */
public record SnapshotMeta(EntryId last, Configuration configuration) {

    public static final SnapshotMeta NONE =
            new SnapshotMeta(EntryId.ZERO, Configuration.of(List.of()));

    public boolean isNone() {
        return last.index() == 0;
    }

    public long index() {
        return last.index();
    }

    @Override
    public String toString() {
        return isNone() ? "no snapshot" : "snapshot " + last + " " + configuration;
    }
}
