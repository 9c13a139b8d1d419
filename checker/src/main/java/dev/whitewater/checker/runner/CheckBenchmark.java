package dev.whitewater.checker.runner;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.BinaryForm;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.linear.Verdict;
import dev.whitewater.checker.model.Models;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The benchmark of the linearizability check: generated key-value histories, reading and checking
 * measured apart in CPU seconds of the whole process, the best of some rounds in one warm process.
 */
public final class CheckBenchmark {
    private static final int ROUNDS = 4;

    private CheckBenchmark() {}

    /**
     * One line of the result.
     *
     * @param readCpuSeconds from EDN lines in memory to a history
     * @param binaryCpuSeconds from the binary form in memory to a history
     * @param checkCpuSeconds from a history to a verdict
     */
    public record Row(
            String name,
            int operations,
            String verdict,
            double readCpuSeconds,
            double binaryCpuSeconds,
            double checkCpuSeconds) {}

    /** Runs the named profiles over so many operations each. */
    public static List<Row> run(int operations) {
        List<Row> rows = new ArrayList<>();
        rows.add(row("1000 keys, 10 clients", shape(operations, 1000, 10, 0, false)));
        rows.add(row("1000 keys, 10 clients, stale", shape(operations, 1000, 10, 0, true)));
        rows.add(row("10 keys, 10 clients", shape(operations, 10, 10, 0, false)));
        rows.add(row("10 keys, 50 clients", shape(operations, 10, 50, 0, false)));
        rows.add(row("1 key, 20 clients, stale", shape(operations, 1, 20, 0, true)));
        rows.add(row("10 keys, 5 % lost, stale", shape(operations, 10, 10, 50, true)));
        return rows;
    }

    private static GeneratedKv.Shape shape(
            int operations, int keys, int clients, int infoPerMille, boolean stale) {
        return new GeneratedKv.Shape(operations, keys, clients, infoPerMille, stale);
    }

    private static Row row(String name, GeneratedKv.Shape shape) {
        byte[] edn = new GeneratedKv(shape, 7).edn();
        double read = Double.MAX_VALUE;
        double check = Double.MAX_VALUE;
        double compact = Double.MAX_VALUE;
        byte[] binary = binary(edn);
        String verdict = "";
        for (int round = 0; round < ROUNDS; round++) {
            long start = cpu();
            History history = HistoryReader.read(ByteSource.of(edn));
            long middle = cpu();
            Verdict found =
                    Linearizability.check(
                            history, Models.kv(), Runner.options(Duration.ofSeconds(60)));
            long end = cpu();
            BinaryForm.read(ByteSource.of(binary));
            compact = Math.min(compact, (cpu() - end) / 1e9);
            read = Math.min(read, (middle - start) / 1e9);
            check = Math.min(check, (end - middle) / 1e9);
            verdict = found.isValid() ? "valid" : found.isInvalid() ? "invalid" : found.toString();
        }
        return new Row(name, shape.operations(), verdict, read, compact, check);
    }

    private static byte[] binary(byte[] edn) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryForm.write(HistoryReader.read(ByteSource.of(edn)), bytes);
        return bytes.toByteArray();
    }

    /** CPU time of the whole process, all threads. */
    static long cpu() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean.getProcessCpuTime()
                : System.nanoTime();
    }
}
