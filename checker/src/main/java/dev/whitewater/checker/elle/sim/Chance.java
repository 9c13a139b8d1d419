package dev.whitewater.checker.elle.sim;

/** A stream of numbers from a seed: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
public final class Chance {
    private long state;

    public Chance(long seed) {
        state = seed;
    }

    public long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = state;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** From 0 to below the bound. */
    public int below(int bound) {
        return (int) (((nextLong() >>> 33) * bound) >>> 31);
    }

    public boolean percent(int percent) {
        return below(100) < percent;
    }
}
