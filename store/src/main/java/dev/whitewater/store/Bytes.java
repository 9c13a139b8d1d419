package dev.whitewater.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable string of bytes, ordered as etcd orders keys: unsigned, lexicographic, the shorter
 * first.
 */
public final class Bytes implements Comparable<Bytes> {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final String HEX = "0123456789abcdef";

    private final byte[] raw;

    private Bytes(byte[] raw) {
        this.raw = raw;
    }

    /** Copies, so that the caller may go on using its array. */
    public static Bytes of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /** Copies a part of an array. */
    public static Bytes of(byte[] bytes, int from, int length) {
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(bytes, from, from + length));
    }

    public static Bytes utf8(String text) {
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return raw.length;
    }

    public boolean isEmpty() {
        return raw.length == 0;
    }

    public byte at(int index) {
        return raw[index];
    }

    public byte[] toByteArray() {
        return raw.clone();
    }

    /** Writes all bytes to {@code target} from {@code offset} on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(raw, 0, target, offset, raw.length);
    }

    public String toUtf8() {
        return new String(raw, StandardCharsets.UTF_8);
    }

    /**
     * The first key behind all keys that begin with this one: the last byte that can grow, grown.
     * Empty if there is none, which is so when every byte is 0xff.
     */
    public Bytes afterPrefix() {
        int last = raw.length - 1;
        while (last >= 0 && raw[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            return EMPTY;
        }
        byte[] end = Arrays.copyOf(raw, last + 1);
        end[last]++;
        return new Bytes(end);
    }

    /** The smallest key greater than this one. */
    public Bytes next() {
        return new Bytes(Arrays.copyOf(raw, raw.length + 1));
    }

    /** How many bytes both begin with. */
    public int commonPrefix(Bytes other) {
        int differs = Arrays.mismatch(raw, other.raw);
        return differs < 0 ? raw.length : differs;
    }

    /** Compares with the first {@code length} bytes of {@code other}, by so many bytes of this. */
    public int comparePrefix(Bytes other, int length) {
        return Arrays.compareUnsigned(raw, 0, Math.min(length, raw.length), other.raw, 0, length);
    }

    /**
     * The eight bytes from {@code offset} on, zeros where there are none, as a number whose order
     * as a signed one is the order of the bytes.
     */
    public long word(int offset) {
        if (offset + 8 <= raw.length) {
            return Words.big(raw, offset) ^ Long.MIN_VALUE;
        }
        long word = 0;
        int end = Math.min(offset + 8, raw.length);
        for (int at = offset; at < end; at++) {
            word = word << 8 | (raw[at] & 0xff);
        }
        int missing = offset + 8 - Math.max(end, offset);
        return (missing == 8 ? 0 : word << (8 * missing)) ^ Long.MIN_VALUE;
    }

    public boolean startsWith(Bytes prefix) {
        return raw.length >= prefix.raw.length
                && Arrays.equals(raw, 0, prefix.raw.length, prefix.raw, 0, prefix.raw.length);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(raw, other.raw);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Bytes that && Arrays.equals(raw, that.raw));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    /** 64 bits over the content, the same on every member. */
    public long hash64() {
        return StateHash.of(raw);
    }

    /** Printable ASCII as it is, anything else (and the backslash) as {@code \xNN}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(raw.length);
        for (byte b : raw) {
            if (b >= 0x20 && b < 0x7f && b != '\\') {
                text.append((char) b);
            } else {
                text.append("\\x").append(HEX.charAt(b >> 4 & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        return text.toString();
    }
}
