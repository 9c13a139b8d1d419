package dev.whitewater.node.snapshot;

import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.Checksum;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.Checkpoints;

import java.util.ArrayDeque;

/**
 * The snapshots that a member's disk holds for good, and how they are laid out.
 *
 * <p>Of those that were taken here two are kept: damage to one must not cost more than a longer
 * replay. When one from a leader is installed all others go, for the log that led from them to here
 * is gone.
 */
public final class SnapshotFiles {

    /** What one disk command carries, and one event reads. */
    static final int CHUNK_BYTES = 64 * 1024;

    private static final int KEPT = 2;

    private final Layout layout;

    /** The indexes of the snapshots on disk, oldest first. */
    private final ArrayDeque<Long> stored = new ArrayDeque<>();

    private long pinned;

    /**
     * How the files of a member are made.
     *
     * @param checkpoints how the state in them is laid out
     */
    public record Layout(
            long clusterId, NodeId member, Checkpoints checkpoints, Checksum checksum) {

        SnapshotFile format() {
            return new SnapshotFile(clusterId, member, checksum);
        }
    }

    private final DiskQueue disk;
    private final SnapshotFile format;

    SnapshotFiles(Layout layout, DiskQueue disk, Iterable<Long> found) {
        this.layout = layout;
        this.disk = disk;
        format = layout.format();
        found.forEach(stored::addLast);
    }

    /** The index of the newest snapshot; 0 for none. */
    public long newestIndex() {
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
    void pin(long index) {
        pinned = index;
    }

    void unpin() {
        pinned = 0;
    }

    /** The file at {@code index} is not what was written; the next one taken replaces it. */
    public void forget(long index) {
        stored.remove(index);
    }

    SnapshotFile format() {
        return format;
    }

    Checkpoints checkpoints() {
        return layout.checkpoints();
    }

    DiskQueue disk() {
        return disk;
    }

    /** One that was taken here is durable under its name. */
    void published(long index) {
        Check.below("snapshot-is-newer", newestIndex(), index);
        stored.addLast(index);
        removeAllBut(KEPT);
    }

    /** One from a leader is durable under its name. */
    void installed(long index) {
        stored.remove(index);
        stored.addLast(index);
        removeAllBut(1);
    }

    private void removeAllBut(int kept) {
        while (stored.size() > kept && stored.getFirst() != pinned) {
            disk.delete(SnapshotFile.name(stored.removeFirst()));
        }
    }
}
