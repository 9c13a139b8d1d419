package dev.whitewater.node.wal;

import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.HardState;
import dev.whitewater.raft.Persist;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The write-ahead log: what {@code Ready}s ask to persist, as records in segments. The format is in
 * {@code docs/formats/wal.md}.
 *
 * <p>One write at a time: while a record is on its way to the disk, all that is asked for meanwhile
 * waits and makes the next record. That is group commit, and recovery counts on it (see {@link
 * SegmentScan}, fact 1).
 *
 * <p>A log that was just opened has something to write: the record with which a new life of the
 * process begins. It makes {@link #life()} durable, and it is the later record by which damage to
 * the last one of the life before can be told from a torn write.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>record n + 1 is submitted only when record n is durable;
 *   <li>bytes once written are never written again;
 *   <li>a segment that can be found after a crash has all segments before it whole, down to the
 *       oldest that counts.
 * </ul>
 */
public final class Wal {

    private static final byte[] NO_HEADER = new byte[RecordHeader.BYTES];

    private final WalSettings settings;
    private final DiskQueue disk;
    private final ByteWriter scratch = new ByteWriter(1024);

    private long segment;
    private String file = "";
    private long position;
    private long firstIndex;
    private long nextSequence;
    private int chain;

    private final long life;
    private HardState hardState;
    private List<Entry> waiting = List.of();
    private boolean waitingIsOurs;
    private EntryId waitingReset = EntryId.ZERO;
    private boolean mustWrite = true;
    private long number;

    private long awaited;
    private Batch writing;

    /** Segments with a durable record, oldest first. */
    private final ArrayDeque<Segment> segments;

    private long released;
    private long removing;

    private final TermRuns durableLog = new TermRuns();
    private HardState durableState;
    private long durableBytes;
    private long durableNumber;

    /** What a record on its way to the disk will have made durable. */
    private record Batch(long number, LogRecord record, int bytes) {
        static final Batch NONE =
                new Batch(0, new LogRecord(0, HardState.INITIAL, EntryId.ZERO, List.of()), 0);
    }

    /** {@code firstIndex}: the log as the segments before leave it ends right before. */
    record Segment(long number, long firstIndex) {}

    /** Where recovery found the end of the log. {@code segment} is 0 when there is none yet. */
    record Tail(long segment, long position, long durableBytes, List<Segment> segments) {
        static final Tail NONE = new Tail(0, 0, 0, List.of());
    }

    Wal(WalSettings settings, DiskQueue disk, LogImage image, Tail tail) {
        segments = new ArrayDeque<>(tail.segments());
        this.settings = settings;
        this.disk = disk;
        segment = tail.segment();
        file = SegmentHeader.fileName(segment);
        position = tail.position();
        nextSequence = image.nextSequence();
        chain = image.chain();
        life = image.life() + 1;
        hardState = image.hardState();
        writing = Batch.NONE;
        durableState = hardState;
        durableBytes = tail.durableBytes();
        durableLog.reset(image.base(), image.baseTerm());
        for (Entry entry : image.entries()) {
            durableLog.put(entry.index(), entry.term());
        }
    }

    /** Takes in what the Ready {@code readyNumber} asks for; numbers rise. */
    public void add(long readyNumber, Persist persist) {
        number = readyNumber;
        // The initial hard state is how a Persist says that nothing changed: terms never fall.
        if (!persist.hardState().equals(HardState.INITIAL)) {
            hardState = persist.hardState();
        }
        if (!persist.entries().isEmpty()) {
            addEntries(persist.entries());
        }
        mustWrite = mustWrite || persist.mustSync() || !persist.entries().isEmpty();
    }

    /**
     * A durable snapshot that ends at {@code last} replaces the whole log, what waits included. To
     * be called before {@link #add} with what the same Ready asks for.
     */
    public void restore(EntryId last) {
        waitingReset = last;
        waiting = List.of();
        waitingIsOurs = false;
        mustWrite = true;
    }

    /** Within one record too, the first entry replaces whatever is there from its index on. */
    private void addEntries(List<Entry> entries) {
        if (waiting.isEmpty() || entries.getFirst().index() <= waiting.getFirst().index()) {
            waiting = entries;
            waitingIsOurs = false;
            return;
        }
        if (!waitingIsOurs) {
            waiting = new ArrayList<>(waiting);
            waitingIsOurs = true;
        }
        long kept = entries.getFirst().index() - waiting.getFirst().index();
        Check.atMost("persisted-entries-contiguous", kept, waiting.size());
        waiting.subList((int) kept, waiting.size()).clear();
        waiting.addAll(entries);
    }

    /**
     * Writes what waits, unless a record is on its way or nothing needs to be durable: a commit
     * index alone travels with the next record.
     */
    public void flush() {
        if (!mustWrite || awaited != 0) {
            return;
        }
        scratch.clear();
        scratch.bytes(NO_HEADER);
        LogRecord record = new LogRecord(life, hardState, waitingReset, waiting);
        record.writeTo(scratch);
        boolean rotates = rotatesBefore(Sectors.count(scratch.length()) * Sectors.SIZE);
        byte[] bytes = rotates ? firstOfNextSegment(record.type()) : sectors(record.type(), 0);
        if (rotates && bytes.length < settings.segmentBytes()) {
            // Room for the whole segment: later syncs have no length to make durable, and a device
            // that is full says so here and not in the middle.
            disk.truncate(file, settings.segmentBytes());
        }
        awaited = disk.writeAndSync(file, position, bytes);
        if (rotates) {
            disk.reached(CrashPoint.SEGMENT_BEGUN);
            // Without this a crash may lose the file with the record in it.
            awaited = disk.syncDirectory();
        }
        position += bytes.length;
        nextSequence++;
        writing = new Batch(number, record, bytes.length);
        waiting = List.of();
        waitingReset = EntryId.ZERO;
        waitingIsOurs = false;
        mustWrite = false;
        disk.reached(CrashPoint.RECORD_SUBMITTED);
    }

    private boolean rotatesBefore(int recordBytes) {
        boolean hasRecord = position > Sectors.SIZE;
        return segment == 0 || (hasRecord && position + recordBytes > settings.segmentBytes());
    }

    private byte[] firstOfNextSegment(int type) {
        int chainBefore = chain;
        byte[] bytes = sectors(type, Sectors.SIZE);
        segment++;
        file = SegmentHeader.fileName(segment);
        position = 0;
        firstIndex = durableLog.last() + 1;
        new SegmentHeader(settings.identity(), segment, nextSequence, chainBefore, firstIndex)
                .writeTo(bytes);
        return bytes;
    }

    /** The record in {@code scratch} as sectors, after {@code skip} bytes. */
    private byte[] sectors(int type, int skip) {
        chain = RecordHeader.write(scratch, type, nextSequence, chain, settings.checksum());
        int length = scratch.length();
        byte[] bytes = new byte[skip + Sectors.count(length) * Sectors.SIZE];
        Sectors.wrap(scratch.array(), length, Sectors.mark(nextSequence), bytes, skip);
        return bytes;
    }

    /** A command came to its end; whether that made a record durable. */
    public boolean finished(long commandId) {
        if (commandId == removing) {
            removing = 0;
            removeOldest();
            return false;
        }
        if (commandId != awaited) {
            return false;
        }
        awaited = 0;
        LogRecord record = writing.record();
        if (record.isReset()) {
            durableLog.reset(record.reset().index(), record.reset().term());
        }
        for (Entry entry : record.entries()) {
            durableLog.put(entry.index(), entry.term());
        }
        durableState = record.hardState();
        durableBytes += writing.bytes();
        durableNumber = writing.number();
        writing = Batch.NONE;
        if (segments.isEmpty() || segments.getLast().number() != segment) {
            segments.addLast(new Segment(segment, firstIndex));
            removeOldest();
        }
        return true;
    }

    /**
     * Durable snapshots stand for the entries up to {@code index}: segments that hold nothing else
     * that counts are removed, one at a time.
     *
     * <p>A segment counts no more when the next one, which has a durable record and so the hard
     * state, begins at an index up to {@code index + 1}: whatever the log still holds of the older
     * one lies before that. If it was cut since, it lies before that all the more.
     */
    public void release(long index) {
        released = Math.max(released, index);
        removeOldest();
    }

    private void removeOldest() {
        if (removing != 0 || segments.size() < 2) {
            return;
        }
        Segment oldest = segments.removeFirst();
        if (segments.getFirst().firstIndex() - 1 <= released) {
            disk.delete(SegmentHeader.fileName(oldest.number()));
            disk.reached(CrashPoint.SEGMENT_REMOVED);
            removing = disk.syncDirectory();
        } else {
            segments.addFirst(oldest);
        }
    }

    /**
     * How many times this member's process has started, this time included; durable with the first
     * record of this life. Numbers made with it are not made again after a crash.
     */
    public long life() {
        return life;
    }

    /** Whether something that must be durable is not. */
    public boolean isBusy() {
        return mustWrite || awaited != 0;
    }

    /** The last Ready of which all that was asked for is durable. */
    public long durableNumber() {
        return durableNumber;
    }

    public long durableTerm() {
        return durableState.term();
    }

    public NodeId durableVote() {
        return durableState.votedFor();
    }

    public long durableLastIndex() {
        return durableLog.last();
    }

    /**
     * The term of the entry that a crash at this moment would leave at {@code index}, 0 if none.
     */
    public long durableTermAt(long index) {
        return durableLog.termAt(index);
    }

    /** Bytes of the log that are durable; never falls within one life of the process. */
    public long durableBytes() {
        return durableBytes;
    }
}
