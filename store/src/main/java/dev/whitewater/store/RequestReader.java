package dev.whitewater.store;

import dev.whitewater.store.port.BackendFile;

import java.util.List;

/**
 * Reads what {@link RequestWriter} wrote, and trusts none of it. It reads an array, or a file
 * through a window that is as large as the largest thing read at once.
 */
final class RequestReader {
    private static final int WINDOW = 1 << 16;

    private final Source source;
    private final Complaint complaint;
    private byte[] buffer;
    private int limit;
    private int at;

    /** The place of {@code buffer[0]} in the whole. */
    private long base;

    /** How much of the whole lies behind {@code buffer[limit - 1]}. */
    private long behind;

    RequestReader(byte[] buffer, Complaint complaint) {
        this(buffer, 0, complaint);
    }

    /** Reads what begins at {@code start} of an array. */
    RequestReader(byte[] buffer, int start, Complaint complaint) {
        this.source = (place, target, from, count) -> {};
        this.complaint = complaint;
        this.buffer = buffer;
        this.limit = buffer.length;
        this.at = start;
        this.base = -start;
    }

    /** Reads the first {@code length} bytes of a file. */
    RequestReader(BackendFile file, long length, Complaint complaint) {
        this.source = file::read;
        this.complaint = complaint;
        this.buffer = new byte[(int) Math.min(WINDOW, length)];
        this.behind = length;
    }

    /** How many bytes were read so far. */
    long position() {
        return base + at;
    }

    int octet(String field) {
        if (!has(1)) {
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
        long remaining = limit - at + behind;
        if (value < 0 || value > Math.min(remaining, Integer.MAX_VALUE)) {
            throw malformed(
                    field, "at most the remaining " + remaining, Long.toUnsignedString(value));
        }
        return (int) value;
    }

    Bytes bytes(String field) {
        int length = count(field);
        if (!has(length)) {
            throw malformed(field, length + " bytes", "the end");
        }
        Bytes value = Bytes.of(buffer, at, length);
        at += length;
        return value;
    }

    boolean bool(String field) {
        return flags(field, 1) == 1;
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
        if (has(1)) {
            throw malformed("end", "nothing more", (limit - at + behind) + " more bytes");
        }
    }

    RuntimeException malformed(String field, String expected, String got) {
        return complaint.about(
                field + " at byte " + position() + ": expected " + expected + ", got " + got);
    }

    private boolean has(int count) {
        return count <= limit - at || fill(count);
    }

    private boolean fill(int count) {
        int kept = limit - at;
        if (count > kept + behind) {
            return false;
        }
        byte[] target =
                count > buffer.length ? new byte[Math.max(count, 2 * buffer.length)] : buffer;
        System.arraycopy(buffer, at, target, 0, kept);
        int more = (int) Math.min(target.length - kept, behind);
        source.read(base + limit, target, kept, more);
        buffer = target;
        base += at;
        at = 0;
        limit = kept + more;
        behind -= more;
        return true;
    }

    /** Where more bytes come from. */
    @FunctionalInterface
    private interface Source {
        void read(long place, byte[] target, int from, int count);
    }

    /** How to say that the bytes are wrong. */
    @FunctionalInterface
    interface Complaint {
        RuntimeException about(String what);
    }
}
