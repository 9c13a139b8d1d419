package dev.whitewater.checker.runner;

import dev.whitewater.checker.linear.Options;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.port.Parallel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The only place of this module that knows time and threads: budgets by the clock and by the heap,
 * and partitions on all cores.
 *
 * <pre>{@code
 * Options options = Runner.options(Duration.ofSeconds(60));
 * Verdict verdict = Linearizability.check(history, Models.kv(), options);
 * }</pre>
 */
public final class Runner {
    private static final double SHARE_OF_HEAP = 0.6;

    private Runner() {}

    /** All cores, this much time from now, 60 % of the heap. */
    public static Options options(Duration timeout) {
        return Options.DEFAULT.with(budget(timeout, heapShare())).with(threads());
    }

    /** Ends this long from now, or when searches hold more memory than this. */
    public static Budget budget(Duration timeout, long bytes) {
        return new Limits(System.nanoTime() + timeout.toNanos(), bytes);
    }

    /** How much of the heap a check may take that isn't told otherwise: 60 %. */
    public static long heapShare() {
        return (long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP);
    }

    /** As many threads as cores, made for each call and gone after it. */
    public static Parallel threads() {
        return new Threads(Runtime.getRuntime().availableProcessors());
    }

    /** A deadline and a count of bytes, shared by all threads of a check. */
    private static final class Limits implements Budget {
        private final long deadline;
        private final long most;
        private final AtomicLong held = new AtomicLong();

        Limits(long deadline, long most) {
            this.deadline = deadline;
            this.most = most;
        }

        @Override
        public boolean outOfTime() {
            return System.nanoTime() - deadline > 0;
        }

        @Override
        public boolean reserve(long bytes) {
            if (held.addAndGet(bytes) <= most) {
                return true;
            }
            held.addAndGet(-bytes);
            return false;
        }

        @Override
        public void release(long bytes) {
            held.addAndGet(-bytes);
        }
    }

    private record Threads(int count) implements Parallel {
        @Override
        public <T> List<T> all(List<Supplier<T>> tasks) {
            if (tasks.size() < 2 || count < 2) {
                return Parallel.NONE.all(tasks);
            }
            try (ExecutorService pool =
                    Executors.newFixedThreadPool(Math.min(count, tasks.size()))) {
                List<Future<T>> running = new ArrayList<>();
                for (Supplier<T> task : tasks) {
                    Callable<T> call = task::get;
                    running.add(pool.submit(call));
                }
                List<T> results = new ArrayList<>();
                for (Future<T> future : running) {
                    results.add(result(future));
                }
                return results;
            }
        }

        private static <T> T result(Future<T> future) {
            try {
                return future.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while judging a history", e);
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException cause -> throw cause;
                    // Above all a heap that is too small, which callers tell as such.
                    case Error cause -> throw cause;
                    default ->
                            throw new IllegalStateException(
                                    "judging a history failed", e.getCause());
                }
            }
        }
    }
}
