package dev.whitewater.sim.monitor;

import java.util.Arrays;

/**
 * Longs by place, without boxes; what was never set is 0. In pieces, so that a long list is never
 * copied and has next to no room that is not used.
 */
final class LongList {
    private static final int PIECE_BITS = 10;
    private static final int PIECE = 1 << PIECE_BITS;
    private static final long[] NONE = {};

    private long[][] pieces = {};

    long get(long place) {
        int piece = (int) (place >>> PIECE_BITS);
        if (piece >= pieces.length) {
            return 0;
        }
        long[] values = pieces[piece];
        int at = (int) place & PIECE - 1;
        return at < values.length ? values[at] : 0;
    }

    void set(long place, long value) {
        int piece = (int) (place >>> PIECE_BITS);
        if (piece >= pieces.length) {
            int from = pieces.length;
            pieces = Arrays.copyOf(pieces, Math.max(piece + 1, from + from / 2));
            Arrays.fill(pieces, from, pieces.length, NONE);
        }
        int at = (int) place & PIECE - 1;
        if (at >= pieces[piece].length) {
            // The first piece of a short run grows with it; later ones are made at once.
            int size = piece == 0 ? Math.max(64, Integer.highestOneBit(at) << 1) : PIECE;
            pieces[piece] = Arrays.copyOf(pieces[piece], size);
        }
        pieces[piece][at] = value;
    }
}
