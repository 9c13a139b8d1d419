package dev.whitewater.bench.check;

import dev.whitewater.bench.Benchmark;
import dev.whitewater.bench.CpuClock;
import dev.whitewater.bench.Row;
import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.BinaryForm;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.linear.Verdict;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.runner.GeneratedEtcd;
import dev.whitewater.checker.runner.GeneratedKv;
import dev.whitewater.checker.runner.Runner;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Generated histories judged for linearizability in one warm process: unique puts and gets over
 * many keys and few, by many clients at once, with lost answers and a stale read; and an etcd with
 * revisions. The best round counts.
 */
public final class CheckBench implements Benchmark {
    private static final int ROUNDS = 4;
    private static final int QUICK = 2_000;
    private static final int SMALL = 2_000;
    private static final int MANY = 1_000_000;
    private static final long SEED = 7;

    /** One setting. */
    private record Profile(String name, int operations, Model<?> model, Supplier<byte[]> text) {}

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "Linearizability: CPU seconds to read a history, as text and in the binary form, and"
                + " to judge it, the best of "
                + ROUNDS
                + " rounds in one process.";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("history", "keys, clients, and what is wrong"),
                new Column("operations", "called"),
                new Column("verdict", "and the methods that found it"),
                new Column("megabytes", "of the text"),
                new Column("textCpuSeconds", "from the text in the page cache to a history"),
                new Column("binaryCpuSeconds", "the same from the binary form"),
                new Column("checkCpuSeconds", "from a history to the verdict and its proof"),
                new Column("totalCpuSeconds", "from the text to the verdict"),
                new Column("heldMegabytes", "of heap, held by the history and the verdict"));
    }

    @Override
    public void run(Options options, Consumer<Row> rows) {
        int many = options.quick() ? QUICK : MANY;
        for (Profile profile : profiles(many)) {
            rows.accept(measured(profile, options.quick() ? 1 : ROUNDS));
        }
    }

    private static List<Profile> profiles(int many) {
        return List.of(
                kv("1000 keys, 10 clients", many, 1000, 10, 0, false),
                kv("1000 keys, 10 clients, stale read", many, 1000, 10, 0, true),
                kv("10 keys, 10 clients", many, 10, 10, 0, false),
                kv("10 keys, 50 clients", many, 10, 50, 0, false),
                kv("10 keys, 10 clients, 5 % unanswered", many, 10, 10, 50, false),
                kv("10 keys, 10 clients, 5 % unanswered, stale read", many, 10, 10, 50, true),
                kv("1 key, 15 clients, stale read", SMALL, 1, 15, 0, true),
                kv("1 key, 20 clients, stale read", SMALL, 1, 20, 0, true),
                kv("1 key, 20 clients, stale read", many, 1, 20, 0, true),
                etcd("etcd, 1000 keys, 10 clients", many, 0),
                etcd("etcd, 1000 keys, 10 clients, 0.1 % unanswered", Math.min(many, 10_000), 1));
    }

    private static Profile kv(
            String name, int operations, int keys, int clients, int lost, boolean stale) {
        GeneratedKv.Shape shape = new GeneratedKv.Shape(operations, keys, clients, lost, stale);
        return new Profile(name, operations, Models.kv(), () -> new GeneratedKv(shape, SEED).edn());
    }

    private static Profile etcd(String name, int operations, int lost) {
        GeneratedEtcd.Shape shape = new GeneratedEtcd.Shape(operations, 1000, 10, lost, true);
        return new Profile(
                name, operations, Models.etcdKv(), () -> new GeneratedEtcd(shape, SEED).jsonl());
    }

    private static Row measured(Profile profile, int rounds) {
        try {
            Path text = Files.createTempFile("whitewater-check-", ".txt");
            Path binary = Files.createTempFile("whitewater-check-", ".bin");
            try {
                Files.write(text, profile.text().get());
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(binary))) {
                    BinaryForm.write(read(text), out);
                }
                return measured(profile, text, binary, rounds);
            } finally {
                Files.delete(text);
                Files.delete(binary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row measured(Profile profile, Path text, Path binary, int rounds)
            throws IOException {
        double fromText = Double.MAX_VALUE;
        double fromBinary = Double.MAX_VALUE;
        double check = Double.MAX_VALUE;
        long held = 0;
        String verdict = "";
        for (int round = 0; round < rounds; round++) {
            CpuClock binaryClock = new CpuClock();
            int operations = read(binary).size();
            fromBinary = Math.min(fromBinary, binaryClock.seconds());
            CpuClock textClock = new CpuClock();
            History history = read(text);
            fromText = Math.min(fromText, textClock.seconds());
            if (history.size() != operations) {
                throw new IllegalStateException("both forms must hold the same operations");
            }
            CpuClock checkClock = new CpuClock();
            Verdict found =
                    Linearizability.check(
                            history, profile.model(), Runner.options(Duration.ofMinutes(1)));
            check = Math.min(check, checkClock.seconds());
            verdict = told(found);
            if (round == rounds - 1) {
                held = held(history, found);
            }
        }
        return new Row()
                .put("history", profile.name())
                .put("operations", profile.operations())
                .put("verdict", verdict)
                .put("megabytes", Files.size(text) / 1_000_000.0)
                .put("textCpuSeconds", fromText)
                .put("binaryCpuSeconds", fromBinary)
                .put("checkCpuSeconds", check)
                .put("totalCpuSeconds", fromText + check)
                .put("heldMegabytes", held / 1_000_000);
    }

    private static History read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return HistoryReader.read(ByteSource.of(in));
        }
    }

    private static String told(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Valid valid -> "valid by " + String.join(", ", valid.methods());
            case Verdict.Invalid invalid -> "invalid by " + String.join(", ", invalid.methods());
            case Verdict.Unknown(String reason) -> "unknown: " + reason;
        };
    }

    /** What stays after a collection, with both still in use. */
    private static long held(History history, Verdict verdict) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        if (history.size() == 0 && verdict.isInvalid()) {
            throw new IllegalStateException("an empty history is valid");
        }
        return used;
    }
}
