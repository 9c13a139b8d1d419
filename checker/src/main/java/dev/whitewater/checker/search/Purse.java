package dev.whitewater.checker.search;

import dev.whitewater.checker.port.Budget;

import java.util.function.Function;

/**
 * One method's hold on a budget: counts what it took, asks for the time now and then. A purse with
 * an allowance ends after so many steps of work, so that another method can have its turn.
 */
public final class Purse implements AutoCloseable {
    private static final int STEPS_PER_LOOK = 512;

    private final Budget budget;
    private final long allowance;
    private long taken;
    private long looks;
    private int steps;

    public Purse(Budget budget) {
        this(budget, Long.MAX_VALUE);
    }

    public Purse(Budget budget, long allowance) {
        this.budget = budget;
        this.allowance = allowance;
    }

    /** Counts a step of work. */
    public void step() {
        if (++steps >= STEPS_PER_LOOK) {
            steps = 0;
            look();
        }
    }

    /** Counts so many steps at once. */
    public void steps(long count) {
        long sum = steps + count;
        steps = (int) (sum % STEPS_PER_LOOK);
        if (sum >= STEPS_PER_LOOK) {
            look();
        }
    }

    /** Looks at the time now: for work that comes in big pieces. */
    public void look() {
        if (budget.outOfTime()) {
            throw Exhausted.time();
        }
        if (++looks > allowance / STEPS_PER_LOOK) {
            throw Exhausted.steps();
        }
    }

    /** Looks at the time now, without counting it as work. */
    public void lookAside() {
        if (budget.outOfTime()) {
            throw Exhausted.time();
        }
    }

    /** Takes memory; negative gives some back. */
    public void take(long bytes) {
        if (bytes > 0 && !budget.reserve(bytes)) {
            throw Exhausted.memory();
        }
        if (bytes < 0) {
            budget.release(-bytes);
        }
        taken += bytes;
    }

    /** How much memory it holds: a mark to come {@link #backTo}. */
    public long held() {
        return taken;
    }

    /** Gives back what was taken since it held this much. */
    public void backTo(long held) {
        take(held - taken);
    }

    /**
     * Does work that may be done by another thread at the same time as this one's: on the same
     * budget, with a purse of its own, which is empty again afterwards.
     */
    public <T> T apart(Function<Purse, T> work) {
        try (Purse own = new Purse(budget)) {
            return work.apply(own);
        }
    }

    /** Gives all back. */
    @Override
    public void close() {
        budget.release(taken);
        taken = 0;
    }
}
