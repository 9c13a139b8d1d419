package dev.whitewater.raft;

/** A small generator for random schedules; the same seed gives the same schedule for ever. */
final class Dice {

    private long state;

    Dice(long seed) {
        state = mix(seed);
    }

    long next() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    private static long mix(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** In {@code [0, bound)}. */
    int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    boolean oneIn(int n) {
        return below(n) == 0;
    }
}
