package dev.whitewater.sim.random;

/** Several draws for one decision, which gave the bits that they begin with. */
public final class Dice {

    private long state;

    public Dice(long bits) {
        state = bits;
    }

    /** In {@code [0, bound)}. */
    public int below(int bound) {
        state += Mix.GOLDEN;
        return (int) Decisions.below(Mix.finish(state), bound);
    }

    /** True once in {@code n} times. */
    public boolean oneIn(int n) {
        return below(n) == 0;
    }
}
