package dev.whitewater.bench.elle;

import dev.whitewater.bench.Benchmark;
import dev.whitewater.bench.CpuClock;
import dev.whitewater.bench.Row;
import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.elle.ElleOptions;
import dev.whitewater.checker.elle.ElleOptions.Keys;
import dev.whitewater.checker.elle.ElleResult;
import dev.whitewater.checker.elle.HistoryReader;
import dev.whitewater.checker.elle.ListAppend;
import dev.whitewater.checker.elle.RwRegister;
import dev.whitewater.checker.elle.TransactionHistory;
import dev.whitewater.checker.elle.Workload;
import dev.whitewater.checker.elle.sim.EdnSink;
import dev.whitewater.checker.elle.sim.Isolation;
import dev.whitewater.checker.elle.sim.SimulatedDatabase;
import dev.whitewater.checker.elle.sim.SimulationPlan;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Transactions against a simulated database of a known isolation level, written to a file as EDN
 * lines, read and judged for strict serializability in one warm process; the best round counts.
 */
public final class ElleBench implements Benchmark {
    private static final int ROUNDS = 4;
    private static final int QUICK = 2_000;
    private static final int SOME = 100_000;
    private static final int MANY = 1_000_000;
    private static final long SEED = 69;
    private static final Keys NOTHING = Keys.NO_ASSUMPTION;
    private static final Keys REPLACING = new Keys(false, false, true, false);
    private static final Keys LINEARIZABLE = new Keys(false, true, false, false);

    /** One setting. */
    private record Profile(
            Workload workload, Isolation isolation, String keys, Keys assumed, int transactions) {}

    @Override
    public String name() {
        return "elle";
    }

    @Override
    public String summary() {
        return "Transactional anomalies: CPU seconds to read EDN lines and to judge them, the best"
                + " of "
                + ROUNDS
                + " rounds in one process.";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("workload", "list-append or rw-register"),
                new Column("isolation", "what the simulated database promises"),
                new Column("keys", "what is assumed of single registers"),
                new Column("transactions", "begun, by ten clients, one to four operations each"),
                new Column("verdict", "on strict serializability"),
                new Column("anomalyKinds", "how many kinds of anomalies were found"),
                new Column("megabytes", "of the text"),
                new Column("readCpuSeconds", "from the file in the page cache to a history"),
                new Column("checkCpuSeconds", "from a history to the verdict and its proofs"),
                new Column("totalCpuSeconds", "the sum of the two"),
                new Column("heldMegabytes", "of heap, held by history and verdict"));
    }

    @Override
    public void run(Options options, Consumer<Row> rows) {
        for (Profile profile : options.quick() ? profiles(QUICK, QUICK) : profiles(SOME, MANY)) {
            rows.accept(measured(profile, options.quick() ? 1 : ROUNDS));
        }
    }

    private static List<Profile> profiles(int some, int many) {
        Workload list = Workload.LIST_APPEND;
        Workload register = Workload.RW_REGISTER;
        Isolation strict = Isolation.STRICT_SERIALIZABLE;
        return List.of(
                new Profile(list, strict, "", NOTHING, some),
                new Profile(list, strict, "", NOTHING, many),
                new Profile(list, Isolation.SNAPSHOT_ISOLATION, "", NOTHING, some),
                new Profile(list, Isolation.READ_COMMITTED, "", NOTHING, some),
                new Profile(list, Isolation.READ_COMMITTED, "", NOTHING, many),
                new Profile(register, strict, "wfr", REPLACING, some),
                new Profile(register, strict, "wfr", REPLACING, many),
                new Profile(register, strict, "linearizable", LINEARIZABLE, some),
                new Profile(register, strict, "linearizable", LINEARIZABLE, many));
    }

    private static Row measured(Profile profile, int rounds) {
        try {
            Path file = Files.createTempFile("whitewater-elle-", ".edn");
            try {
                write(profile, file);
                return measured(profile, file, rounds);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Profile profile, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            SimulatedDatabase.run(
                    SimulationPlan.usual(profile.transactions()),
                    profile.isolation(),
                    SEED,
                    new EdnSink(profile.workload(), out));
        }
    }

    private static Row measured(Profile profile, Path file, int rounds) throws IOException {
        double read = Double.MAX_VALUE;
        double check = Double.MAX_VALUE;
        long held = 0;
        ElleResult result = null;
        for (int round = 0; round < rounds; round++) {
            CpuClock reading = new CpuClock();
            TransactionHistory history = read(profile, file);
            read = Math.min(read, reading.seconds());
            CpuClock checking = new CpuClock();
            result = check(profile, history);
            check = Math.min(check, checking.seconds());
            if (round == rounds - 1) {
                held = held(history, result);
            }
        }
        return new Row()
                .put("workload", profile.workload().label())
                .put("isolation", words(profile.isolation()))
                .put("keys", profile.keys())
                .put("transactions", profile.transactions())
                .put("verdict", result.verdict().label())
                .put("anomalyKinds", result.anomalyTypes().size())
                .put("megabytes", Files.size(file) >> 20)
                .put("readCpuSeconds", read)
                .put("checkCpuSeconds", check)
                .put("totalCpuSeconds", read + check)
                .put("heldMegabytes", held);
    }

    private static String words(Isolation isolation) {
        return isolation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static TransactionHistory read(Profile profile, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return HistoryReader.edn(ByteSource.of(in), profile.workload());
        }
    }

    private static ElleResult check(Profile profile, TransactionHistory history) {
        ElleOptions options = ElleOptions.defaults().assuming(profile.assumed());
        return profile.workload() == Workload.LIST_APPEND
                ? ListAppend.check(history, options)
                : RwRegister.check(history, options);
    }

    /** What is in use after a full collection while both are still needed. */
    private static long held(TransactionHistory history, ElleResult result) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        if (history.size() == 0 && result.anomalies().isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        return used >> 20;
    }
}
