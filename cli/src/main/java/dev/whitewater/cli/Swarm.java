package dev.whitewater.cli;

import dev.whitewater.bench.CpuClock;
import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.scenarios.Runner;
import dev.whitewater.server.disk.JdkChecksum;
import dev.whitewater.sim.RunOptions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Runs plans of successive seeds on several threads and hands the outcomes over in the order of
 * seeds, so that the same swarm prints the same lines whatever the number of threads.
 */
final class Swarm {
    private static final int AHEAD_PER_JOB = 4;

    private Swarm() {}

    /** A run with the processor time that it took. */
    record Finished(RunOutcome outcome, double cpuSeconds) {}

    /** Takes outcomes; answers whether to go on. */
    interface Sink {
        boolean take(Finished finished);
    }

    static void run(
            SeedRange seeds,
            int jobs,
            LongFunction<PlannedRun> plans,
            BooleanSupplier over,
            Sink sink) {
        ExecutorService pool = Executors.newFixedThreadPool(jobs, Swarm::daemon);
        Deque<Future<Finished>> ahead = new ArrayDeque<>();
        try {
            long next = seeds.first();
            boolean wanted = true;
            while (wanted) {
                while (next <= seeds.last()
                        && ahead.size() < jobs * AHEAD_PER_JOB
                        && !over.getAsBoolean()) {
                    long seed = next++;
                    ahead.add(pool.submit(() -> one(plans.apply(seed))));
                }
                if (ahead.isEmpty()) {
                    return;
                }
                wanted = sink.take(join(ahead.removeFirst()));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "swarm");
        thread.setDaemon(true);
        return thread;
    }

    private static Finished one(PlannedRun run) {
        CpuClock cpu = CpuClock.ofThread();
        RunOutcome outcome = Runner.quick(run, RunOptions.QUICK.withChecksum(new JdkChecksum()));
        return new Finished(outcome, cpu.seconds());
    }

    private static Finished join(Future<Finished> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a run", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run failed: " + e.getCause(), e.getCause());
        }
    }
}
