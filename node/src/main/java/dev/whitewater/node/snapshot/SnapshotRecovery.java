package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.port.DiskResult.FileInfo;
import dev.whitewater.node.wal.LogReach;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the newest whole snapshot after a start, in bounded slices, and removes what is of no use:
 * unfinished files, damaged snapshots, those that the log does not lead on from any more, and those
 * from a leader that the log does not speak of.
 *
 * <p>Comes after the log was read, for the log decides: if its last word on snapshots is that one
 * from a leader replaced it, then that file counts, under whichever name the crash left it.
 */
public final class SnapshotRecovery {

    private final DiskQueue disk;
    private final SnapshotFile format;
    private final LogReach log;

    /** Snapshots that may be whole, oldest first. */
    private final List<FileInfo> candidates = new ArrayList<>();

    private final ByteWriter content = new ByteWriter(1024);
    private Snapshot found = Snapshot.NONE;
    private final StringBuilder summary = new StringBuilder();
    private Step step = Step.LISTING;

    /** Files to remove at the end. */
    private final List<String> useless = new ArrayList<>();

    private int outstanding;

    private enum Step {
        LISTING,
        RENAMING,
        READING,
        REMOVING,
        FINISHED
    }

    public SnapshotRecovery(long clusterId, NodeId member, DiskQueue disk, LogReach log) {
        this.disk = disk;
        this.log = log;
        format = new SnapshotFile(clusterId, member);
    }

    public void begin() {
        disk.listFiles();
    }

    public Snapshot found() {
        return found;
    }

    /** One clause for the trace. */
    public String summary() {
        return found.isNone() && summary.isEmpty() ? "no snapshot" : summary.toString();
    }

    public SnapshotFiles files() {
        List<Long> indexes = new ArrayList<>();
        for (FileInfo candidate : candidates) {
            indexes.add(SnapshotFile.indexOf(candidate.name()));
        }
        return new SnapshotFiles(format, disk, indexes);
    }

    /** Goes on with the result of the oldest command; true at the end. */
    public boolean finished(DiskResult result) {
        switch (step) {
            case LISTING -> listed(result);
            case RENAMING -> {
                outstanding--;
                if (outstanding == 0) {
                    step = Step.READING;
                    tryNewest();
                }
            }
            case READING -> content(result);
            case REMOVING -> {
                outstanding--;
                if (outstanding == 0) {
                    step = Step.FINISHED;
                }
            }
            case FINISHED -> throw unexpected(result);
        }
        return step == Step.FINISHED;
    }

    private void listed(DiskResult result) {
        if (!(result instanceof DiskResult.Listed listed)) {
            throw unexpected(result);
        }
        long promised = log.reset().index();
        List<FileInfo> sent = new ArrayList<>();
        for (FileInfo info : listed.files()) {
            if (SnapshotFile.isFinished(info.name())) {
                sort(info);
            } else if (promised > 0 && info.name().equals(SnapshotFile.receivedName(promised))) {
                sent.add(info);
            } else if (SnapshotFile.isUnfinished(info.name())
                    || SnapshotFile.isReceived(info.name())) {
                useless.add(info.name());
            }
        }
        if (sent.isEmpty()) {
            step = Step.READING;
            tryNewest();
        } else {
            finishInstallation(sent.getFirst(), promised);
        }
    }

    /** A snapshot from before what the log begins with leads nowhere. */
    private void sort(FileInfo info) {
        if (SnapshotFile.indexOf(info.name()) < log.base()) {
            useless.add(info.name());
        } else {
            candidates.add(info);
        }
    }

    private void finishInstallation(FileInfo sent, long index) {
        String name = SnapshotFile.name(index);
        candidates.removeIf(info -> info.name().equals(name));
        candidates.add(new FileInfo(name, sent.size()));
        candidates.sort((a, b) -> a.name().compareTo(b.name()));
        disk.rename(sent.name(), name);
        disk.syncDirectory();
        outstanding = 2;
        step = Step.RENAMING;
        summary.append("installed ").append(name).append("; ");
    }

    private void tryNewest() {
        content.clear();
        if (candidates.isEmpty()) {
            end();
        } else {
            readOn();
        }
    }

    private void end() {
        if (found.isNone() && log.base() > 0) {
            // The member won't start; what is left of its snapshots is evidence.
            useless.clear();
        }
        step = useless.isEmpty() ? Step.FINISHED : Step.REMOVING;
        outstanding = useless.size();
        useless.forEach(disk::delete);
    }

    private void readOn() {
        FileInfo info = candidates.getLast();
        long rest = info.size() - content.length();
        int length = (int) Math.min(SnapshotFiles.CHUNK_BYTES, rest);
        disk.read(info.name(), content.length(), length);
    }

    private void content(DiskResult result) {
        if (!(result instanceof DiskResult.Content slice)) {
            throw unexpected(result);
        }
        content.bytes(slice.bytes());
        FileInfo info = candidates.getLast();
        if (content.length() < info.size() && slice.bytes().length > 0) {
            readOn();
            return;
        }
        try {
            found = format.decode(content.toByteArray());
            summary.append("restored ").append(found.meta());
            end();
        } catch (Malformed e) {
            summary.append(info.name()).append(' ').append(e.getMessage()).append("; ");
            candidates.removeLast();
            useless.add(info.name());
            tryNewest();
        }
    }

    private static DiskFailure unexpected(DiskResult result) {
        return new DiskFailure(DiskFailure.Kind.DEVICE, "unexpected answer " + result);
    }
}
