package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.value.Value;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What {@link BinaryOutput} wrote. Errors name line 1 and the byte, from 1. */
final class BinaryInput {
    private static final int REMEMBERED = 1 << 14;
    private static final int SPELLED_MAX = 256;
    private static final int ROWS = 1 << 8;

    private final ByteSource source;

    /** Texts and values of late, each at the place of its hash. */
    private final String[] texts = new String[REMEMBERED];

    private final Value[] values = new Value[REMEMBERED];
    private final Value[][] rows = new Value[ROWS][];
    private final byte[] spelled = new byte[SPELLED_MAX];
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

    /** A text; one that was read lately is the same object again. */
    String text() {
        int length = count("the length of a text");
        if (length > spelled.length) {
            return longText(length);
        }
        int hash = 0;
        boolean plain = true;
        for (int i = 0; i < length; i++) {
            byte octet = (byte) octet();
            spelled[i] = octet;
            hash = hash * 31 + octet;
            plain &= octet >= 0;
        }
        if (!plain) {
            return new String(spelled, 0, length, StandardCharsets.UTF_8);
        }
        int place = (hash ^ hash >>> 15) & texts.length - 1;
        String known = texts[place];
        if (known == null || !isSpelled(known, length)) {
            known = new String(spelled, 0, length, StandardCharsets.US_ASCII);
            texts[place] = known;
        }
        return known;
    }

    private boolean isSpelled(String known, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != spelled[i]) {
                return false;
            }
        }
        return true;
    }

    /** Grows as it is read, for a broken file may promise more than there is. */
    private String longText(int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < length; i++) {
            bytes.write(octet());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The same value, or an equal one that was met lately. */
    Value shared(Value value) {
        int hash = value.hashCode();
        int place = (hash ^ hash >>> 15) & values.length - 1;
        if (value.equals(values[place])) {
            return values[place];
        }
        values[place] = value;
        return value;
    }

    /** The same names, or equal ones that were met lately. */
    Value[] shared(Value[] row) {
        int hash = Arrays.hashCode(row);
        int place = (hash ^ hash >>> 15) & rows.length - 1;
        if (!Arrays.equals(row, rows[place])) {
            rows[place] = row;
        }
        return rows[place];
    }

    /** Here the file must end. */
    void end() {
        if (position < limit || source.read(buffer, 0, buffer.length) > 0) {
            throw broken("the end of the file", "more bytes");
        }
    }

    HistoryFormatException broken(String expected, String got) {
        return new HistoryFormatException(1, (int) (consumed + position), expected, got);
    }
}
