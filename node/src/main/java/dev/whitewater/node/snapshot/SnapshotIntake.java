package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.node.wire.Frame.Status;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.store.Store;

import java.util.ArrayDeque;

/**
 * Takes in a snapshot that a leader sends: its chunks go to a file as they come, in order and
 * whoever sends them, and are confirmed when the disk has them; another leader's snapshot of the
 * same bytes goes on where the last one's ended. When all are there the file is synced, and the
 * directory; then it is read back, and only if the store can be built of it, it is whole.
 *
 * <p>It counts when the log has a durable record that says so ({@code Wal.restore}); then it gets
 * its final name ({@link #install}). A crash before that record leaves a file of no use, a crash
 * after it leaves one that recovery renames.
 */
public final class SnapshotIntake {

    /** How much of a state is read in one event. */
    private static final int READ_BYTES = 256 * 1024;

    private final NodeId self;
    private final SnapshotFiles files;
    private final DiskQueue disk;
    private final Line line;
    private final ImageLoader loader;

    private Step step = Step.IDLE;
    private SnapshotMeta meta = SnapshotMeta.NONE;
    private Frame.Whole whole = new Frame.Whole(0, 0);
    private Frame.Chunk last;
    private int headBytes;
    private long submitted;
    private long confirmed;
    private final ArrayDeque<Written> writes = new ArrayDeque<>();
    private long awaited;
    private StateReading reading = StateReading.NONE;

    private enum Step {
        IDLE,
        RECEIVING,
        SYNCING,
        LOADING,
        READING,
        WHOLE,
        RENAMING,
        PUBLISHING
    }

    /** A chunk on its way to the disk, which has all up to {@code end} when this command ends. */
    private record Written(long command, Frame.Chunk chunk, long end) {}

    /** What the end of a command, or a piece of work, brought about. */
    public enum Progress {
        NOTHING,
        /** It is whole and durable, and waits for {@link #install} or {@link #abandon}. */
        WHOLE,
        /** It has its name, the ones before it are of no use. */
        INSTALLED
    }

    /** Where answers go. */
    public interface Line {

        void send(Frame frame);

        /** What was sent is not a state of the store. */
        void refused(SnapshotMeta meta, String why);
    }

    public SnapshotIntake(NodeId self, SnapshotFiles files, Line line) {
        this.self = self;
        this.files = files;
        this.line = line;
        disk = files.disk();
        loader = new ImageLoader(disk);
    }

    /** Whether all of it is here, and what becomes of it is not decided. */
    public boolean isComplete() {
        return step.compareTo(Step.RECEIVING) > 0;
    }

    /** The snapshot that is being taken in; {@link SnapshotMeta#NONE} for none. */
    public SnapshotMeta meta() {
        return meta;
    }

    /** The last chunk of it that came. */
    public Frame.Chunk last() {
        return last;
    }

    /** The state; only when it is whole. */
    public Store store() {
        return reading.store();
    }

    /** A leader sends this; one that is complete is not given up for another. */
    public void take(Frame.Chunk chunk) {
        boolean continues = chunk.snapshot().equals(meta) && chunk.whole().equals(whole);
        if (isComplete()) {
            if (chunk.snapshot().equals(meta)) {
                last = chunk;
                answer(chunk, chunk.whole().total(), Status.RECEIVING);
            }
            return;
        }
        if (!continues) {
            begin(chunk);
        }
        last = chunk;
        long end = chunk.offset() + chunk.bytes().length;
        if (chunk.offset() == submitted && end > submitted && end <= whole.total()) {
            long id = disk.write(name(), headBytes + submitted, chunk.bytes());
            submitted = end;
            writes.addLast(new Written(id, chunk, end));
            disk.reached(CrashPoint.SNAPSHOT_CHUNK_RECEIVED);
        } else {
            answer(chunk, confirmed, Status.RECEIVING);
        }
    }

    private void begin(Frame.Chunk chunk) {
        abandon();
        meta = chunk.snapshot();
        whole = chunk.whole();
        byte[] head = files.format().head(meta);
        headBytes = head.length;
        disk.write(name(), 0, head);
        step = Step.RECEIVING;
    }

    private String name() {
        return SnapshotFile.receivedName(meta.index());
    }

    private void answer(Frame.Chunk chunk, long received, Status status) {
        line.send(receipt(self, chunk, received, status));
    }

    /** The answer of {@code self} to a chunk. */
    public static Frame.Receipt receipt(
            NodeId self, Frame.Chunk chunk, long received, Status status) {
        return new Frame.Receipt(
                new Frame.Envelope(self, chunk.from(), chunk.term()),
                chunk.snapshot().index(),
                chunk.whole().checksum(),
                chunk.attempt(),
                received,
                status);
    }

    /** It is of no use after all; nothing is left of it. */
    public void abandon() {
        if (step != Step.IDLE) {
            Check.that(step.compareTo(Step.WHOLE) <= 0, "installed-stays", "is " + step);
            disk.delete(name());
        }
        forget();
    }

    private void forget() {
        step = Step.IDLE;
        meta = SnapshotMeta.NONE;
        whole = new Frame.Whole(0, 0);
        submitted = 0;
        confirmed = 0;
        writes.clear();
        awaited = 0;
        loader.forget();
        reading = StateReading.NONE;
    }

    /** The log's record of it is durable: from now on it counts. */
    public void install() {
        Check.that(step == Step.WHOLE, "snapshot-received", "is " + step);
        step = Step.RENAMING;
        reading = StateReading.NONE;
        awaited = disk.rename(name(), SnapshotFile.name(meta.index()));
    }

    /** A command came to its end. */
    public Progress finished(long commandId, DiskResult result) {
        if (!writes.isEmpty() && writes.getFirst().command() == commandId) {
            written(writes.removeFirst());
        } else if (loader.finished(commandId, result)) {
            step = Step.READING;
            return turn();
        } else if (awaited != 0 && commandId == awaited) {
            awaited = 0;
            return next();
        }
        return Progress.NOTHING;
    }

    private void written(Written write) {
        confirmed = write.end();
        answer(write.chunk(), confirmed, Status.RECEIVING);
        if (confirmed == whole.total()) {
            step = Step.SYNCING;
            disk.sync(name());
            awaited = disk.syncDirectory();
        }
    }

    private Progress next() {
        switch (step) {
            case SYNCING -> {
                step = Step.LOADING;
                loader.begin(name());
            }
            case RENAMING -> {
                disk.reached(CrashPoint.SNAPSHOT_RENAMED);
                step = Step.PUBLISHING;
                awaited = disk.syncDirectory();
            }
            case PUBLISHING -> {
                files.installed(meta.index());
                forget();
                return Progress.INSTALLED;
            }
            case IDLE, RECEIVING, LOADING, READING, WHOLE -> {}
        }
        return Progress.NOTHING;
    }

    /** Whether {@link #turn} would do something. */
    public boolean hasWork() {
        return step == Step.READING;
    }

    /** Reads a bounded part of the state. */
    public Progress turn() {
        if (!hasWork()) {
            return Progress.NOTHING;
        }
        try {
            if (loader.hasImage()) {
                FileImage image = loader.image();
                loader.forget();
                reading = StateReading.begin(files.format(), files.checkpoints(), image);
            }
            if (reading.step(READ_BYTES)) {
                return Progress.NOTHING;
            }
        } catch (Malformed e) {
            line.refused(meta, e.getMessage());
            answer(last, 0, Status.DAMAGED);
            abandon();
            return Progress.NOTHING;
        }
        step = Step.WHOLE;
        return Progress.WHOLE;
    }
}
