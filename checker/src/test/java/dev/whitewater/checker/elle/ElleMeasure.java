package dev.whitewater.checker.elle;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.elle.sim.EdnSink;
import dev.whitewater.checker.elle.sim.Isolation;
import dev.whitewater.checker.elle.sim.SimulatedDatabase;
import dev.whitewater.checker.elle.sim.SimulationPlan;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures reading and checking: {@code ElleMeasure TRANSACTIONS ISOLATION [ROUNDS]}. CPU seconds
 * of the whole process, garbage collection included; the last round is the warm one.
 */
final class ElleMeasure {
    private ElleMeasure() {}

    public static void main(String[] args) throws IOException {
        int transactions = Integer.parseInt(args[0]);
        Isolation isolation = Isolation.valueOf(args[1].toUpperCase(Locale.ROOT));
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        Path file = Files.createTempFile("elle-", ".edn");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                SimulationPlan plan = SimulationPlan.usual(transactions);
                EdnSink sink = new EdnSink(Workload.LIST_APPEND, out);
                SimulatedDatabase.run(plan, isolation, 69, sink);
            }
            System.out.println(transactions + " " + isolation + ", bytes " + Files.size(file));
            for (int round = 0; round < rounds; round++) {
                measure(file);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void measure(Path file) throws IOException {
        long start = cpu();
        long startWall = System.nanoTime();
        TransactionHistory history;
        try (InputStream in = Files.newInputStream(file)) {
            history = HistoryReader.edn(ByteSource.of(in), Workload.LIST_APPEND);
        }
        long read = cpu();
        long readWall = System.nanoTime();
        ElleResult result = ListAppend.check(history, ElleOptions.defaults());
        long checked = cpu();
        long checkedWall = System.nanoTime();
        System.out.println(
                result.verdict().label()
                        + " "
                        + result.anomalyTypes()
                        + " operations "
                        + history.operations()
                        + ": read "
                        + seconds(read - start, readWall - startWall)
                        + ", check "
                        + seconds(checked - read, checkedWall - readWall)
                        + ", heap in use "
                        + usedMegabytes()
                        + " MB");
    }

    private static long usedMegabytes() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private static String seconds(long cpu, long wall) {
        return cpu / 1_000_000 + " ms CPU (" + wall / 1_000_000 + " wall)";
    }

    private static long cpu() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime();
    }
}
