package dev.whitewater.store;

import java.util.Arrays;

/** A growing array of bytes with the few shapes that our formats are made of. */
final class RequestWriter {
    private byte[] buffer = new byte[64];
    private int length;

    void octet(int value) {
        reserve(1);
        buffer[length++] = (byte) value;
    }

    /** Seven bits a byte, the lowest first; the top bit says that more follow. */
    void number(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    void bytes(Bytes value) {
        number(value.length());
        reserve(value.length());
        value.copyTo(buffer, length);
        length += value.length();
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    private void reserve(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + more, 2 * buffer.length));
        }
    }
}
