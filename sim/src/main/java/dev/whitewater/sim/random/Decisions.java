package dev.whitewater.sim.random;

import dev.whitewater.sim.plan.DelayPlan;
import dev.whitewater.sim.plan.LatencyPlan;
import dev.whitewater.sim.plan.Ratio;

/**
 * All the randomness of a run. A decision is a pure function of the run's seed, of its purpose and
 * of what it decides about; no state is kept. So it doesn't matter what was decided before, and a
 * run with one fault less differs only where that fault made a difference. Shrinking depends on it.
 */
public final class Decisions {

    private final long seed;

    public Decisions(long seed) {
        this.seed = Mix.with(0, seed);
    }

    /** The bits of the decision for {@code purpose} about {@code key}. */
    public long bits(Purpose purpose, long key) {
        return Mix.with(Mix.with(seed, purpose.code()), key);
    }

    public long bits(Purpose purpose, long key, long second) {
        return Mix.with(bits(purpose, key), second);
    }

    public long bits(Purpose purpose, long key, long second, long third) {
        return Mix.with(bits(purpose, key, second), third);
    }

    public long bits(Purpose purpose, long key, long second, long third, long fourth) {
        return Mix.with(bits(purpose, key, second, third), fourth);
    }

    /** Turns bits into a number in {@code [0, bound)}. */
    public static long below(long bits, long bound) {
        return Math.unsignedMultiplyHigh(bits, bound);
    }

    /** Turns bits into a number in {@code min..max}. */
    public static long between(long bits, long min, long max) {
        return min + below(bits, max - min + 1);
    }

    public static long between(long bits, LatencyPlan latency) {
        return between(bits, latency.minNanos(), latency.maxNanos());
    }

    /** Turns bits into yes or no. */
    public static boolean hits(long bits, Ratio ratio) {
        return !ratio.isNever() && below(bits, ratio.denominator()) < ratio.numerator();
    }

    /**
     * Turns bits into a delay: even between minimum and typical for one half; for the other above
     * typical by the product of three even draws, so that a quarter of those exceed a tenth of the
     * way to the maximum and a hundredth half of it.
     */
    public static long delay(long bits, DelayPlan plan) {
        long more = Mix.finish(bits + Mix.GOLDEN);
        if (bits < 0) {
            return between(more, plan.minNanos(), plan.typicalNanos());
        }
        long tail = plan.maxNanos() - plan.typicalNanos();
        long second = Mix.finish(more + Mix.GOLDEN);
        long third = Mix.finish(second + Mix.GOLDEN);
        return plan.typicalNanos() + below(third, 1 + below(second, 1 + below(more, 1 + tail)));
    }
}
