package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What {@link BinaryOutput} wrote. Errors name line 1 and the byte, from 1. */
final class BinaryInput {
    private final ByteSource source;
    private final byte[] buffer = new byte[1 << 14];
    private int position;
    private int limit;
    private long consumed;

    BinaryInput(ByteSource source) {
        this.source = source;
    }

    int octet() {
        if (position == limit) {
            consumed += limit;
            position = 0;
            limit = Math.max(0, source.read(buffer, 0, buffer.length));
            if (limit == 0) {
                throw broken("more bytes", "the end of the file");
            }
        }
        return buffer[position++];
    }

    long number() {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            number |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                return number;
            }
        }
        throw broken("a number of at most ten bytes", "a longer one");
    }

    long signed() {
        long number = number();
        return (number >>> 1) ^ -(number & 1);
    }

    /** A number from 0 up to this bound, without it. */
    long below(long bound, String what) {
        long number = number();
        if (number < 0 || number >= bound) {
            throw broken(what, Long.toString(number));
        }
        return number;
    }

    int count(String what) {
        return (int) below(1 << 28, what);
    }

    String text() {
        int length = count("the length of a text");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < length; i++) {
            bytes.write(octet());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    HistoryFormatException broken(String expected, String got) {
        return new HistoryFormatException(1, (int) (consumed + position), expected, got);
    }
}
