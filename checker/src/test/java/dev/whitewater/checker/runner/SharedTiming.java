package dev.whitewater.checker.runner;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.linear.Algorithm;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.linear.Options;
import dev.whitewater.checker.linear.Verdict;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.value.Value;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

final class SharedTiming {
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Algorithm algorithm = Algorithm.valueOf(args[1]);
        String source = args[2];
        int rounds = Integer.parseInt(args[3]);
        double sum = 0;
        for (String line : Files.readAllLines(folder.resolve("INDEX.tsv"))) {
            String[] c = line.split("\t");
            if (!c[0].contains(source) || !(c[2].equals("cas-register") || c[2].equals("kv")))
                continue;
            History history =
                    HistoryReader.read(ByteSource.of(Files.readAllBytes(folder.resolve(c[0]))));
            Model<?> model = Models.byName(c[2], Value.NIL).orElseThrow();
            double best = 1e9;
            Verdict v = null;
            for (int i = 0; i < rounds; i++) {
                long t = System.nanoTime();
                v =
                        Linearizability.check(
                                history,
                                model,
                                Options.DEFAULT
                                        .with(algorithm)
                                        .with(Runner.budget(Duration.ofSeconds(20), 1L << 30)));
                double s = (System.nanoTime() - t) / 1e6;
                best = Math.min(best, s);
                if (s > 3000) break;
            }
            sum += best;
            String told = v instanceof Verdict.Unknown u ? u.reason() : v.isValid() + "";
            System.out.printf(
                    "%-50s %s %s %.2f ms%s%n",
                    c[0],
                    c[4],
                    v instanceof Verdict.Valid x
                            ? x.methods()
                            : v instanceof Verdict.Invalid y ? y.methods() : "-",
                    best,
                    told.equals(c[4]) ? "" : "  WRONG " + told);
        }
        System.out.printf("sum %.1f ms%n", sum);
    }
}
