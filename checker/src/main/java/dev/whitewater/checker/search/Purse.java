package dev.whitewater.checker.search;

import dev.whitewater.checker.port.Budget;

/** One search's hold on a budget: counts what it took, asks for the time now and then. */
public final class Purse implements AutoCloseable {
    private static final int STEPS_PER_LOOK = 512;

    private final Budget budget;
    private long taken;
    private int steps;

    public Purse(Budget budget) {
        this.budget = budget;
    }

    /** Counts a step of work. */
    void step() {
        if (++steps >= STEPS_PER_LOOK) {
            steps = 0;
            if (budget.outOfTime()) {
                throw Exhausted.time();
            }
        }
    }

    /** Takes memory; negative gives some back. */
    void take(long bytes) {
        if (bytes > 0 && !budget.reserve(bytes)) {
            throw Exhausted.memory();
        }
        if (bytes < 0) {
            budget.release(-bytes);
        }
        taken += bytes;
    }

    /** Gives all back. */
    @Override
    public void close() {
        budget.release(taken);
        taken = 0;
    }
}
