package dev.whitewater.bench.check;

import dev.whitewater.bench.CpuClock;
import dev.whitewater.bench.Row;
import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.linear.Verdict;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.runner.Runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The logs of an old etcd that Porcupine tests itself with, all of them together, where a checkout
 * exists: in the folder that WHITEWATER_HISTORIES names, or beside the repository. What a register
 * with compare-and-swap takes is the general search.
 */
final class PorcupineLogs {
    /** The sum over all files of the best of Porcupine's runs, on the machine of CHECKERS.md. */
    private static final double PORCUPINE_SECONDS = 0.63;

    private static final int WARM_UP = 4;

    private PorcupineLogs() {}

    static Optional<Row> row(int rounds) {
        String named = System.getenv("WHITEWATER_HISTORIES");
        Path folder = Path.of(named == null ? "../shared/histories" : named);
        Path logs = folder.resolve("porcupine/jepsen");
        if (!Files.isDirectory(logs)) {
            return Optional.empty();
        }
        List<byte[]> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
                texts.add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(measured(texts, rounds));
    }

    private static Row measured(List<byte[]> texts, int rounds) {
        Median reading = new Median();
        Median checking = new Median();
        int valid = 0;
        int operations = 0;
        long bytes = 0;
        for (int round = 0; round < rounds + WARM_UP; round++) {
            List<History> histories = new ArrayList<>();
            CpuClock readClock = new CpuClock();
            for (byte[] text : texts) {
                histories.add(HistoryReader.read(ByteSource.of(text)));
            }
            reading.add(Math.max(0, round - WARM_UP), readClock.seconds());
            valid = 0;
            CpuClock checkClock = new CpuClock();
            for (History history : histories) {
                valid += check(history).isValid() ? 1 : 0;
            }
            checking.add(Math.max(0, round - WARM_UP), checkClock.seconds());
            operations = histories.stream().mapToInt(History::size).sum();
        }
        for (byte[] text : texts) {
            bytes += text.length;
        }
        String verdict = valid + " valid, " + (texts.size() - valid) + " invalid";
        return new Row()
                .put("history", "Porcupine's " + texts.size() + " logs of etcd")
                .put("operations", operations)
                .put("verdict", verdict)
                .put("megabytes", bytes / 1e6)
                .put("textCpuSeconds", reading.value())
                .put("binaryCpuSeconds", 0.0)
                .put("checkCpuSeconds", checking.value())
                .put("checkBar", PORCUPINE_SECONDS)
                .put("binaryTotalCpuSeconds", 0.0)
                .put("binaryTotalBar", 0.0)
                .put("totalCpuSeconds", reading.value() + checking.value())
                .put("totalBar", 0.0)
                .put("heldMegabytes", 0);
    }

    private static Verdict check(History history) {
        return Linearizability.check(
                history, Models.casRegister(), Runner.options(Duration.ofMinutes(1)));
    }
}
