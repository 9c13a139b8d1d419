package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.store.CheckpointFooter;
import dev.whitewater.store.MalformedSnapshot;
import dev.whitewater.store.port.BackendFile;

/**
 * Reads one stored snapshot at a time back from the disk, in slices, to send it. It is checked as a
 * whole: bytes that rotted here must not become another member's state.
 */
final class SnapshotLoader {

    /** How much is summed up in one event. */
    private static final int SUMMED_BYTES = 1 << 20;

    private final SnapshotFiles files;
    private final ImageLoader loader;
    private long loading;
    private boolean complete;
    private Loaded loaded = Loaded.NONE;
    private CheckpointFooter.Check check;

    /** What {@link #turn} brought about. */
    enum Progress {
        NOTHING,
        LOADED,
        /** The file is not what was written. */
        DAMAGED
    }

    /**
     * A checkpoint to be sent.
     *
     * @param sum tells it from others
     */
    record Loaded(long index, BackendFile bytes, int sum) {

        static final Loaded NONE = new Loaded(0, new FileImage().behind(0), 0);

        boolean isNone() {
            return index == 0;
        }
    }

    SnapshotLoader(SnapshotFiles files) {
        this.files = files;
        loader = new ImageLoader(files.disk());
    }

    boolean isBusy() {
        return loader.isBusy() || complete;
    }

    /** The index of the snapshot that is read or was read last. */
    long index() {
        return loading;
    }

    /** Begins; there must be a snapshot at {@code index}, and nothing else being read. */
    void begin(long index) {
        loading = index;
        files.pin(index);
        loader.begin(SnapshotFile.name(index));
    }

    void finished(long commandId, DiskResult result) {
        if (loader.finished(commandId, result)) {
            complete = true;
            files.unpin();
            loaded = Loaded.NONE;
        }
    }

    /** Whether {@link #turn} would do something. */
    boolean hasWork() {
        return complete;
    }

    /** Looks at a bounded part of what was read. */
    Progress turn() {
        if (!complete) {
            return Progress.NOTHING;
        }
        try {
            if (loaded.isNone()) {
                BackendFile bytes = loader.image().behind(headBytes());
                check = new CheckpointFooter.Check(bytes);
                loaded = new Loaded(loading, bytes, Long.hashCode(check.sum()));
            }
            if (check.step(SUMMED_BYTES)) {
                return Progress.NOTHING;
            }
            return end(Progress.LOADED);
        } catch (Malformed | MalformedSnapshot e) {
            return end(Progress.DAMAGED);
        }
    }

    private int headBytes() {
        SnapshotFile.Head head = files.format().head(loader.image());
        if (head.meta().index() != loading) {
            throw new Malformed("stands for " + head.meta().last());
        }
        return head.bytes();
    }

    private Progress end(Progress how) {
        complete = false;
        loader.forget();
        return how;
    }

    /** Hands the checkpoint out and forgets it. */
    Loaded take() {
        Loaded taken = loaded;
        loaded = Loaded.NONE;
        return taken;
    }
}
