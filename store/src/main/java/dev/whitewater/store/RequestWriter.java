package dev.whitewater.store;

import dev.whitewater.store.port.BackendFile;

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

    void bool(boolean value) {
        octet(value ? 1 : 0);
    }

    /** All that {@code other} has. */
    void raw(RequestWriter other) {
        reserve(other.length);
        System.arraycopy(other.buffer, 0, buffer, length, other.length);
        length += other.length;
    }

    void checksum(ImageChecksum sum) {
        sum.update(buffer, 0, length);
    }

    int length() {
        return length;
    }

    /** Forgets what was written, after handing it to {@code file} behind its end. */
    void drainTo(BackendFile file) {
        file.write(file.length(), buffer, 0, length);
        length = 0;
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
