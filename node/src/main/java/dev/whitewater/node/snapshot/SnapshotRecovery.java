package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.port.DiskResult.FileInfo;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the newest whole snapshot after a start, in bounded slices, and removes what is of no use:
 * unfinished files and damaged snapshots. The log still holds every entry, so a damaged snapshot
 * costs replay and nothing else.
 */
public final class SnapshotRecovery {

    private final DiskQueue disk;
    private final SnapshotFile format;

    /** Snapshots that may be whole, oldest first. */
    private final List<FileInfo> candidates = new ArrayList<>();

    private final ByteWriter content = new ByteWriter(1024);
    private Snapshot found = Snapshot.NONE;
    private String summary = "no snapshot";
    private Step step = Step.LISTING;

    /** Files to remove at the end. */
    private final List<String> useless = new ArrayList<>();

    private int removed;

    private enum Step {
        LISTING,
        READING,
        REMOVING,
        FINISHED
    }

    public SnapshotRecovery(long clusterId, NodeId member, DiskQueue disk) {
        this.disk = disk;
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
        return summary;
    }

    public SnapshotWriter writer() {
        List<Long> indexes = new ArrayList<>();
        for (FileInfo candidate : candidates) {
            indexes.add(SnapshotFile.indexOf(candidate.name()));
        }
        return new SnapshotWriter(format, disk, indexes);
    }

    /** Goes on with the result of the oldest command; true at the end. */
    public boolean finished(DiskResult result) {
        switch (step) {
            case LISTING -> listed(result);
            case READING -> content(result);
            case REMOVING -> {
                removed++;
                if (removed == useless.size()) {
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
        for (FileInfo info : listed.files()) {
            if (SnapshotFile.isFinished(info.name())) {
                candidates.add(info);
            } else if (SnapshotFile.isUnfinished(info.name())) {
                useless.add(info.name());
            }
        }
        step = Step.READING;
        tryNewest();
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
        step = useless.isEmpty() ? Step.FINISHED : Step.REMOVING;
        useless.forEach(disk::delete);
    }

    private void readOn() {
        FileInfo info = candidates.getLast();
        long rest = info.size() - content.length();
        int length = (int) Math.min(SnapshotWriter.CHUNK_BYTES, rest);
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
            summary = "restored " + found.meta();
            end();
        } catch (Malformed e) {
            summary = info.name() + " " + e.getMessage();
            candidates.removeLast();
            useless.add(info.name());
            tryNewest();
        }
    }

    private static DiskFailure unexpected(DiskResult result) {
        return new DiskFailure(DiskFailure.Kind.DEVICE, "unexpected answer " + result);
    }
}
