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

    /** Four lanes, so that the next eight bytes needn't wait for the last product. */
    static long of(byte[] bytes) {
        long hash = bytes.length * PRIME;
        int at = 0;
        if (bytes.length >= 32) {
            long second = hash + 1;
            long third = hash + 2;
            long fourth = hash + 3;
            for (; at + 32 <= bytes.length; at += 32) {
                hash = step(hash, Words.little(bytes, at));
                second = step(second, Words.little(bytes, at + 8));
                third = step(third, Words.little(bytes, at + 16));
                fourth = step(fourth, Words.little(bytes, at + 24));
            }
            hash = step(step(step(hash, second), third), fourth);
        }
        for (; at + 8 <= bytes.length; at += 8) {
            hash = step(hash, Words.little(bytes, at));
        }
        long tail = 0;
        for (; at < bytes.length; at++) {
            tail = tail << 8 | (bytes[at] & 0xff);
        }
        return mix(hash ^ tail);
    }

    private static long step(long hash, long word) {
        long product = (hash ^ word) * PRIME;
        return product ^ product >>> 32;
    }
}
