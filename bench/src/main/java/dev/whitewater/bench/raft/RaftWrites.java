package dev.whitewater.bench.raft;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.concurrent.TimeUnit;

/** One call proposes one batch and carries on until all three members have applied it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RaftWrites {

    @Param({"1", "16", "128"})
    public int batch;

    @Param({"false", "true"})
    public boolean codec;

    private ThreeMembers members;

    @Setup(Level.Trial)
    public void elect() {
        members = new ThreeMembers(codec);
    }

    @Benchmark
    public long write() {
        return members.write(batch);
    }
}
