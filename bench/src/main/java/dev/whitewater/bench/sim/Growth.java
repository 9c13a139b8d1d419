package dev.whitewater.bench.sim;

import dev.whitewater.bench.CpuClock;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.server.disk.JdkChecksum;
import dev.whitewater.sim.Lookout;
import dev.whitewater.sim.RunOptions;
import dev.whitewater.sim.RunResult;
import dev.whitewater.sim.Simulation;
import dev.whitewater.sim.Verdict;
import dev.whitewater.sim.plan.RunPlan;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What becomes of heap and speed in the course of one long run: the heap after a full collection,
 * every so often while the run goes on, and what an event costs between two such moments.
 */
final class Growth implements Lookout {
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private final long everyNanos;
    private final List<Sample> samples = new ArrayList<>();
    private CpuClock clock = new CpuClock();
    private long eventsBefore;

    /**
     * A moment of a run.
     *
     * @param eventsPerCpuSecond since the moment before
     */
    record Sample(Progress progress, long heapBytes, double eventsPerCpuSecond) {}

    private Growth(long everyNanos) {
        this.everyNanos = everyNanos;
    }

    static List<Sample> of(RunPlan plan, long everyNanos) {
        Growth growth = new Growth(everyNanos);
        RunResult result =
                Simulation.run(
                        plan,
                        RaftRules.HONEST,
                        RunOptions.QUICK.withChecksum(new JdkChecksum()).withLookout(growth));
        if (!(result.verdict() instanceof Verdict.Passed)) {
            throw new IllegalStateException(plan.name() + ": " + result.verdict());
        }
        return growth.samples;
    }

    @Override
    public long everyNanos() {
        return everyNanos;
    }

    @Override
    public void look(Progress progress) {
        double speed = (progress.events() - eventsBefore) / clock.seconds();
        System.gc();
        long heap = MEMORY.getHeapMemoryUsage().getUsed();
        samples.add(new Sample(progress, heap, speed));
        eventsBefore = progress.events();
        clock = new CpuClock();
    }

    /** Of the heap: the slope of the straight line that fits all samples best. */
    static double bytesPer(List<Sample> samples, ToDoubleFunction<Sample> unit) {
        double meanX = samples.stream().mapToDouble(unit).average().orElse(0);
        double meanY = samples.stream().mapToDouble(Sample::heapBytes).average().orElse(0);
        double together = 0;
        double squares = 0;
        for (Sample sample : samples) {
            double x = unit.applyAsDouble(sample) - meanX;
            together += x * (sample.heapBytes() - meanY);
            squares += x * x;
        }
        return squares == 0 ? 0 : together / squares;
    }
}
