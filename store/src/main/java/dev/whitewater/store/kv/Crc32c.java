package dev.whitewater.store.kv;

/** CRC-32C (Castagnoli), as RFC 3720 has it; the JDK's own isn't there in a page. */
final class Crc32c {
    private static final int POLYNOMIAL = 0x82f63b78;
    private static final int[] TABLE = table();

    private int state = -1;

    void update(int octet) {
        state = state >>> 8 ^ TABLE[(state ^ octet) & 0xff];
    }

    void update(byte[] bytes, int from, int count) {
        for (int at = from; at < from + count; at++) {
            update(bytes[at]);
        }
    }

    int value() {
        return ~state;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int octet = 0; octet < 256; octet++) {
            int value = octet;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
            }
            table[octet] = value;
        }
        return table;
    }
}
