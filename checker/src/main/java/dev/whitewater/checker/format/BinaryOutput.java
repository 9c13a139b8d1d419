package dev.whitewater.checker.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Varints and texts, buffered. */
final class BinaryOutput {
    private final OutputStream stream;
    private final byte[] buffer = new byte[1 << 14];
    private int size;

    BinaryOutput(OutputStream stream) {
        this.stream = stream;
    }

    void bytes(byte[] bytes) {
        for (byte b : bytes) {
            octet(b);
        }
    }

    private void octet(int b) {
        if (size == buffer.length) {
            flush();
        }
        buffer[size++] = (byte) b;
    }

    /** Seven bits at a time, the lowest first. */
    void number(long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            octet((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /** Small numbers of both signs stay short. */
    void signed(long number) {
        number((number << 1) ^ (number >> 63));
    }

    void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        bytes(bytes);
    }

    void flush() {
        try {
            stream.write(buffer, 0, size);
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        size = 0;
    }
}
