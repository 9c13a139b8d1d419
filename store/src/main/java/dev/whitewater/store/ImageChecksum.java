package dev.whitewater.store;

/**
 * 64 bits over a stream of bytes, in eights: any change inside one of them is noticed for certain,
 * any other with a chance of 2^-64 to miss it.
 */
public final class ImageChecksum {
    private static final long PRIME = 0x9e3779b97f4a7c15L;

    private long hash = PRIME;
    private long length;
    private long word;

    /** Goes on over a part of an array. */
    public void update(byte[] bytes, int from, int count) {
        int at = from;
        int end = from + count;
        for (; at < end && (length & 7) != 0; at++) {
            update(bytes[at]);
        }
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            word = Words.big(bytes, at);
            length += Long.BYTES;
            mixWord();
        }
        for (; at < end; at++) {
            update(bytes[at]);
        }
    }

    private void update(byte next) {
        word = word << 8 | (next & 0xff);
        length++;
        if ((length & 7) == 0) {
            mixWord();
        }
    }

    private void mixWord() {
        hash = (hash ^ word) * PRIME;
        hash ^= hash >>> 32;
        word = 0;
    }

    /** How many bytes it went over. */
    public long length() {
        return length;
    }

    /** The sum so far. */
    public long value() {
        return StateHash.fold(StateHash.fold(hash, word), length);
    }
}
