package dev.whitewater.store;

import java.util.List;

/** Reads what {@link RequestWriter} wrote, and trusts none of it. */
final class RequestReader {
    private final byte[] buffer;
    private final Complaint complaint;
    private int at;

    RequestReader(byte[] buffer, Complaint complaint) {
        this.buffer = buffer;
        this.complaint = complaint;
    }

    int octet(String field) {
        if (at == buffer.length) {
            throw malformed(field, "a byte", "the end");
        }
        return buffer[at++] & 0xff;
    }

    /** The next byte, which stays the next. */
    int peek(String field) {
        int octet = octet(field);
        at--;
        return octet;
    }

    long number(String field) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet(field);
            long bits = octet & 0x7f;
            if (shift == 63 && bits > 1) {
                break;
            }
            value |= bits << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw malformed(field, "a number of 64 bits", "a longer one");
    }

    /** A number that counts things, of which each takes at least one of the bytes that remain. */
    int count(String field) {
        long value = number(field);
        if (value < 0 || value > buffer.length - at) {
            throw malformed(
                    field,
                    "at most the remaining " + (buffer.length - at),
                    Long.toUnsignedString(value));
        }
        return (int) value;
    }

    Bytes bytes(String field) {
        int length = count(field);
        Bytes value = Bytes.of(buffer, at, length);
        at += length;
        return value;
    }

    <E> E constant(String field, List<E> values) {
        int ordinal = octet(field);
        if (ordinal >= values.size()) {
            at--;
            throw malformed(field, "0 to " + (values.size() - 1), Integer.toString(ordinal));
        }
        return values.get(ordinal);
    }

    /** Bits that must all be known. */
    int flags(String field, int known) {
        int flags = octet(field);
        if ((flags & ~known) != 0) {
            at--;
            throw malformed(field, "no bits but " + known, Integer.toString(flags));
        }
        return flags;
    }

    void end() {
        if (at != buffer.length) {
            throw malformed("end", "nothing more", (buffer.length - at) + " more bytes");
        }
    }

    RuntimeException malformed(String field, String expected, String got) {
        return complaint.about(
                field + " at byte " + at + ": expected " + expected + ", got " + got);
    }

    /** How to say that the bytes are wrong. */
    @FunctionalInterface
    interface Complaint {
        RuntimeException about(String what);
    }
}
