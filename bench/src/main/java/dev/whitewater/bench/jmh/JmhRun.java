package dev.whitewater.bench.jmh;

import dev.whitewater.bench.Benchmark.Options;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.util.Collection;

/** Runs one class of JMH benchmarks in a fork with the serial collector, as one thread. */
public final class JmhRun {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private JmhRun() {}

    /** One result per combination of the class's parameters. */
    public static Collection<RunResult> of(Class<?> benchmarks, Options options) {
        ChainedOptionsBuilder run =
                new OptionsBuilder()
                        .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
                        .forks(1)
                        .threads(1)
                        .warmupIterations(options.quick() ? 1 : 3)
                        .measurementIterations(options.quick() ? 1 : 5)
                        .warmupTime(TimeValue.milliseconds(options.quick() ? 200 : 2000))
                        .measurementTime(TimeValue.milliseconds(options.quick() ? 200 : 2000))
                        .addProfiler(CpuSeconds.class)
                        .addProfiler(GCProfiler.class)
                        // Instead of what this JVM was started with, which is made for short runs.
                        // JMH reaches memory in a way that the JDK warns of.
                        .jvmArgs(
                                "-XX:+UseSerialGC",
                                "-Xms1g",
                                "-Xmx1g",
                                "--sun-misc-unsafe-memory-access=allow")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT);
        try {
            return new Runner(run.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("the benchmark " + benchmarks.getName() + " failed", e);
        }
    }

    /** Calls of the benchmark method per second of the fork's processor time. */
    public static double operationsPerCpuSecond(RunResult result) {
        return secondary(result, CpuSeconds.RESULT);
    }

    /** Bytes allocated per call of the benchmark method. */
    public static double bytesPerOperation(RunResult result) {
        return secondary(result, ALLOCATED);
    }

    public static String parameter(RunResult result, String name) {
        return result.getParams().getParam(name);
    }

    /** JMH marks some profilers' results with a dot before the name. */
    private static double secondary(RunResult result, String name) {
        for (Result<?> candidate : result.getSecondaryResults().values()) {
            if (candidate.getLabel().equals(name) || candidate.getLabel().endsWith("·" + name)) {
                return candidate.getScore();
            }
        }
        throw new IllegalStateException(
                "JMH measured no " + name + ", only " + result.getSecondaryResults().keySet());
    }
}
