package dev.whitewater.bench.sim;

import dev.whitewater.bench.Benchmark;
import dev.whitewater.bench.CpuClock;
import dev.whitewater.bench.Row;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.Runner;
import dev.whitewater.scenarios.swarm.Rapids;
import dev.whitewater.scenarios.swarm.SwarmPlans;
import dev.whitewater.server.disk.JdkChecksum;
import dev.whitewater.sim.RunOptions;
import dev.whitewater.sim.RunResult;
import dev.whitewater.sim.Simulation;
import dev.whitewater.sim.Verdict;
import dev.whitewater.sim.plan.RunPlan;

import java.util.List;
import java.util.function.Consumer;

/**
 * The simulator with everything on: bytes on disk and wire, write-ahead logs, stores, clients and
 * monitors.
 *
 * <p>An event is one pop of the queue that turns a member, a client or a fault: a delivered frame,
 * a disk completion, a timer that fires, a client's action, an injected fault. Cancelled timers,
 * dropped messages, trace records and monitors' steps don't count. Each profile is run over and
 * over: the first run gives the cold figure, then runs are warm-up, then what is measured.
 */
public final class SimBench implements Benchmark {
    private static final double NANOS = 1e9;
    private static final double WARM_UP_SECONDS = 5;
    private static final double MEASURED_SECONDS = 60;

    /**
     * As long as a usual swarm: random runs take more paths, and the JVM goes on compiling them.
     */
    private static final double SWARM_SECONDS = 600;

    private static final long SECOND = 1_000_000_000;
    private static final double HOUR_NANOS = 3600 * NANOS;

    @Override
    public String name() {
        return "sim";
    }

    @Override
    public String summary() {
        return "Simulated clusters, monitors on; an event turns a member, a client or a fault.";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("profile", "what is simulated"),
                new Column("nodes", "members of the cluster; 0 where runs differ"),
                new Column("clientOpsPerVirtualSecond", "client operations answered, per second"),
                new Column("events", "how many were measured"),
                new Column("cpuSeconds", "of the whole process, all threads, when warm"),
                new Column("eventsPerCpuSecond", "when warm"),
                new Column("virtualSecondsPerCpuSecond", "when warm"),
                new Column(
                        "bestVirtualSecondsPerCpuSecond",
                        "of the fastest of runs that are alike: what is left of it in the mean"
                                + " shows how much else the machine has to do"),
                new Column("coldEventsPerCpuSecond", "of the first run in this process"),
                new Column("checkCpuSeconds", "for judging the histories of the measured runs"),
                new Column("virtualSecond", "of a moment in one long run with load"),
                new Column("heapBytes", "after a full collection at that moment"),
                new Column("growth", "bytes of heap per unit that the profile names, fitted"));
    }

    @Override
    public void run(Options options, Consumer<Row> rows) {
        boolean quick = options.quick();
        long hour = quick ? 60 : 3600;
        long load = quick ? 2 : 20;
        double least = quick ? 0 : MEASURED_SECONDS;
        rows.accept(measure("quiet", 5, seed -> BenchPlans.quiet(seed, hour), least));
        rows.accept(measure("load", 3, seed -> BenchPlans.loaded(seed, 3, load), least));
        rows.accept(measure("load", 5, seed -> BenchPlans.loaded(seed, 5, load), least));
        rows.accept(
                measure(
                        "rapids-IV",
                        0,
                        seed -> swarm(seed).scenario().plan(),
                        quick ? 0 : SWARM_SECONDS));
        growth(quick, rows);
    }

    /** An hour without load, and ten minutes with it. */
    private static void growth(boolean quick, Consumer<Row> rows) {
        long hour = quick ? 600 : 3600;
        List<Growth.Sample> quiet =
                Growth.of(BenchPlans.quiet(1, hour), hour / (quick ? 4 : 20) * SECOND);
        rows.accept(
                growth(
                        "heap.quiet.bytes-per-hour",
                        5,
                        Growth.bytesPer(quiet, s -> s.progress().virtualNanos() / HOUR_NANOS)));
        long load = quick ? 8 : 600;
        List<Growth.Sample> loaded =
                Growth.of(BenchPlans.compacted(1, 3, load), load / (quick ? 4 : 20) * SECOND);
        for (Growth.Sample sample : loaded) {
            rows.accept(
                    new Row()
                            .put("profile", "course.load")
                            .put("nodes", 3)
                            .put("events", sample.progress().events())
                            .put("eventsPerCpuSecond", Math.round(sample.eventsPerCpuSecond()))
                            .put("virtualSecond", sample.progress().virtualNanos() / SECOND)
                            .put("heapBytes", sample.heapBytes()));
        }
        rows.accept(
                growth(
                        "heap.load.bytes-per-op",
                        3,
                        Growth.bytesPer(loaded, s -> s.progress().operations())));
    }

    private static Row growth(String profile, int nodes, double growth) {
        return new Row().put("profile", profile).put("nodes", nodes).put("growth", growth);
    }

    private static PlannedRun swarm(long seed) {
        return SwarmPlans.expand(seed, Rapids.IV);
    }

    /** Makes the plan of a run. */
    private interface Plans {
        RunPlan of(long seed);
    }

    /** What was summed over runs. */
    private static final class Sums {
        long events;
        long operations;
        double virtualSeconds;
        double cpuSeconds;
        double checkSeconds;
        double best;

        void add(RunPlan plan) {
            CpuClock clock = new CpuClock();
            RunOptions options = RunOptions.QUICK.withChecksum(new JdkChecksum());
            RunResult result = Simulation.run(plan, RaftRules.HONEST, options);
            double seconds = clock.seconds();
            cpuSeconds += seconds;
            best = Math.max(best, result.virtualNanos() / NANOS / seconds);
            boolean kept =
                    result.verdict() instanceof Verdict.Passed
                            || result.verdict() instanceof Verdict.Spared;
            if (!kept) {
                throw new IllegalStateException(named(plan) + ": " + result.verdict());
            }
            events += result.events();
            operations += result.counters().operations().ok();
            virtualSeconds += result.virtualNanos() / NANOS;
            CpuClock check = new CpuClock();
            if (!Runner.judge(result).isPassed()) {
                throw new IllegalStateException(named(plan) + ": the history is wrong");
            }
            checkSeconds += check.seconds();
        }

        private static String named(RunPlan plan) {
            return plan.name() + " with seed " + plan.seed();
        }
    }

    private static Row measure(String profile, int nodes, Plans plans, double leastSeconds) {
        long seed = 1;
        Sums cold = new Sums();
        cold.add(plans.of(seed));
        Sums warm = new Sums();
        while (leastSeconds > 0 && warm.cpuSeconds < WARM_UP_SECONDS) {
            warm.add(plans.of(++seed));
        }
        Sums measured = new Sums();
        do {
            measured.add(plans.of(++seed));
        } while (measured.cpuSeconds < leastSeconds);
        Row row =
                new Row()
                        .put("profile", profile)
                        .put("nodes", nodes)
                        .put(
                                "clientOpsPerVirtualSecond",
                                measured.operations / measured.virtualSeconds)
                        .put("events", measured.events)
                        .put("cpuSeconds", measured.cpuSeconds)
                        .put(
                                "eventsPerCpuSecond",
                                Math.round(measured.events / measured.cpuSeconds))
                        .put(
                                "virtualSecondsPerCpuSecond",
                                measured.virtualSeconds / measured.cpuSeconds)
                        .put("coldEventsPerCpuSecond", Math.round(cold.events / cold.cpuSeconds))
                        .put("checkCpuSeconds", measured.checkSeconds);
        if (nodes > 0) {
            row.put("bestVirtualSecondsPerCpuSecond", measured.best);
        }
        return row;
    }
}
