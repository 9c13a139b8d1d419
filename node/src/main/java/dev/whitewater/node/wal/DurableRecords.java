package dev.whitewater.node.wal;

import dev.whitewater.raft.HardState;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;

import java.util.List;

/**
 * Reads the whole records of a segment from its bytes, for those who want to know what a disk holds
 * without asking the member. Judges nothing: it stops before the first record that isn't whole.
 */
public final class DurableRecords {

    private DurableRecords() {}

    /** Receives one record after the other. */
    public interface Sink {

        /**
         * The hard state from here on, and entries that replace what the log holds from there; if
         * {@code reset} names an entry, a snapshot that ends there replaced all before.
         */
        void record(HardState hardState, EntryId reset, List<Entry> entries);
    }

    /** The name of the segment with this number; the first is 1. */
    public static String fileName(long segment) {
        return SegmentHeader.fileName(segment);
    }

    /**
     * Reads on at {@code from}, where an earlier call ended, or at 0.
     *
     * @param length how many of {@code bytes} count
     * @return where the next record will begin
     */
    public static int read(byte[] bytes, int length, int from, Sink sink) {
        int at = from;
        if (at == 0) {
            if (!isWritten(bytes, length, 0, 1)) {
                return 0;
            }
            at = Sectors.SIZE;
        }
        while (isWritten(bytes, length, at, 1) && RecordHeader.isValid(bytes, at)) {
            RecordHeader header = RecordHeader.read(bytes, at);
            if (!isWritten(bytes, length, at, header.sectors())) {
                break;
            }
            LogRecord record =
                    LogRecord.read(
                            header.type(),
                            Sectors.reader(bytes, at, RecordHeader.BYTES, header.bodyLength()));
            sink.record(record.hardState(), record.reset(), record.entries());
            at += header.sectors() * Sectors.SIZE;
        }
        return at;
    }

    private static boolean isWritten(byte[] bytes, int length, int at, int sectors) {
        for (int i = 1; i <= sectors; i++) {
            int end = at + i * Sectors.SIZE;
            if (end > length || bytes[end - 1] == 0) {
                return false;
            }
        }
        return true;
    }
}
