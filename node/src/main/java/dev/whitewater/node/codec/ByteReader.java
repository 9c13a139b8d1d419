package dev.whitewater.node.codec;

import dev.whitewater.node.port.Checksum;

import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Every method throws {@link Malformed} rather than read past
 * the end, and a length is believed only as far as there are bytes: a wrong one allocates nothing.
 */
public final class ByteReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    public ByteReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    public int remaining() {
        return end - at;
    }

    /** Of all that is left. */
    public int checksum(Checksum algorithm) {
        return algorithm.of(bytes, at, end - at);
    }

    /** Where the next read begins. */
    public int position() {
        return at;
    }

    public int int8() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    public int int32() {
        need(Integer.BYTES);
        int value =
                (bytes[at] & 0xFF)
                        | (bytes[at + 1] & 0xFF) << 8
                        | (bytes[at + 2] & 0xFF) << 16
                        | bytes[at + 3] << 24;
        at += Integer.BYTES;
        return value;
    }

    public long int64() {
        need(Long.BYTES);
        return Integer.toUnsignedLong(int32()) | (long) int32() << 32;
    }

    /** A number from 0 to {@link Long#MAX_VALUE}, in its shortest form: one value, one encoding. */
    public long varint() {
        // Most are of one byte or two, and this much is inlined everywhere.
        int here = at;
        if (end - here >= 2) {
            int first = bytes[here];
            if (first >= 0) {
                at = here + 1;
                return first;
            }
            int second = bytes[here + 1];
            if (second > 0) {
                at = here + 2;
                return (first & 0x7F) | second << 7;
            }
        }
        return longVarint();
    }

    private long longVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            int next = int8();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                if (next == 0 && shift > 0) {
                    throw new Malformed("a number is not in its shortest form");
                }
                return value;
            }
        }
        throw new Malformed("a number is longer than 63 bits");
    }

    /** A varint that counts things of which each takes at least one of the remaining bytes. */
    public int count() {
        long count = varint();
        if (count > remaining()) {
            throw new Malformed("count " + count + " with " + remaining() + " bytes left");
        }
        return (int) count;
    }

    /** A copy of {@code length} bytes. */
    public byte[] bytes(int length) {
        need(length);
        byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return copy;
    }

    /** What {@link ByteWriter#sized} wrote. */
    public byte[] sized() {
        return bytes(count());
    }

    /** Nothing may be left. */
    public void end() {
        if (at != end) {
            throw new Malformed(remaining() + " bytes too many");
        }
    }

    private void need(int count) {
        if (count > end - at) {
            throw new Malformed("ends " + (count - (end - at)) + " bytes early");
        }
    }
}
