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
 * revisions. One round warms up, the median of the others counts. Beside each figure is the bar it
 * is held against, as issue 3 of this project sets it.
 */
public final class CheckBench implements Benchmark {
    private static final int ROUNDS = 6;
    private static final int QUICK = 2_000;
    private static final int SMALL = 2_000;
    private static final int TEN = 10_000;
    private static final int MANY = 1_000_000;
    private static final long SEED = 7;

    /** One setting. */
    private record Profile(
            String name, int operations, Model<?> model, Supplier<byte[]> text, Bars bars) {}

    /** Seconds that may not be exceeded; 0 where none is set. */
    private record Bars(double check, double binary, double total) {}

    /** For a million operations on keys with unique writes, whatever their kind. */
    private static final Bars UNIQUE = new Bars(0.35, 1, 3);

    /** For what Porcupine leaves unknown. */
    private static final Bars UNKNOWN_TO_PORCUPINE = new Bars(0, 0, 1);

    private static final Bars ETCD = new Bars(0, 0, 10);

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "Linearizability: CPU seconds to read a history, as text and in the binary form, and"
                + " to judge it, the median of "
                + (ROUNDS - 1)
                + " rounds after one in the same process.";
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
                new Column("checkBar", "what that may be; 0: no bar"),
                new Column("binaryTotalCpuSeconds", "from the binary form to the verdict"),
                new Column("binaryTotalBar", "what that may be"),
                new Column("totalCpuSeconds", "from the text to the verdict"),
                new Column("totalBar", "what that may be"),
                new Column("heldMegabytes", "of heap, held by the history and the verdict"));
    }

    @Override
    public void run(Options options, Consumer<Row> rows) {
        int many = options.quick() ? QUICK : MANY;
        for (Profile profile : profiles(many)) {
            rows.accept(measured(profile, options.quick() ? 1 : ROUNDS));
        }
        PorcupineLogs.row(options.quick() ? 1 : ROUNDS).ifPresent(rows);
    }

    private static List<Profile> profiles(int many) {
        int some = Math.min(many, 100_000);
        return List.of(
                kv("1000 keys, 10 clients", many, 1000, 10, 0, false),
                kv("1000 keys, 10 clients, stale read", many, 1000, 10, 0, true),
                kv("100,000 keys, 10 clients", many, 100_000, 10, 0, false),
                kv("10 keys, 10 clients", many, 10, 10, 0, false),
                kv("10 keys, 50 clients", many, 10, 50, 0, false),
                kv("10 keys, 100 clients", many, 10, 100, 0, false),
                kv("1 key, 5 clients", many, 1, 5, 0, false),
                kv("10 keys, 10 clients, 5 % unanswered", many, 10, 10, 50, false),
                kv("10 keys, 10 clients, 5 % unanswered, stale read", many, 10, 10, 50, true),
                kv("1 key, 20 clients, stale read", many, 1, 20, 0, true),
                kv("1 key, 15 clients, stale read", SMALL, 1, 15, 0, true),
                kv("1 key, 20 clients, stale read", SMALL, 1, 20, 0, true),
                kv("10 keys, 10 clients, 5 % unanswered, stale read", TEN, 10, 10, 50, true),
                etcd("etcd, 1000 keys, 10 clients", many, 1000, 0),
                etcd("etcd, 1000 keys, 10 clients, 1 % unanswered", some, 1000, 10),
                etcd("etcd, 1000 keys, 10 clients, 5 % unanswered", some, 1000, 50),
                etcd("etcd, 1000 keys, 10 clients, 1 % unanswered", many, 1000, 10));
    }

    private static Profile kv(
            String name, int operations, int keys, int clients, int lost, boolean stale) {
        GeneratedKv.Shape shape = new GeneratedKv.Shape(operations, keys, clients, lost, stale);
        Bars bars = operations > TEN ? UNIQUE : UNKNOWN_TO_PORCUPINE;
        return new Profile(
                name, operations, Models.kv(), () -> new GeneratedKv(shape, SEED).edn(), bars);
    }

    private static Profile etcd(String name, int operations, int keys, int lost) {
        GeneratedEtcd.Shape shape = new GeneratedEtcd.Shape(operations, keys, 10, lost, true);
        return new Profile(
                name,
                operations,
                Models.etcdKv(),
                () -> new GeneratedEtcd(shape, SEED).jsonl(),
                ETCD);
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
        Median fromText = new Median();
        Median fromBinary = new Median();
        Median check = new Median();
        long held = 0;
        String verdict = "";
        for (int round = 0; round < rounds; round++) {
            CpuClock binaryClock = new CpuClock();
            int operations = read(binary).size();
            fromBinary.add(round, binaryClock.seconds());
            CpuClock textClock = new CpuClock();
            History history = read(text);
            fromText.add(round, textClock.seconds());
            if (history.size() != operations) {
                throw new IllegalStateException("both forms must hold the same operations");
            }
            CpuClock checkClock = new CpuClock();
            Verdict found =
                    Linearizability.check(
                            history, profile.model(), Runner.options(Duration.ofMinutes(1)));
            check.add(round, checkClock.seconds());
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
                .put("textCpuSeconds", fromText.value())
                .put("binaryCpuSeconds", fromBinary.value())
                .put("checkCpuSeconds", check.value())
                .put("checkBar", profile.bars().check())
                .put("binaryTotalCpuSeconds", fromBinary.value() + check.value())
                .put("binaryTotalBar", profile.bars().binary())
                .put("totalCpuSeconds", fromText.value() + check.value())
                .put("totalBar", profile.bars().total())
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
