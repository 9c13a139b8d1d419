package dev.whitewater.bench.raft;

import dev.whitewater.bench.Benchmark;
import dev.whitewater.bench.Row;
import dev.whitewater.bench.jmh.JmhRun;

import org.openjdk.jmh.results.RunResult;

import java.util.List;
import java.util.function.Consumer;

/** How many entries the core replicates and applies, without disks and networks. */
public final class RaftBench implements Benchmark {

    @Override
    public String name() {
        return "raft";
    }

    @Override
    public String summary() {
        return "Three members in one thread, "
                + ThreeMembers.ENTRY_BYTES
                + "-byte entries: propose a batch, hand over, deliver, until all have applied it.";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("batch", "entries proposed at once"),
                new Column("codec", "whether each message becomes a frame of bytes and back"),
                new Column(
                        "entriesPerCpuSecond",
                        "entries applied by all three, per second of processor time of the whole"
                                + " process"),
                new Column(
                        "bytesPerEntry",
                        "bytes allocated per entry by all three, its own array included"));
    }

    @Override
    public void run(Options options, Consumer<Row> rows) {
        for (RunResult result : JmhRun.of(RaftWrites.class, options)) {
            int batch = Integer.parseInt(JmhRun.parameter(result, "batch"));
            rows.accept(
                    new Row()
                            .put("batch", batch)
                            .put("codec", Boolean.parseBoolean(JmhRun.parameter(result, "codec")))
                            .put(
                                    "entriesPerCpuSecond",
                                    Math.round(batch * JmhRun.operationsPerCpuSecond(result)))
                            .put(
                                    "bytesPerEntry",
                                    Math.round(JmhRun.bytesPerOperation(result) / batch)));
        }
    }
}
