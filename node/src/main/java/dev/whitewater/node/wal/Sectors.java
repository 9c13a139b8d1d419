package dev.whitewater.node.wal;

import dev.whitewater.node.codec.ByteReader;

/**
 * The grain of the log: sectors of 512 bytes, 511 of content and, last, a mark that is never zero.
 *
 * <p>A device writes a sector from its first byte to its last, or not at all; the log writes only
 * where zeroes are. So a sector whose mark is there was written whole, and one whose mark is zero
 * was not. That is what tells a torn write from a damaged one: see {@link SegmentScan}.
 */
final class Sectors {

    static final int SIZE = 512;
    static final int CONTENT = SIZE - 1;

    private Sectors() {}

    /** The mark of all sectors that are written together with record {@code sequence}. */
    static byte mark(long sequence) {
        return (byte) (1 + sequence % 255);
    }

    /** How many sectors it takes. */
    static int count(int contentBytes) {
        return (contentBytes + CONTENT - 1) / CONTENT;
    }

    static int roundUp(int bytes) {
        return (bytes + SIZE - 1) / SIZE * SIZE;
    }

    /** Lays content out from {@code target[at]} on, where zeroes are. */
    static void wrap(byte[] content, int length, byte mark, byte[] target, int at) {
        int to = at;
        for (int from = 0; from < length; from += CONTENT) {
            System.arraycopy(content, from, target, to, Math.min(CONTENT, length - from));
            to += SIZE;
            target[to - 1] = mark;
        }
    }

    /** Reads content, from byte {@code skip} of it on; in place if it lies within one sector. */
    static ByteReader reader(byte[] source, int at, int skip, int length) {
        return skip + length <= CONTENT
                ? new ByteReader(source, at + skip, at + skip + length)
                : new ByteReader(unwrap(source, at, skip, length), 0, length);
    }

    /** Takes content out again, from byte {@code skip} of it on. */
    private static byte[] unwrap(byte[] source, int at, int skip, int length) {
        byte[] content = new byte[length];
        int from = skip;
        int done = 0;
        while (done < length) {
            int inSector = from % CONTENT;
            int part = Math.min(CONTENT - inSector, length - done);
            System.arraycopy(source, at + from / CONTENT * SIZE + inSector, content, done, part);
            from += part;
            done += part;
        }
        return content;
    }
}
