package dev.whitewater.node.wal;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.port.DiskFailure;

import java.util.Arrays;

/**
 * Reads one segment from front to back, in whatever slices it comes, and decides where its valid
 * part ends: at the end of what was written, at a write that a crash tore, or at damage.
 *
 * <h2>Torn or damaged?</h2>
 *
 * <p>Cutting off a torn write is right: its sync did not complete, so nothing was promised on it.
 * Cutting off a damaged record forgets what may have been acknowledged, and a majority may hang on
 * it (Alagappan et al., "Protocol-Aware Recovery for Consensus-Based Storage", FAST 2018: most
 * systems confuse the two). Three facts, all kept by {@link Wal}, tell them apart:
 *
 * <ol>
 *   <li>One write at a time: a record is written only when the one before it is durable. So a
 *       record that is followed by another, or by another segment, was durable: if it is not whole,
 *       it is damaged.
 *   <li>A write goes only where zeroes are and never touches a sector that holds a durable byte, so
 *       a torn one leaves sectors that are either as written or zero from some byte on.
 *   <li>The last byte of every sector is a mark that is never zero. So a sector with a mark was
 *       written whole, and a record whose sectors all have their marks was written whole: if its
 *       checksum is wrong, it is damaged, even as the last one of the log.
 * </ol>
 *
 * <p>What remains is damage that zeroes the end of a sector of the very last record; no log can
 * tell that from a crash in its last write.
 */
final class SegmentScan {

    private static final long NOWHERE = -1;
    private static final byte[] ZEROES = new byte[Sectors.SIZE];

    private final WalSettings settings;
    private final String file;
    private final long number;
    private final long size;
    private final LogImage image;

    /** The bytes from {@code position} on that were fed and not taken yet. */
    private byte[] window = new byte[0];

    private int from;
    private int to;
    private long position;
    private long end = NOWHERE;
    private boolean restIsZero = true;
    private long firstIndex;

    SegmentScan(WalSettings settings, long number, long size, LogImage image) {
        this.settings = settings;
        this.file = SegmentHeader.fileName(number);
        this.number = number;
        this.size = size;
        this.image = image;
    }

    long number() {
        return number;
    }

    /** The first index of the segment's header, once that was read. */
    long firstIndex() {
        return firstIndex;
    }

    /** The file offset of the next byte to feed. */
    long fed() {
        return position + to - from;
    }

    boolean hasAll() {
        return fed() >= size;
    }

    /** Where the next record belongs; 0 when even the header is not there. */
    long end() {
        return end == NOWHERE ? position : end;
    }

    /** Whether anything but zeroes follows {@link #end()}. */
    boolean isTorn() {
        return !restIsZero;
    }

    /**
     * Takes the next bytes, which are given away; after the last ones the sector is completed with
     * zeroes.
     */
    void feed(byte[] slice) {
        if (from == to && slice.length % Sectors.SIZE == 0) {
            window = slice;
            from = 0;
            to = slice.length;
        } else {
            append(slice);
        }
        boolean goesOn = true;
        while (goesOn && to - from >= Sectors.SIZE) {
            goesOn = takeNext();
        }
    }

    private void append(byte[] slice) {
        int held = to - from;
        int needed = held + slice.length + Sectors.SIZE;
        byte[] source = window;
        if (window.length < needed) {
            window = new byte[Math.max(needed, 2 * window.length)];
        }
        System.arraycopy(source, from, window, 0, held);
        System.arraycopy(slice, 0, window, held, slice.length);
        from = 0;
        to = held + slice.length;
        if (hasAll()) {
            int whole = Sectors.roundUp(to);
            Arrays.fill(window, to, whole, (byte) 0);
            to = whole;
        }
    }

    /** The end of the segment; {@code last} if no other follows. */
    void finish(boolean last) {
        if (!last && (end() == 0 || isTorn())) {
            throw corrupt(end(), "is not whole, but segment " + (number + 1) + " was begun later");
        }
    }

    private boolean takeNext() {
        if (end != NOWHERE) {
            lookBehindTheEnd();
            skip(Sectors.SIZE);
            return true;
        }
        if (window[from + Sectors.CONTENT] == 0) {
            end = position;
            return true;
        }
        if (position == 0) {
            takeHeader();
            return true;
        }
        return takeRecord();
    }

    private void takeHeader() {
        if (!SegmentHeader.isValid(window, from)) {
            throw corrupt(0, "has a damaged header");
        }
        SegmentHeader header = SegmentHeader.read(window, from, settings.identity());
        image.begin(header);
        long last = image.lastIndex();
        if (header.number() != number
                || header.firstSequence() != image.nextSequence()
                || header.chain() != image.chain()
                || header.firstIndex() != last + 1) {
            throw corrupt(
                    0,
                    "begins with record "
                            + header.firstSequence()
                            + " at index "
                            + header.firstIndex()
                            + ", but the segments before end before record "
                            + image.nextSequence()
                            + " at index "
                            + last);
        }
        firstIndex = header.firstIndex();
        requireMark(header.firstSequence(), 0);
        skip(Sectors.SIZE);
    }

    private boolean takeRecord() {
        if (!RecordHeader.isValid(window, from)) {
            throw corrupt(position, "has a damaged record header");
        }
        RecordHeader header = RecordHeader.read(window, from);
        requireNext(header);
        long bytes = (long) header.sectors() * Sectors.SIZE;
        if (bytes > size - position + Sectors.SIZE - 1) {
            end = position;
            return true;
        }
        if (bytes > to - from) {
            return false;
        }
        for (int at = Sectors.CONTENT; at < bytes; at += Sectors.SIZE) {
            if (window[from + at] == 0) {
                end = position;
                return true;
            }
            requireMark(header.sequence(), at - Sectors.CONTENT);
        }
        image.apply(header, read(header));
        skip((int) bytes);
        return true;
    }

    private void requireNext(RecordHeader header) {
        if (header.sequence() != image.nextSequence() || header.chain() != image.chain()) {
            throw corrupt(
                    position,
                    "has record "
                            + header.sequence()
                            + " where "
                            + image.nextSequence()
                            + " belongs, or one of another log");
        }
        if (!header.hasKnownType()) {
            throw new DiskFailure(
                    DiskFailure.Kind.FOREIGN,
                    file + " has a record of the unknown type " + header.type());
        }
    }

    private void requireMark(long sequence, int at) {
        if (window[from + at + Sectors.CONTENT] != Sectors.mark(sequence)) {
            throw corrupt(position + at, "has a sector that was written with another record");
        }
    }

    private LogRecord read(RecordHeader header) {
        ByteReader body = Sectors.reader(window, from, RecordHeader.BYTES, header.bodyLength());
        if (body.checksum(settings.checksum()) != header.bodyChecksum()) {
            throw corrupt(position, "has a damaged record");
        }
        LogRecord record;
        try {
            record = LogRecord.read(header.type(), body);
        } catch (Malformed e) {
            throw corrupt(position, "has a record that " + e.getMessage());
        }
        String objection = image.objection(record);
        if (!objection.isEmpty()) {
            throw corrupt(position, "has a record that " + objection);
        }
        return record;
    }

    /**
     * A sector behind the end that was written with another record means that the end was durable
     * once: fact 1. Only the mark is asked: what stands before it may be a client's value that
     * imitates a record.
     */
    private void lookBehindTheEnd() {
        restIsZero = restIsZero && isZero();
        byte mark = window[from + Sectors.CONTENT];
        if (mark != 0 && mark != Sectors.mark(image.nextSequence())) {
            throw corrupt(
                    end,
                    "lacks record "
                            + image.nextSequence()
                            + ", but the sector at offset "
                            + position
                            + " was written with another");
        }
    }

    private boolean isZero() {
        return Arrays.equals(window, from, from + Sectors.SIZE, ZEROES, 0, Sectors.SIZE);
    }

    private void skip(int bytes) {
        from += bytes;
        position += bytes;
    }

    private DiskFailure corrupt(long offset, String what) {
        return new DiskFailure(
                DiskFailure.Kind.CORRUPT,
                file
                        + " at offset "
                        + offset
                        + " "
                        + what
                        + ". It was durable, and this member may have acknowledged it, so it won't"
                        + " start without it");
    }
}
