package dev.whitewater.node.codec;

/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), the checksum of iSCSI (RFC 3720 §12.1).
 *
 * <p>Written out here because the deterministic modules also run where {@code java.util.zip} is
 * not: eight table look-ups take eight bytes at a time ("slicing by 8", Kounavis and Berry 2005).
 */
public final class Crc32c {

    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int SLICES = 8;

    /** {@code TABLES[k * 256 + b]}: what byte b does to the checksum k bytes later. */
    private static final int[] TABLES = tables();

    private Crc32c() {}

    /** The checksum of {@code length} bytes from {@code from}. */
    public static int of(byte[] bytes, int from, int length) {
        int[] tables = TABLES;
        int crc = ~0;
        int at = from;
        int end = from + length;
        for (; end - at >= SLICES; at += SLICES) {
            int low = crc ^ int32(bytes, at);
            int high = int32(bytes, at + 4);
            crc =
                    tables[7 * 256 + (low & 0xFF)]
                            ^ tables[6 * 256 + (low >>> 8 & 0xFF)]
                            ^ tables[5 * 256 + (low >>> 16 & 0xFF)]
                            ^ tables[4 * 256 + (low >>> 24)]
                            ^ tables[3 * 256 + (high & 0xFF)]
                            ^ tables[2 * 256 + (high >>> 8 & 0xFF)]
                            ^ tables[256 + (high >>> 16 & 0xFF)]
                            ^ tables[high >>> 24];
        }
        for (; at < end; at++) {
            crc = crc >>> 8 ^ tables[(crc ^ bytes[at]) & 0xFF];
        }
        return ~crc;
    }

    private static int int32(byte[] bytes, int at) {
        return (bytes[at] & 0xFF)
                | (bytes[at + 1] & 0xFF) << 8
                | (bytes[at + 2] & 0xFF) << 16
                | bytes[at + 3] << 24;
    }

    private static int[] tables() {
        int[] tables = new int[SLICES * 256];
        for (int b = 0; b < 256; b++) {
            int crc = b;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
            tables[b] = crc;
        }
        for (int at = 256; at < tables.length; at++) {
            int previous = tables[at - 256];
            tables[at] = previous >>> 8 ^ tables[previous & 0xFF];
        }
        return tables;
    }
}
