package dev.whitewater.node.wal;

import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.port.DiskResult.FileInfo;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.Recovered;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.SnapshotMeta;

import java.util.ArrayList;
import java.util.List;

/**
 * Brings the log back after a start: lists the files, reads the segments in order and in bounded
 * slices, one disk command per step, repairs what a crash in the last write left behind, and makes
 * durable what it found.
 *
 * <p>The segments that count are the last ones without a gap between them. What lies before a gap
 * was being removed, since a snapshot stood for it, or is lost; which of the two, {@link
 * #recovered} decides.
 *
 * <p>The last step is not a formality. Bytes that can be read need not be durable: (1) a record is
 * written, its sync has not completed; (2) the process dies, the machine does not; (3) recovery
 * reads the record and would acknowledge it; (4) the power fails, and it is gone.
 */
public final class WalRecovery implements LogReach {

    /** What one event reads; a multiple of the sector. */
    static final int SLICE_BYTES = 64 * 1024;

    private final WalSettings settings;
    private final DiskQueue disk;
    private final LogImage image = new LogImage();

    private final List<FileInfo> segments = new ArrayList<>();
    private int reading;
    private SegmentScan scan;
    private Step step = Step.LISTING;
    private long lastCommand;
    private final List<Wal.Segment> begins = new ArrayList<>();
    private final List<String> orphans = new ArrayList<>();
    private long durableBytes;
    private long previousEnd;
    private String repair = "nothing to repair";
    private Wal.Tail tail = Wal.Tail.NONE;

    private enum Step {
        LISTING,
        READING,
        REPAIRING,
        FINISHED
    }

    public WalRecovery(WalSettings settings, DiskQueue disk) {
        this.settings = settings;
        this.disk = disk;
        scan = new SegmentScan(settings, 0, 0, image);
    }

    public void begin() {
        disk.listFiles();
    }

    /** Goes on with the result of command {@code id}; true when the log is back. */
    public boolean finished(long id, DiskResult result) {
        switch (step) {
            case LISTING -> listed(result);
            case READING -> content(result);
            case REPAIRING -> {
                if (id == lastCommand) {
                    step = Step.FINISHED;
                }
            }
            case FINISHED -> throw unexpected(result);
        }
        return step == Step.FINISHED;
    }

    /**
     * What the log holds, together with {@code snapshot}, which must reach into it; {@link
     * SnapshotMeta#NONE} for none.
     */
    public Recovered recovered(SnapshotMeta snapshot) {
        if (!holds(snapshot.last())) {
            throw new DiskFailure(
                    DiskFailure.Kind.CORRUPT,
                    (snapshot.isNone()
                                    ? "there is no snapshot"
                                    : "a snapshot stands for " + snapshot.last())
                            + ", but the log holds "
                            + (image.base() + 1)
                            + ".."
                            + image.lastIndex()
                            + ". Something durable is gone, so this member won't start");
        }
        return new Recovered(
                image.hardState(), snapshot, image.after(snapshot.index()), snapshot.index());
    }

    @Override
    public boolean holds(EntryId id) {
        return image.holds(id);
    }

    @Override
    public long base() {
        return image.base();
    }

    @Override
    public EntryId reset() {
        return image.reset();
    }

    /** The log, ready to be written on. */
    public Wal open() {
        Check.that(step == Step.FINISHED, "log-opened-after-recovery", "recovery is " + step);
        return new Wal(settings, disk, image, tail);
    }

    /** One clause for the trace. */
    public String summary() {
        return "recovered "
                + image.lastIndex()
                + " entries of "
                + (image.nextSequence() - 1)
                + " records, term "
                + image.hardState().term()
                + ", commit "
                + image.hardState().commit()
                + "; "
                + repair;
    }

    private void listed(DiskResult result) {
        if (!(result instanceof DiskResult.Listed listed)) {
            throw unexpected(result);
        }
        for (FileInfo info : listed.files()) {
            long number = SegmentHeader.numberOf(info.name());
            if (number > 0) {
                if (!segments.isEmpty() && number != numberOfLast() + 1) {
                    segments.forEach(orphan -> orphans.add(orphan.name()));
                    segments.clear();
                }
                segments.add(info);
            }
        }
        step = Step.READING;
        beginSegment();
    }

    private long numberOfLast() {
        return SegmentHeader.numberOf(segments.getLast().name());
    }

    private void beginSegment() {
        if (reading == segments.size()) {
            // An empty disk: the first record will make the first segment.
            step = Step.FINISHED;
            return;
        }
        FileInfo info = segments.get(reading);
        long number = SegmentHeader.numberOf(info.name());
        scan = new SegmentScan(settings, number, info.size(), image);
        readOn();
    }

    private void readOn() {
        if (scan.hasAll()) {
            endSegment();
        } else {
            FileInfo info = segments.get(reading);
            long rest = info.size() - scan.fed();
            disk.read(info.name(), scan.fed(), (int) Math.min(SLICE_BYTES, rest));
        }
    }

    private void content(DiskResult result) {
        if (!(result instanceof DiskResult.Content content)) {
            throw unexpected(result);
        }
        if (content.bytes().length == 0) {
            throw new DiskFailure(
                    DiskFailure.Kind.CORRUPT,
                    segments.get(reading).name() + " is shorter than the directory says");
        }
        scan.feed(content.bytes());
        readOn();
    }

    private void endSegment() {
        boolean last = reading == segments.size() - 1;
        scan.finish(last);
        durableBytes += scan.end();
        if (scan.end() > 0) {
            begins.add(new Wal.Segment(scan.number(), scan.firstIndex()));
        }
        if (last) {
            repair();
        } else {
            previousEnd = scan.end();
            reading++;
            beginSegment();
        }
    }

    private void repair() {
        FileInfo info = segments.get(reading);
        if (scan.end() == 0) {
            repair = "removed " + info.name() + ", begun and not finished";
            disk.delete(info.name());
            sealPrevious();
        } else {
            if (scan.isTorn()) {
                repair = "cut a torn write off " + info.name() + " at " + scan.end();
                disk.truncate(info.name(), scan.end());
            }
            tail = new Wal.Tail(scan.number(), scan.end(), durableBytes, List.copyOf(begins));
            disk.sync(info.name());
        }
        orphans.forEach(disk::delete);
        lastCommand = disk.syncDirectory();
        step = Step.REPAIRING;
    }

    /** The segment before the removed one becomes the last; it is whole and was durable. */
    private void sealPrevious() {
        if (reading > 0) {
            List<Wal.Segment> whole = List.copyOf(begins);
            tail = new Wal.Tail(scan.number() - 1, previousEnd, durableBytes, whole);
        } else if (scan.number() > 1) {
            throw new DiskFailure(
                    DiskFailure.Kind.CORRUPT,
                    SegmentHeader.fileName(scan.number() - 1) + " is missing, it was whole once");
        }
    }

    private static DiskFailure unexpected(DiskResult result) {
        return new DiskFailure(DiskFailure.Kind.DEVICE, "unexpected answer " + result);
    }
}
