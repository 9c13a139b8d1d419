package dev.whitewater.node.codec;

import dev.whitewater.raft.InvariantViolation;

import java.util.Arrays;

/**
 * Lays values out as bytes in an array that grows and is used again: little-endian fixed widths,
 * and variable-length integers of seven bits a byte, low group first. Negative numbers have no
 * place in our formats.
 */
public final class ByteWriter {

    private static final int MAX_VARINT_BYTES = 9;

    private byte[] bytes;
    private int length;

    public ByteWriter(int initialCapacity) {
        bytes = new byte[initialCapacity];
    }

    public void clear() {
        length = 0;
    }

    public int length() {
        return length;
    }

    /** The array behind this writer, valid up to {@link #length()} and until the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    public void int8(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    public void int32(int value) {
        room(Integer.BYTES);
        putInt32(length, value);
        length += Integer.BYTES;
    }

    public void int64(long value) {
        int32((int) value);
        int32((int) (value >>> 32));
    }

    /** Overwrites four bytes that were written before. */
    public void putInt32(int at, int value) {
        putInt32(bytes, at, value);
    }

    /** Writes four bytes into an array that is complete but for them. */
    public static void putInt32(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >>> 8);
        bytes[at + 2] = (byte) (value >>> 16);
        bytes[at + 3] = (byte) (value >>> 24);
    }

    public void varint(long value) {
        // Most are of one byte or two, and this much is inlined everywhere.
        if ((value & ~0x7FL) == 0) {
            int8((int) value);
        } else if ((value & ~0x3FFFL) == 0) {
            room(2);
            bytes[length] = (byte) (value | 0x80);
            bytes[length + 1] = (byte) (value >>> 7);
            length += 2;
        } else {
            longVarint(value);
        }
    }

    private void longVarint(long value) {
        if (value < 0) {
            throw new InvariantViolation("encoded-number-not-negative", "asked to encode " + value);
        }
        room(MAX_VARINT_BYTES);
        long rest = value;
        while (rest >= 0x80) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    public void bytes(byte[] value) {
        bytes(value, 0, value.length);
    }

    /** A part of {@code value}. */
    public void bytes(byte[] value, int from, int count) {
        room(count);
        System.arraycopy(value, from, bytes, length, count);
        length += count;
    }

    /** The length as a varint, then the bytes. */
    public void sized(byte[] value) {
        varint(value.length);
        bytes(value);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
