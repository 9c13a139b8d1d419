package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.port.DiskResult;

/**
 * Reads one stored snapshot at a time back from the disk, in slices, to send it. It is checked as a
 * whole: bytes that rotted here must not become another member's state.
 */
final class SnapshotLoader {

    private final SnapshotFiles files;
    private final ByteWriter content = new ByteWriter(1024);
    private long loading;
    private long awaited;
    private Snapshot loaded = Snapshot.NONE;

    /** What the end of a command brought about. */
    enum Progress {
        NOTHING,
        LOADED,
        /** The file is not what was written. */
        DAMAGED
    }

    SnapshotLoader(SnapshotFiles files) {
        this.files = files;
    }

    boolean isBusy() {
        return awaited != 0;
    }

    /** The index of the snapshot that is read or was read last. */
    long index() {
        return loading;
    }

    /** Begins; there must be a snapshot at {@code index}, and nothing else being read. */
    void begin(long index) {
        loading = index;
        files.pin(index);
        content.clear();
        readOn();
    }

    private void readOn() {
        awaited =
                files.disk()
                        .read(files.nameOf(loading), content.length(), SnapshotFiles.CHUNK_BYTES);
    }

    Progress finished(long commandId, DiskResult result) {
        if (commandId != awaited || !(result instanceof DiskResult.Content slice)) {
            return Progress.NOTHING;
        }
        awaited = 0;
        content.bytes(slice.bytes());
        if (slice.bytes().length == SnapshotFiles.CHUNK_BYTES) {
            readOn();
            return Progress.NOTHING;
        }
        files.unpin();
        try {
            loaded = files.format().decode(content.toByteArray());
            return Progress.LOADED;
        } catch (Malformed e) {
            return Progress.DAMAGED;
        } finally {
            content.clear();
        }
    }

    /** Hands the snapshot out and forgets it. */
    Snapshot take() {
        Snapshot taken = loaded;
        loaded = Snapshot.NONE;
        return taken;
    }
}
