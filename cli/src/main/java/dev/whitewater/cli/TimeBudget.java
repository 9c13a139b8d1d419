package dev.whitewater.cli;

import dev.whitewater.checker.port.Budget;

import java.util.concurrent.atomic.AtomicLong;

/** A search may go on until a deadline and take up to half of the heap. */
final class TimeBudget implements Budget {
    private final long deadline;
    private final AtomicLong left = new AtomicLong(Runtime.getRuntime().maxMemory() / 2);

    TimeBudget(long nanos) {
        this.deadline = System.nanoTime() + nanos;
    }

    @Override
    public boolean outOfTime() {
        return System.nanoTime() - deadline >= 0;
    }

    @Override
    public boolean reserve(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    @Override
    public void release(long bytes) {
        left.addAndGet(bytes);
    }
}
