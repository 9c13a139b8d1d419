package dev.whitewater.bench.serve;

import dev.whitewater.bench.Benchmark;
import dev.whitewater.bench.Row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The server on real sockets, and Debian's etcd under the same load in the same run where it is
 * installed. Client and members share the machine's cores: compare the rows with each other.
 */
public final class ServeBench implements Benchmark {

    private static final int[] OUTSTANDING = {1, 100, 1_000};

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "requests over gRPC at members in processes of their own, beside etcd if there is"
                + " one";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("program", "whitewater or etcd"),
                new Column("members", "members of the cluster, requests spread over all"),
                new Column(
                        "operation",
                        "put (256 bytes), range (one key, linearizable), txn (compare and put),"
                                + " watch (events of puts)"),
                new Column("outstanding", "requests under way at every moment"),
                new Column("perSecond", "requests answered, or events told, per second"),
                new Column("p50Millis", "median latency; of a watch, from put sent to event told"),
                new Column("p99Millis", "99th percentile"),
                new Column("cpuMicros", "processor time of all members per request or event"),
                new Column("peakMegabytes", "most memory that one member had resident so far"));
    }

    @Override
    public void run(Options options, Consumer<Row> rows) {
        for (int members : new int[] {1, 3}) {
            for (ServedCluster.Program program : ServedCluster.Program.values()) {
                boolean there =
                        program == ServedCluster.Program.WHITEWATER
                                || Files.isExecutable(ServedCluster.ETCD);
                if (there) {
                    try {
                        measure(program, members, options, rows);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }
    }

    private static void measure(
            ServedCluster.Program program, int members, Options options, Consumer<Row> rows)
            throws IOException {
        double seconds = options.quick() ? 0.5 : 2;
        try (ServedCluster cluster = ServedCluster.start(program, members);
                Load load = new Load(cluster.endpoints())) {
            load.awaitReady();
            for (Load.Operation operation : Load.Operation.values()) {
                load.run(operation, 100, options.quick() ? 0.5 : 2);
            }
            for (Load.Operation operation : Load.Operation.values()) {
                for (int outstanding : OUTSTANDING) {
                    double before = cluster.cpuSeconds();
                    Load.Measured measured = load.run(operation, outstanding, seconds);
                    double cpu = cluster.cpuSeconds() - before;
                    rows.accept(
                            new Row()
                                    .put("program", program.name().toLowerCase(Locale.ROOT))
                                    .put("members", members)
                                    .put("operation", operation.name().toLowerCase(Locale.ROOT))
                                    .put("outstanding", outstanding)
                                    .put(
                                            "perSecond",
                                            Math.round(measured.requests() / measured.seconds()))
                                    .put("p50Millis", rounded(measured.p50Millis()))
                                    .put("p99Millis", rounded(measured.p99Millis()))
                                    .put("cpuMicros", rounded(1e6 * cpu / measured.requests()))
                                    .put("peakMegabytes", Math.round(cluster.peakMegabytes())));
                }
            }
        }
    }

    private static double rounded(double value) {
        return Math.round(100 * value) / 100.0;
    }
}
