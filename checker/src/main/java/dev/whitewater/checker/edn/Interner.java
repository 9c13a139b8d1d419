package dev.whitewater.checker.edn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Byte strings to small ids and back. An open-addressing table over one arena of bytes: a string
 * that was seen before costs a hash and a comparison, and no object. Ids rise from 0 in the order
 * of first sight, so they are the same in every run over the same file.
 *
 * <p>A slot is two numbers side by side, so that looking into a table that is far larger than the
 * processor's caches waits for memory once: the string's word, and its length and id. The word of a
 * string of up to eight bytes is the string itself, that of a longer one a hash.
 */
public final class Interner {
    /** The fraction of the golden ratio, odd: spreads words over all bits (Knuth, 6.4). */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    /** The array that strings were read from last, eight bytes at a time. */
    private ByteBuffer words = ByteBuffer.allocate(0);

    private byte[] arena = new byte[1 << 12];
    private int[] ends = new int[1 << 8];
    private String[] texts = new String[1 << 8];

    /** Word, then length above and id + 1 below, slot by slot. */
    private long[] table = new long[1 << 10];

    private int size;

    /** The id of this text, which may be new. */
    public int intern(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return intern(bytes, 0, bytes.length);
    }

    /** The id of these bytes, which may be new. */
    public int intern(byte[] bytes, int from, int to) {
        show(bytes);
        int length = to - from;
        long word = length <= Long.BYTES ? word(bytes, from, length) : hash(bytes, from, to);
        int slot = slot(word, length);
        while (table[slot + 1] != 0) {
            if (table[slot] == word && (int) (table[slot + 1] >>> Integer.SIZE) == length) {
                int id = (int) table[slot + 1] - 1;
                if (length <= Long.BYTES || matches(id, bytes, from, to)) {
                    return id;
                }
            }
            slot = (slot + 2) & (table.length - 1);
        }
        table[slot] = word;
        table[slot + 1] = ((long) length << Integer.SIZE) | (size + 1);
        return insert(bytes, from, to);
    }

    // Another array with the same content is not the one that words are read from.
    @SuppressWarnings("ReferenceEquality")
    private void show(byte[] bytes) {
        if (words.array() != bytes) {
            words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** How many ids exist. */
    public int size() {
        return size;
    }

    /** The text of an id. */
    public String text(int id) {
        String text = texts[id];
        if (text == null) {
            int start = start(id);
            text = new String(arena, start, ends[id] - start, StandardCharsets.UTF_8);
            texts[id] = text;
        }
        return text;
    }

    private int start(int id) {
        return id == 0 ? 0 : ends[id - 1];
    }

    private boolean matches(int id, byte[] bytes, int from, int to) {
        return Arrays.equals(arena, start(id), ends[id], bytes, from, to);
    }

    private int insert(byte[] bytes, int from, int to) {
        int start = size == 0 ? 0 : ends[size - 1];
        int end = start + (to - from);
        if (end > arena.length) {
            arena = Arrays.copyOf(arena, Math.max(end, arena.length * 2));
        }
        System.arraycopy(bytes, from, arena, start, to - from);
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            texts = Arrays.copyOf(texts, size * 2);
        }
        ends[size++] = end;
        if (size * 4 > table.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        for (int from = 0; from < old.length; from += 2) {
            if (old[from + 1] != 0) {
                int slot = slot(old[from], (int) (old[from + 1] >>> Integer.SIZE));
                while (table[slot + 1] != 0) {
                    slot = (slot + 2) & (table.length - 1);
                }
                table[slot] = old[from];
                table[slot + 1] = old[from + 1];
            }
        }
    }

    /** Where the search for a string begins: an even place. */
    private int slot(long word, int length) {
        long spread = (word + length) * SPREAD;
        return ((int) (spread ^ (spread >>> Integer.SIZE)) << 1) & (table.length - 1);
    }

    /** Up to eight bytes, the first one lowest. */
    private long word(byte[] bytes, int from, int length) {
        if (from + Long.BYTES <= bytes.length) {
            long word = words.getLong(from);
            return length == Long.BYTES ? word : word & ((1L << (length * Byte.SIZE)) - 1);
        }
        long word = 0;
        for (int i = from + length - 1; i >= from; i--) {
            word = (word << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return word;
    }

    private long hash(byte[] bytes, int from, int to) {
        long hash = SPREAD;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ word(bytes, at, Long.BYTES)) * SPREAD;
            hash ^= hash >>> Integer.SIZE;
        }
        return (hash ^ word(bytes, at, to - at)) * SPREAD;
    }
}
