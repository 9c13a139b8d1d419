package dev.whitewater.node.snapshot;

import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.message.SnapshotMeta;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Puts one snapshot at a time on the disk, one command at a time, so that the log's writes go
 * between: written beside under another name in chunks, synced, renamed, the directory synced, and
 * only then the oldest of more than two removed.
 *
 * <p>A crash at any step leaves the snapshots of before, and perhaps an unfinished file that
 * recovery removes. Two are kept because damage to one must not cost more than a longer replay.
 */
public final class SnapshotWriter {

    static final int CHUNK_BYTES = 64 * 1024;
    private static final int KEPT = 2;

    private final SnapshotFile format;
    private final DiskQueue disk;

    /** The indexes of the snapshots on disk, oldest first. */
    private final ArrayDeque<Long> stored = new ArrayDeque<>();

    private Step step = Step.IDLE;
    private SnapshotMeta writing = SnapshotMeta.NONE;
    private byte[] file = {};
    private int written;
    private long awaited;

    private enum Step {
        IDLE,
        WRITING,
        SYNCING,
        RENAMING,
        PUBLISHING,
        REMOVING
    }

    SnapshotWriter(SnapshotFile format, DiskQueue disk, Iterable<Long> found) {
        this.format = format;
        this.disk = disk;
        found.forEach(stored::addLast);
    }

    public boolean isIdle() {
        return step == Step.IDLE;
    }

    /** The index of the newest snapshot that is durable or on its way; 0 for none. */
    public long newestIndex() {
        return Math.max(writing.index(), stored.isEmpty() ? 0 : stored.getLast());
    }

    public void begin(Snapshot snapshot) {
        Check.that(step == Step.IDLE, "one-snapshot-at-a-time", "still at " + writing);
        Check.below("snapshot-is-newer", newestIndex(), snapshot.meta().index());
        writing = snapshot.meta();
        file = format.encode(snapshot);
        written = 0;
        step = Step.WRITING;
        writeOn();
    }

    private void writeOn() {
        int to = Math.min(file.length, written + CHUNK_BYTES);
        awaited = disk.write(unfinished(), written, Arrays.copyOfRange(file, written, to));
        written = to;
    }

    private String unfinished() {
        return SnapshotFile.unfinishedName(writing.index());
    }

    /** A command came to its end; whether that made the snapshot durable under its name. */
    public boolean finished(long commandId) {
        if (step == Step.IDLE || commandId != awaited) {
            return false;
        }
        switch (step) {
            case WRITING -> {
                if (written < file.length) {
                    writeOn();
                } else {
                    step = Step.SYNCING;
                    awaited = disk.sync(unfinished());
                }
            }
            case SYNCING -> {
                step = Step.RENAMING;
                awaited = disk.rename(unfinished(), SnapshotFile.name(writing.index()));
            }
            case RENAMING -> {
                step = Step.PUBLISHING;
                awaited = disk.syncDirectory();
            }
            case PUBLISHING -> {
                published();
                return true;
            }
            case REMOVING, IDLE -> removeOldest();
        }
        return false;
    }

    private void published() {
        stored.addLast(writing.index());
        writing = SnapshotMeta.NONE;
        file = new byte[0];
        removeOldest();
    }

    private void removeOldest() {
        if (stored.size() > KEPT) {
            step = Step.REMOVING;
            awaited = disk.delete(SnapshotFile.name(stored.removeFirst()));
        } else {
            step = Step.IDLE;
        }
    }
}
