package dev.whitewater.checker.edn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Byte strings to small ids and back. An open-addressing table over one arena of bytes: a string
 * that was seen before costs a hash and a comparison, and no object. Ids rise from 0 in the order
 * of first sight, so they are the same in every run over the same file.
 */
public final class Interner {
    private byte[] arena = new byte[1 << 12];
    private int[] ends = new int[1 << 8];
    private String[] texts = new String[1 << 8];
    private int[] hashes = new int[1 << 8];
    private int[] table = new int[1 << 9];
    private int size;

    /** The id of this text, which may be new. */
    public int intern(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return intern(bytes, 0, bytes.length);
    }

    /** The id of these bytes, which may be new. */
    public int intern(byte[] bytes, int from, int to) {
        int hash = hash(bytes, from, to);
        int mask = table.length - 1;
        int slot = hash & mask;
        while (table[slot] != 0) {
            int id = table[slot] - 1;
            if (hashes[id] == hash && matches(id, bytes, from, to)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        return insert(bytes, from, to, hash, slot);
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

    private int insert(byte[] bytes, int from, int to, int hash, int slot) {
        int start = size == 0 ? 0 : ends[size - 1];
        int end = start + (to - from);
        if (end > arena.length) {
            arena = Arrays.copyOf(arena, Math.max(end, arena.length * 2));
        }
        System.arraycopy(bytes, from, arena, start, to - from);
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
            texts = Arrays.copyOf(texts, size * 2);
        }
        ends[size] = end;
        hashes[size] = hash;
        table[slot] = size + 1;
        size++;
        if (size * 2 > table.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        int[] bigger = new int[table.length * 2];
        int mask = bigger.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hashes[id] & mask;
            while (bigger[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            bigger[slot] = id + 1;
        }
        table = bigger;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0x811c9dc5;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * 0x01000193;
        }
        // FNV leaves the low bits of short strings poorly mixed; the table uses exactly those.
        hash ^= hash >>> 15;
        hash *= 0x2c1b3c6d;
        return hash ^ (hash >>> 13);
    }
}
