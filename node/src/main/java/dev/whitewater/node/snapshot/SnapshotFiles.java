package dev.whitewater.node.snapshot;

import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.message.SnapshotMeta;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Puts one snapshot at a time on the disk, one command at a time, so that the log's writes go
 * between.
 *
 * <p>One that was taken here is written beside under another name in chunks, synced, renamed, the
 * directory synced, and only then the oldest of more than two removed: damage to one must not cost
 * more than a longer replay.
 *
 * <p>One that a leader sent is written and synced under a name of its own. It counts when the log
 * has a durable record that says so ({@code Wal.restore}), and only then is it renamed, and all
 * others removed, for the log that led from them to here is gone. A crash before that record leaves
 * a file of no use, a crash after it leaves one that recovery renames.
 */
public final class SnapshotFiles {

    static final int CHUNK_BYTES = 64 * 1024;
    private static final int KEPT = 2;

    private final SnapshotFile format;
    private final DiskQueue disk;

    /** The indexes of the snapshots on disk, oldest first. */
    private final ArrayDeque<Long> stored = new ArrayDeque<>();

    private Step step = Step.IDLE;
    private SnapshotMeta writing = SnapshotMeta.NONE;
    private boolean received;
    private byte[] file = {};
    private int written;
    private long awaited;
    private long pinned;

    /** What the end of a command brought about. */
    public enum Progress {
        NOTHING,
        /** A snapshot that was taken here is durable under its name. */
        STORED,
        /** A snapshot from a leader is durable and waits for {@link #install} or discarding. */
        RECEIVED,
        /** It is installed, the ones before it are of no use. */
        INSTALLED
    }

    private enum Step {
        IDLE,
        WRITING,
        SYNCING,
        RENAMING,
        PUBLISHING,
        WAITING,
        DISCARDING,
        REMOVING
    }

    SnapshotFiles(SnapshotFile format, DiskQueue disk, Iterable<Long> found) {
        this.format = format;
        this.disk = disk;
        found.forEach(stored::addLast);
    }

    public boolean isIdle() {
        return step == Step.IDLE;
    }

    /** The index of the newest snapshot that is durable or on its way; 0 for none. */
    public long newestIndex() {
        return Math.max(writing.index(), newestStored());
    }

    private long newestStored() {
        return stored.isEmpty() ? 0 : stored.getLast();
    }

    /** Entries after this one must stay in the log: with them any kept snapshot will do. */
    public long oldestKept() {
        return stored.size() < KEPT ? 0 : stored.getFirst();
    }

    public boolean has(long index) {
        return stored.contains(index);
    }

    /** Somebody reads the snapshot at {@code index}: it is not removed before {@link #unpin}. */
    public void pin(long index) {
        pinned = index;
    }

    public void unpin() {
        pinned = 0;
    }

    /** The file at {@code index} is not what was written; the next one taken replaces it. */
    public void forget(long index) {
        stored.remove(index);
    }

    String nameOf(long index) {
        return SnapshotFile.name(index);
    }

    SnapshotFile format() {
        return format;
    }

    DiskQueue disk() {
        return disk;
    }

    /** A snapshot that was taken here. */
    public void begin(Snapshot snapshot) {
        Check.below("snapshot-is-newer", newestIndex(), snapshot.meta().index());
        begin(snapshot, false);
    }

    /** A snapshot that a leader sent. */
    public void receive(Snapshot snapshot) {
        begin(snapshot, true);
    }

    private void begin(Snapshot snapshot, boolean fromLeader) {
        Check.that(step == Step.IDLE, "one-snapshot-at-a-time", "still at " + writing);
        writing = snapshot.meta();
        received = fromLeader;
        file = format.encode(snapshot);
        written = 0;
        step = Step.WRITING;
        writeOn();
    }

    private void writeOn() {
        int to = Math.min(file.length, written + CHUNK_BYTES);
        awaited = disk.write(beside(), written, Arrays.copyOfRange(file, written, to));
        written = to;
        disk.reached(CrashPoint.SNAPSHOT_CHUNK_WRITTEN);
    }

    private String beside() {
        return received
                ? SnapshotFile.receivedName(writing.index())
                : SnapshotFile.unfinishedName(writing.index());
    }

    /** The log's record of the received snapshot is durable: from now on it counts. */
    public void install() {
        Check.that(step == Step.WAITING, "snapshot-received", "is " + step);
        rename();
    }

    /** The received snapshot is of no use after all. */
    public void discard() {
        Check.that(step == Step.WAITING, "snapshot-received", "is " + step);
        step = Step.DISCARDING;
        awaited = disk.delete(beside());
    }

    private void rename() {
        step = Step.RENAMING;
        awaited = disk.rename(beside(), SnapshotFile.name(writing.index()));
    }

    /** A command came to its end. */
    public Progress finished(long commandId) {
        if (commandId != awaited) {
            return Progress.NOTHING;
        }
        awaited = 0;
        switch (step) {
            case WRITING -> {
                if (written < file.length) {
                    writeOn();
                } else {
                    disk.reached(CrashPoint.SNAPSHOT_WRITTEN);
                    step = Step.SYNCING;
                    awaited = disk.sync(beside());
                }
            }
            case SYNCING -> {
                disk.reached(CrashPoint.SNAPSHOT_SYNCED);
                file = new byte[0];
                if (received) {
                    step = Step.WAITING;
                    awaited = disk.syncDirectory();
                } else {
                    rename();
                }
            }
            case WAITING -> {
                return Progress.RECEIVED;
            }
            case RENAMING -> {
                disk.reached(CrashPoint.SNAPSHOT_RENAMED);
                step = Step.PUBLISHING;
                awaited = disk.syncDirectory();
            }
            case PUBLISHING -> {
                return published();
            }
            case DISCARDING -> {
                writing = SnapshotMeta.NONE;
                step = Step.IDLE;
            }
            case REMOVING, IDLE -> removeUseless();
        }
        return Progress.NOTHING;
    }

    private Progress published() {
        stored.addLast(writing.index());
        writing = SnapshotMeta.NONE;
        removeUseless();
        return received ? Progress.INSTALLED : Progress.STORED;
    }

    private void removeUseless() {
        int kept = received ? 1 : KEPT;
        if (stored.size() > kept && stored.getFirst() != pinned) {
            step = Step.REMOVING;
            awaited = disk.delete(SnapshotFile.name(stored.removeFirst()));
        } else {
            step = Step.IDLE;
        }
    }
}
