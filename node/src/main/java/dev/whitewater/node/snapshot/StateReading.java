package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.store.Checkpoints;
import dev.whitewater.store.Limits;
import dev.whitewater.store.MalformedSnapshot;
import dev.whitewater.store.Store;

/** Builds the store of what a snapshot's file holds, in slices. */
final class StateReading {

    /** Nothing is being read. */
    static final StateReading NONE = new StateReading(SnapshotMeta.NONE, Nothing.INSTANCE);

    private final SnapshotMeta meta;
    private final Checkpoints.Reader reader;

    private StateReading(SnapshotMeta meta, Checkpoints.Reader reader) {
        this.meta = meta;
        this.reader = reader;
    }

    /** Begins with a whole file; throws {@link Malformed} if its ends aren't what was written. */
    static StateReading begin(SnapshotFile format, Checkpoints checkpoints, FileImage image) {
        SnapshotFile.Head head = format.head(image);
        try {
            return new StateReading(
                    head.meta(), checkpoints.open(image.behind(head.bytes()), Limits.DEFAULT));
        } catch (MalformedSnapshot e) {
            throw new Malformed(e.getMessage());
        }
    }

    SnapshotMeta meta() {
        return meta;
    }

    /**
     * Reads on; true if more remains. Throws {@link Malformed} if the file isn't a state, or not
     * that of the entry that it names.
     */
    boolean step(int bytesMost) {
        try {
            if (reader.step(bytesMost)) {
                return true;
            }
        } catch (MalformedSnapshot e) {
            throw new Malformed(e.getMessage());
        }
        long applied = reader.store().appliedIndex();
        if (applied != meta.index()) {
            throw new Malformed("carries the state as of " + applied + ", not " + meta.last());
        }
        return false;
    }

    /** Whether the file is as it was written: what is malformed nevertheless was written so. */
    boolean isWhole() {
        return reader.isWhole();
    }

    Store store() {
        return reader.store();
    }

    private enum Nothing implements Checkpoints.Reader {
        INSTANCE;

        @Override
        public boolean step(int bytesMost) {
            return false;
        }

        @Override
        public boolean isWhole() {
            return false;
        }

        @Override
        public Store store() {
            return new Store();
        }
    }
}
