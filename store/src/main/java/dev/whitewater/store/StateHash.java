package dev.whitewater.store;

/**
 * The arithmetic under the hash of the replicated state. Not cryptographic: it is there to notice
 * replicas that drifted apart, not to resist someone who makes collisions.
 *
 * <p>The state is a set of facts. Each fact is hashed by itself and the hashes are added modulo
 * 2^64, so that a fact can be added or taken away in O(1) and the order of doing so doesn't matter.
 */
public final class StateHash {

    private static final long PRIME = 0x9e3779b97f4a7c15L;

    private StateHash() {}

    /** A bijection on 64 bits in which every input bit moves about half of the output bits. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** Folds one more value into a hash; the order of folding matters. */
    public static long fold(long hash, long value) {
        return mix(hash * PRIME + value);
    }

    static long of(byte[] bytes) {
        long hash = bytes.length * PRIME;
        int at = 0;
        for (; at + 8 <= bytes.length; at += 8) {
            hash = (hash ^ word(bytes, at)) * PRIME;
            hash ^= hash >>> 32;
        }
        long tail = 0;
        for (; at < bytes.length; at++) {
            tail = tail << 8 | (bytes[at] & 0xff);
        }
        return mix(hash ^ tail);
    }

    private static long word(byte[] bytes, int at) {
        return (bytes[at] & 0xffL)
                | (bytes[at + 1] & 0xffL) << 8
                | (bytes[at + 2] & 0xffL) << 16
                | (bytes[at + 3] & 0xffL) << 24
                | (bytes[at + 4] & 0xffL) << 32
                | (bytes[at + 5] & 0xffL) << 40
                | (bytes[at + 6] & 0xffL) << 48
                | (bytes[at + 7] & 0xffL) << 56;
    }
}
