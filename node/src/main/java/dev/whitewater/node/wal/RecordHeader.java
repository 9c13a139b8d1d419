package dev.whitewater.node.wal;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.port.Checksum;

/**
 * What stands before a record's body, always within one sector.
 *
 * @param chain the {@code checksum} of the record before, so that a record can't be lost, doubled
 *     or taken from elsewhere without being noticed
 * @param checksum over the header's other fields, and through {@code bodyChecksum} over the body
 */
record RecordHeader(
        long sequence, int type, int bodyLength, int bodyChecksum, int chain, int checksum) {

    static final int BYTES = 4 + 4 + 4 + 4 + 8 + 4;

    /** A record that holds a {@link LogRecord}. */
    static final int TYPE_LOG = 1;

    /** One that says that a snapshot has replaced the log before it. */
    static final int TYPE_RESET = 2;

    /** Writes the header over the first {@link #BYTES} of {@code record}; returns its checksum. */
    static int write(ByteWriter record, int type, long sequence, int chain, Checksum ofBody) {
        int bodyLength = record.length() - BYTES;
        record.putInt32(4, ofBody.of(record.array(), BYTES, bodyLength));
        record.putInt32(8, chain);
        record.putInt32(12, bodyLength);
        record.putInt32(16, (int) sequence);
        record.putInt32(20, (int) (sequence >>> 32));
        record.putInt32(24, type);
        int checksum = Crc32c.of(record.array(), 4, BYTES - 4);
        record.putInt32(0, checksum);
        return checksum;
    }

    static boolean isValid(byte[] sector, int at) {
        return new ByteReader(sector, at, at + BYTES).int32()
                == Crc32c.of(sector, at + 4, BYTES - 4);
    }

    static RecordHeader read(byte[] sector, int at) {
        ByteReader in = new ByteReader(sector, at, at + BYTES);
        int checksum = in.int32();
        int bodyChecksum = in.int32();
        int chain = in.int32();
        int bodyLength = in.int32();
        long sequence = in.int64();
        int type = in.int32();
        return new RecordHeader(sequence, type, bodyLength, bodyChecksum, chain, checksum);
    }

    boolean hasKnownType() {
        return type == TYPE_LOG || type == TYPE_RESET;
    }

    /** The sectors that header and body fill. */
    int sectors() {
        return Sectors.count(BYTES + bodyLength);
    }
}
