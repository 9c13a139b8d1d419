package dev.whitewater.checker.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes side by side in chunks, found again by a number of 32 bits: a million answers are a hundred
 * objects for the garbage collector instead of many millions.
 */
final class Slab {
    private static final int CHUNK_BITS = 20;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int CHUNKS_MAX = 1 << (Integer.SIZE - CHUNK_BITS);

    private final List<byte[]> chunks = new ArrayList<>();
    private int used = CHUNK;

    /** Whether no more numbers are left. */
    boolean isFull() {
        return chunks.size() == CHUNKS_MAX;
    }

    /** Keeps a copy; what is longer than a chunk gets one of its own. */
    int add(byte[] bytes, int from, int to) {
        int length = to - from;
        if (used + length > CHUNK) {
            chunks.add(new byte[Math.max(CHUNK, length)]);
            used = 0;
        }
        int last = chunks.size() - 1;
        System.arraycopy(bytes, from, chunks.get(last), used, length);
        int place = (last << CHUNK_BITS) | used;
        used = Math.min(CHUNK, used + length);
        return place;
    }

    byte[] chunk(int place) {
        return chunks.get(place >>> CHUNK_BITS);
    }

    int offset(int place) {
        return place & (CHUNK - 1);
    }
}
