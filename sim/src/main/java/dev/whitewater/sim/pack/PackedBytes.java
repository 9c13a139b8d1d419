package dev.whitewater.sim.pack;

import java.util.Arrays;

/**
 * Very many small arrays of bytes one after the other in a few large ones: what a run has to
 * remember to its end costs its bytes and no objects, and the collector copies none of it.
 */
public final class PackedBytes {
    private static final int CHUNK_BYTES = 64 * 1024;

    private byte[][] chunks = new byte[4][];
    private int count;
    private int used = CHUNK_BYTES;

    /** Takes in the first {@code length} bytes; returns the place at which they begin. */
    public long add(byte[] bytes, int length) {
        if (used + length > CHUNK_BYTES) {
            if (count == chunks.length) {
                chunks = Arrays.copyOf(chunks, 2 * count);
            }
            chunks[count++] = new byte[Math.max(length, CHUNK_BYTES)];
            used = 0;
        }
        int at = used;
        System.arraycopy(bytes, 0, chunks[count - 1], at, length);
        used += length;
        return (long) (count - 1) << Integer.SIZE | at;
    }

    /** The array that holds what was put at {@code place}. Not to be written to. */
    public byte[] array(long place) {
        return chunks[(int) (place >>> Integer.SIZE)];
    }

    /** Where in {@link #array} it begins. */
    public int offset(long place) {
        return (int) place;
    }
}
