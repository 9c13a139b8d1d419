package dev.whitewater.node.wal;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.raft.message.NodeId;

/**
 * The first sector of a segment.
 *
 * @param number the segment's place in the log, also in its name
 * @param firstSequence the sequence number of its first record
 * @param chain the checksum of the record before that one, 0 for the first record of all
 * @param firstIndex the index that would follow the log as the segments before leave it
 */
record SegmentHeader(
        WalIdentity identity, long number, long firstSequence, int chain, long firstIndex) {

    static final int VERSION = 1;

    private static final int MAGIC = 0x4C415757; // "WWAL"
    private static final int BYTES = 4 + 4 + 4 + 8 + 8 + 8 + 8 + 4 + 8;
    private static final String PREFIX = "wal-";
    private static final int DIGITS = 16;

    static String fileName(long number) {
        String digits = Long.toString(number);
        return PREFIX + "0".repeat(DIGITS - digits.length()) + digits;
    }

    /** The number in a segment's name; -1 for the name of another file. */
    static long numberOf(String fileName) {
        if (fileName.length() != PREFIX.length() + DIGITS || !fileName.startsWith(PREFIX)) {
            return -1;
        }
        long number = 0;
        for (int i = PREFIX.length(); i < fileName.length(); i++) {
            int digit = fileName.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** Writes the sector at the start of {@code target}. */
    void writeTo(byte[] target) {
        ByteWriter out = new ByteWriter(BYTES);
        out.int32(MAGIC);
        out.int32(VERSION);
        out.int32(0);
        out.int64(identity.clusterId());
        out.int64(identity.member().value());
        out.int64(number);
        out.int64(firstSequence);
        out.int32(chain);
        out.int64(firstIndex);
        out.putInt32(8, Crc32c.of(out.array(), 12, BYTES - 12));
        Sectors.wrap(out.array(), BYTES, Sectors.mark(firstSequence), target, 0);
    }

    /** Whether the sector at {@code at} is a whole, undamaged header. */
    static boolean isValid(byte[] sector, int at) {
        ByteReader in = new ByteReader(sector, at, at + BYTES);
        return in.int32() == MAGIC
                && in.int32() >= 0
                && in.int32() == Crc32c.of(sector, at + 12, BYTES - 12);
    }

    /** Reads a valid header; refuses one that we must not go on with. */
    static SegmentHeader read(byte[] sector, int at, WalIdentity expected) {
        ByteReader in = new ByteReader(sector, at + 4, at + BYTES);
        int version = in.int32();
        if (version != VERSION) {
            throw foreign("has format " + version + ", this program reads " + VERSION);
        }
        in.int32();
        long cluster = in.int64();
        long member = in.int64();
        if (cluster != expected.clusterId() || member != expected.member().value()) {
            throw foreign(
                    "belongs to member "
                            + new NodeId(member)
                            + " of cluster "
                            + cluster
                            + ", this is "
                            + expected.member()
                            + " of "
                            + expected.clusterId());
        }
        return new SegmentHeader(expected, in.int64(), in.int64(), in.int32(), in.int64());
    }

    private static DiskFailure foreign(String what) {
        return new DiskFailure(DiskFailure.Kind.FOREIGN, "the log " + what);
    }
}
