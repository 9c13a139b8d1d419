package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.wal.LogReach;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.store.Store;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the newest whole snapshot after a start and builds the store of it, in bounded slices;
 * removes what is of no use: unfinished files, damaged snapshots, those that the log does not lead
 * on from any more, and those from a leader that the log does not speak of.
 *
 * <p>Comes after the log was read, for the log decides: if its last word on snapshots is that one
 * from a leader replaced it, then that file counts, under whichever name the crash left it.
 */
public final class SnapshotRecovery {

    /** How much of a state is read in one event. */
    private static final int READ_BYTES = 1 << 20;

    private final DiskQueue disk;
    private final SnapshotFiles.Layout layout;
    private final SnapshotFile format;
    private final LogReach log;
    private final ImageLoader loader;

    /** The indexes of snapshots that may be whole, oldest first. */
    private final List<Long> candidates = new ArrayList<>();

    private StateReading reading = StateReading.NONE;
    private final StringBuilder summary = new StringBuilder();
    private Step step = Step.LISTING;

    /** Files to remove at the end. */
    private final List<String> useless = new ArrayList<>();

    private int outstanding;

    private enum Step {
        LISTING,
        RENAMING,
        LOADING,
        READING,
        REMOVING,
        FINISHED
    }

    public SnapshotRecovery(SnapshotFiles.Layout layout, DiskQueue disk, LogReach log) {
        this.layout = layout;
        this.disk = disk;
        this.log = log;
        format = layout.format();
        loader = new ImageLoader(disk);
    }

    public void begin() {
        disk.listFiles();
    }

    public boolean isFinished() {
        return step == Step.FINISHED;
    }

    /** The snapshot that was found; {@link SnapshotMeta#NONE} for none. */
    public SnapshotMeta found() {
        return reading.meta();
    }

    /** The state in it; a new store if none was found. */
    public Store store() {
        return reading.store();
    }

    /** One clause for the trace. */
    public String summary() {
        return found().isNone() && summary.isEmpty() ? "no snapshot" : summary.toString();
    }

    public SnapshotFiles files() {
        return new SnapshotFiles(layout, disk, candidates);
    }

    /** Goes on with the result of the oldest command. */
    public void finished(long commandId, DiskResult result) {
        switch (step) {
            case LISTING -> listed(result);
            case RENAMING -> {
                outstanding--;
                if (outstanding == 0) {
                    loadNewest();
                }
            }
            case LOADING -> {
                if (loader.finished(commandId, result)) {
                    loaded();
                }
            }
            case REMOVING -> {
                outstanding--;
                if (outstanding == 0) {
                    step = Step.FINISHED;
                }
            }
            case READING, FINISHED -> throw unexpected(result);
        }
    }

    private void listed(DiskResult result) {
        if (!(result instanceof DiskResult.Listed listed)) {
            throw unexpected(result);
        }
        long promised = log.reset().index();
        boolean sent = false;
        for (DiskResult.FileInfo info : listed.files()) {
            String name = info.name();
            if (SnapshotFile.isFinished(name)) {
                sort(SnapshotFile.indexOf(name));
            } else if (promised > 0 && name.equals(SnapshotFile.receivedName(promised))) {
                sent = true;
            } else if (SnapshotFile.isUnfinished(name) || SnapshotFile.isReceived(name)) {
                useless.add(name);
            }
        }
        if (sent) {
            finishInstallation(promised);
        } else {
            loadNewest();
        }
    }

    /** A snapshot from before what the log begins with leads nowhere. */
    private void sort(long index) {
        if (index < log.base()) {
            useless.add(SnapshotFile.name(index));
        } else {
            candidates.add(index);
        }
    }

    private void finishInstallation(long index) {
        String name = SnapshotFile.name(index);
        candidates.remove(index);
        candidates.add(index);
        candidates.sort(Long::compare);
        disk.rename(SnapshotFile.receivedName(index), name);
        disk.syncDirectory();
        outstanding = 2;
        step = Step.RENAMING;
        summary.append("installed ").append(name).append("; ");
    }

    private void loadNewest() {
        if (candidates.isEmpty()) {
            end();
        } else {
            step = Step.LOADING;
            loader.begin(SnapshotFile.name(candidates.getLast()));
        }
    }

    private void loaded() {
        FileImage image = loader.image();
        loader.forget();
        try {
            reading = StateReading.begin(format, layout.checkpoints(), image);
            if (reading.meta().index() != candidates.getLast()) {
                throw new Malformed("is the snapshot at " + reading.meta().last());
            }
            step = Step.READING;
        } catch (Malformed e) {
            damaged(e);
            return;
        }
        turn();
    }

    /** Whether {@link #turn} would do something. */
    public boolean hasWork() {
        return step == Step.READING;
    }

    /** Reads a bounded part of the state. */
    public void turn() {
        if (!hasWork()) {
            return;
        }
        boolean more;
        try {
            more = reading.step(READ_BYTES);
        } catch (Malformed e) {
            if (reading.isWhole()) {
                // Nothing was lost: falling back would hide a mistake in what was written.
                throw new InvariantViolation(
                        "snapshot-readable", reading.meta() + " " + e.getMessage());
            }
            damaged(e);
            return;
        }
        if (!more) {
            summary.append("restored ").append(reading.meta());
            end();
        }
    }

    /** The one before it costs a longer replay and nothing else. */
    private void damaged(Malformed why) {
        reading = StateReading.NONE;
        String name = SnapshotFile.name(candidates.removeLast());
        summary.append(name).append(' ').append(why.getMessage()).append("; ");
        useless.add(name);
        loadNewest();
    }

    private void end() {
        if (found().isNone() && log.base() > 0) {
            // The member won't start; what is left of its snapshots is evidence.
            useless.clear();
        }
        step = useless.isEmpty() ? Step.FINISHED : Step.REMOVING;
        outstanding = useless.size();
        useless.forEach(disk::delete);
    }

    private static DiskFailure unexpected(DiskResult result) {
        return new DiskFailure(DiskFailure.Kind.DEVICE, "unexpected answer " + result);
    }
}
