package dev.whitewater.scenarios.swarm;

import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Mix;

/**
 * The draws that make a plan from a seed. Each is a pure function of the seed and of the name of
 * what it decides, so a draw that is added later changes none of the others.
 */
final class Draws {
    private final long state;

    private Draws(long state) {
        this.state = state;
    }

    static Draws ofSeed(long seed) {
        return new Draws(Mix.with(Mix.with(0, "swarm"), seed));
    }

    Draws fork(String name) {
        return new Draws(Mix.with(state, name));
    }

    Draws fork(String name, int number) {
        return new Draws(Mix.with(Mix.with(state, name), number));
    }

    long between(String name, long min, long max) {
        return Decisions.between(Mix.with(state, name), min, max);
    }

    int between(String name, int min, int max) {
        return (int) between(name, (long) min, (long) max);
    }

    /**
     * A number in {@code min..max} whose order of magnitude is drawn first: small ones are as
     * likely as great ones.
     */
    long magnitude(String name, long min, long max) {
        int doublings = 63 - Long.numberOfLeadingZeros(Math.max(1, max / Math.max(1, min)));
        long low = Math.max(1, min) << between(name + " magnitude", 0, doublings);
        return Math.max(min, Math.min(max, between(name, low, 2 * low)));
    }

    /** True in {@code percent} of all seeds. */
    boolean chance(String name, int percent) {
        return between(name, 0, 99) < percent;
    }

    /** One of the values, each as likely as it is often. */
    int pick(String name, int... values) {
        return values[between(name, 0, values.length - 1)];
    }
}
