package dev.whitewater.checker.linear;

import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.port.Parallel;

/**
 * How to check.
 *
 * @param explain whether to keep the orders of a valid history, and look for the longest prefix of
 *     an invalid one that has an order; the few operations that prove it are always given
 */
public record Options(Algorithm algorithm, Budget budget, Parallel parallel, boolean explain) {
    /** The cheapest method, no bounds, one thread, no orders. */
    public static final Options DEFAULT =
            new Options(Algorithm.AUTO, Budget.UNLIMITED, Parallel.NONE, false);

    public Options with(Algorithm other) {
        return new Options(other, budget, parallel, explain);
    }

    public Options with(Budget other) {
        return new Options(algorithm, other, parallel, explain);
    }

    public Options with(Parallel other) {
        return new Options(algorithm, budget, other, explain);
    }

    public Options explaining() {
        return new Options(algorithm, budget, parallel, true);
    }
}
