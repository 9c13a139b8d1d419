package dev.whitewater.bench;

import dev.whitewater.bench.check.CheckBench;
import dev.whitewater.bench.elle.ElleBench;
import dev.whitewater.bench.raft.RaftBench;
import dev.whitewater.bench.serve.ServeBench;
import dev.whitewater.bench.sim.SimBench;
import dev.whitewater.bench.store.StoreBench;

import java.util.List;

/** All that can be measured, in the order of the modules. */
public final class Benchmarks {

    private Benchmarks() {}

    public static List<Benchmark> all() {
        return List.of(
                new RaftBench(),
                new StoreBench(),
                new SimBench(),
                new CheckBench(),
                new ElleBench(),
                new ServeBench());
    }
}
