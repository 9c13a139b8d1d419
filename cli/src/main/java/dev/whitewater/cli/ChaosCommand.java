package dev.whitewater.cli;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.Format;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.linear.Verdict;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.runner.Runner;
import dev.whitewater.cli.chaos.Chaos;
import dev.whitewater.scenarios.Durations;
import dev.whitewater.scenarios.io.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

@Command(
        name = "chaos",
        description = {
            "Real member processes under load and kill -9; the clients' history is judged.",
            "Each kill comes when every member is healthy again and writes were acknowledged."
        },
        footer = {
            "  ./whitewater chaos --processes 3 --kills 50",
            "  ./whitewater chaos --endpoints 127.0.0.1:2379,127.0.0.1:22379 --for 30s"
        })
final class ChaosCommand extends CommandDefaults {

    @Option(names = "--processes", paramLabel = "N", description = "Members to start.")
    private int members = 3;

    @Option(names = "--kills", paramLabel = "N", description = "How many kill -9.")
    private int kills = 10;

    @Option(
            names = "--endpoints",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "Load a cluster that runs already instead, and kill nobody.")
    private List<String> endpoints = List.of();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "With --endpoints: how long (default: 60s).")
    private String duration = "60s";

    @Option(names = "--clients", paramLabel = "N", description = "Clients, one request each.")
    private int clients = 8;

    @Option(
            names = "--writes",
            paramLabel = "N",
            description = "Writes to be acknowledged between two kills.")
    private int writes = 100;

    @Option(names = "--ports", paramLabel = "BASE", description = "Ports from here on.")
    private int ports = 23790;

    @Option(names = "--seed", paramLabel = "N", description = "Who is killed, and when.")
    private long seed = 1;

    @Option(names = "--out", paramLabel = "DIR", description = "Data, logs and the history.")
    private Path out = Path.of("out", "chaos");

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long to judge (default: 120s).")
    private String timeout = "120s";

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    ChaosCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (members < 1 || kills < 0 || clients < 1 || writes < 1) {
            throw Refused.usage("--processes, --clients and --writes must be 1 or more.");
        }
        if (endpoints.isEmpty() && Files.exists(out) && !isEmpty(out)) {
            throw new Refused(
                    ExitCode.HARNESS_FAILED,
                    out + " is not empty; remove it or name another folder with --out.");
        }
        long started = System.nanoTime();
        Chaos.Plan plan =
                new Chaos.Plan(
                        members,
                        endpoints.isEmpty() ? kills : 0,
                        (int) (nanos("--for", duration) / 1_000_000_000L),
                        endpoints,
                        new Chaos.Plan.Load(clients, writes, ports, seed),
                        out,
                        Main.class.getName());
        Chaos.Outcome outcome;
        try (Progress progress = new Progress(screen(), "chaos", kills)) {
            outcome = new Chaos(plan, progress::step).run();
        } catch (Chaos.Failed e) {
            throw new Refused(
                    e.crashed() ? ExitCode.CRASHED : ExitCode.LIVENESS_VIOLATED,
                    e.getMessage() + ".");
        }
        Verdict verdict = judge();
        report(outcome, verdict, (System.nanoTime() - started) / 1e9);
        return switch (verdict) {
            case Verdict.Valid _ -> ExitCode.PASSED;
            case Verdict.Invalid _ -> ExitCode.SAFETY_VIOLATED;
            case Verdict.Unknown _ -> ExitCode.UNKNOWN;
        };
    }

    private static long nanos(String option, String text) {
        long nanos = Durations.parse(text);
        if (nanos <= 0) {
            throw Refused.usage(
                    option + ": expected " + Durations.EXPECTED + ", found \"" + text + "\".");
        }
        return nanos;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private Verdict judge() throws IOException {
        try (InputStream in = Files.newInputStream(Chaos.history(out))) {
            History history = HistoryReader.read(ByteSource.of(in), Format.JSON);
            return Linearizability.check(
                    history,
                    Models.etcdKv(),
                    Runner.options(Duration.ofNanos(nanos("--timeout", timeout))));
        }
    }

    private void report(Chaos.Outcome outcome, Verdict verdict, double seconds) {
        String word =
                switch (verdict) {
                    case Verdict.Valid _ -> "passed";
                    case Verdict.Invalid _ -> "violated";
                    case Verdict.Unknown _ -> "unknown";
                };
        String history = Chaos.history(out).toString();
        if (json) {
            screen().line(Json.object(it -> fields(it, word, outcome, seconds, history)));
            return;
        }
        line("kills", outcome.kills() + ", " + outcome.leaderKills() + " aimed at the leader");
        line(
                "operations",
                outcome.operations()
                        + ", "
                        + outcome.acknowledgedWrites()
                        + " writes acknowledged");
        line("seconds", String.valueOf(Math.round(seconds)));
        line(
                "history",
                history
                        + "   (./whitewater check "
                        + Shell.quote(history)
                        + " --model etcd --explain)");
        line(
                "verdict",
                verdict.isValid()
                        ? screen().good(word) + ": linearizable, no acknowledged write lost"
                        : screen().bad(word));
    }

    private static void fields(
            Json object, String word, Chaos.Outcome outcome, double seconds, String history) {
        object.text("verdict", word)
                .number("kills", outcome.kills())
                .number("leaderKills", outcome.leaderKills())
                .number("operations", outcome.operations())
                .number("acknowledgedWrites", outcome.acknowledgedWrites())
                .decimal("seconds", seconds)
                .text("history", history);
    }

    private void line(String name, String value) {
        screen().line(name + " ".repeat(12 - name.length()) + value);
    }
}
