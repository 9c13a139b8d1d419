package dev.whitewater.sim.random;

/**
 * The simulator's own mixing of 64-bit words. Frozen: a seed must mean the same run for ever, so
 * nothing of the JDK's generators, whose algorithms may change, stands below it.
 *
 * <p>The finaliser is variant 13 of David Stafford's ("Better bit mixing", 2011), the one of
 * Steele, Lea and Flood's SplitMix (OOPSLA 2014).
 */
public final class Mix {

    /** The golden ratio in 64 bits, SplitMix's increment. */
    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Mix() {}

    /** A bijection in which each bit of the input moves about half of the output's. */
    public static long finish(long word) {
        long z = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Takes {@code part} into {@code state}; the order of parts matters. */
    public static long with(long state, long part) {
        return finish(state * 0x2545F4914F6CDD1DL + part + GOLDEN);
    }

    /** The same for texts, by their UTF-16 units. */
    public static long with(long state, String text) {
        long mixed = state;
        for (int i = 0; i < text.length(); i++) {
            mixed = mixed * 31 + text.charAt(i);
        }
        return with(mixed, text.length());
    }
}
