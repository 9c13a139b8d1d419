package dev.whitewater.bench.jmh;

import com.sun.management.OperatingSystemMXBean;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;

/**
 * Operations per second of processor time of the whole forked process, the collector's included.
 * Machines that others work on as well stretch wall time, not this.
 */
public final class CpuSeconds implements InternalProfiler {
    /** The name of the result beside the benchmark's own. */
    public static final String RESULT = "operationsPerCpuSecond";

    private static final double NANOS = 1e9;

    private final OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long before;

    @Override
    public String getDescription() {
        return "operations per second of the process's CPU time";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = system.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double seconds = (system.getProcessCpuTime() - before) / NANOS;
        double operations = result.getMetadata().getMeasuredOps();
        return List.of(
                new ScalarResult(RESULT, operations / seconds, "ops/CPU-s", AggregationPolicy.AVG));
    }
}
