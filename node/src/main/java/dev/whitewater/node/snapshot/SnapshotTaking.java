package dev.whitewater.node.snapshot;

import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.store.Checkpoints;
import dev.whitewater.store.Store;

/**
 * Takes a snapshot of this member's own store: a checkpoint that carries the applied index which it
 * stands for, written beside under another name in slices, between which the log and the store go
 * on, synced, renamed, the directory synced.
 */
public final class SnapshotTaking {

    private final SnapshotFiles files;
    private final DiskQueue disk;

    private Step step = Step.IDLE;
    private SnapshotMeta meta = SnapshotMeta.NONE;
    private Checkpoints.Writer writer;
    private FileImage image = new FileImage();
    private boolean more;
    private boolean superseded;
    private long awaited;
    private long bytes;

    private enum Step {
        IDLE,
        BUILDING,
        SYNCING,
        RENAMING,
        PUBLISHING
    }

    public SnapshotTaking(SnapshotFiles files) {
        this.files = files;
        disk = files.disk();
    }

    public boolean isIdle() {
        return step == Step.IDLE;
    }

    /** What is being taken, or was taken last. */
    public SnapshotMeta meta() {
        return meta;
    }

    /** How long the file of the last one is that was written; 0 if there is none yet. */
    public long bytes() {
        return bytes;
    }

    /** Begins with the state that {@code store} is in now, which {@code last} speaks of. */
    public void begin(SnapshotMeta last, Store store) {
        Check.that(step == Step.IDLE, "one-snapshot-at-a-time", "still at " + meta);
        Check.equal("snapshot-index", last.index(), store.appliedIndex());
        meta = last;
        byte[] head = files.format().head(last);
        image = new FileImage();
        image.write(0, head, 0, head.length);
        writer = files.checkpoints().begin(store, image.behind(head.length));
        if (!writer.looksBack()) {
            image.letGo();
        }
        more = true;
        superseded = false;
        step = Step.BUILDING;
        disk.reached(CrashPoint.SNAPSHOT_BEGUN);
    }

    /** Whether {@link #turn} would do something. */
    public boolean hasWork() {
        return step == Step.BUILDING && awaited == 0;
    }

    /** Does a bounded piece of the work, unless it waits for the disk. */
    public void turn() {
        if (!hasWork()) {
            return;
        }
        more = more && writer.step(SnapshotFiles.CHUNK_BYTES);
        FileImage.Piece piece = image.take(SnapshotFiles.CHUNK_BYTES, !more);
        if (!piece.isNone()) {
            awaited = disk.write(beside(), piece.at(), piece.bytes());
            disk.reached(CrashPoint.SNAPSHOT_CHUNK_WRITTEN);
        } else if (!more) {
            sync();
        }
    }

    private void sync() {
        disk.reached(CrashPoint.SNAPSHOT_WRITTEN);
        bytes = image.length();
        if (!image.hasDeviceLength()) {
            disk.truncate(beside(), image.length());
        }
        step = Step.SYNCING;
        awaited = disk.sync(beside());
    }

    private String beside() {
        return SnapshotFile.unfinishedName(meta.index());
    }

    /** The store was replaced: what is being taken of the old one is of no use. */
    public void abandon() {
        switch (step) {
            case IDLE -> {}
            case BUILDING, SYNCING -> {
                writer.abandon();
                disk.delete(beside());
                end();
            }
            // It has its name already, and goes with the others.
            case RENAMING, PUBLISHING -> superseded = true;
        }
    }

    private void end() {
        step = Step.IDLE;
        awaited = 0;
        image = new FileImage();
    }

    /** A command came to its end; true if that made the snapshot count. */
    public boolean finished(long commandId) {
        if (awaited == 0 || commandId != awaited) {
            return false;
        }
        awaited = 0;
        switch (step) {
            case IDLE -> {}
            case BUILDING -> turn();
            case SYNCING -> {
                disk.reached(CrashPoint.SNAPSHOT_SYNCED);
                step = Step.RENAMING;
                awaited = disk.rename(beside(), SnapshotFile.name(meta.index()));
            }
            case RENAMING -> {
                disk.reached(CrashPoint.SNAPSHOT_RENAMED);
                step = Step.PUBLISHING;
                awaited = disk.syncDirectory();
            }
            case PUBLISHING -> {
                end();
                files.published(meta.index());
                return !superseded;
            }
        }
        return false;
    }
}
