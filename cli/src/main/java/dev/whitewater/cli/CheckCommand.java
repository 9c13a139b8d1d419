package dev.whitewater.cli;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.format.Format;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.linear.Algorithm;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.linear.Options;
import dev.whitewater.checker.linear.Verdict;
import dev.whitewater.checker.linear.Witness;
import dev.whitewater.checker.model.UnsupportedOperation;
import dev.whitewater.scenarios.Durations;
import dev.whitewater.scenarios.io.Json;
import dev.whitewater.scenarios.io.Wording;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

@Command(
        name = "check",
        description =
                "Judges a history from anywhere: is there an order of its operations that explains"
                        + " all answers?",
        footer = {
            "  ./whitewater check jepsen.log",
            "  ./whitewater check history.edn --model register --initial 0",
            "  ./whitewater check out/broken/history.jsonl --explain"
        })
final class CheckCommand extends CommandDefaults {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<String> FORMATS = List.of("edn", "json", "porcupine");
    private static final List<String> ALGORITHMS = List.of("auto", "wgl", "jit");

    @Parameters(index = "0", paramLabel = "FILE", description = "A history.")
    private Path file = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "What the operations act on: register, cas-register, kv or etcd (default: etcd"
                            + " for a run folder's history, else cas-register).")
    private String model = "";

    @Option(
            names = "--initial",
            paramLabel = "V",
            description = "A register's first value (default: nil).")
    private String initial = "";

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "edn, json or porcupine (default: guessed from the file).")
    private String format = "";

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "auto, wgl or jit (default: auto).")
    private String algorithm = "auto";

    @Option(
            names = "--timeout",
            paramLabel = "T",
            description = "Give up after this, with verdict unknown (default: 60s).")
    private String timeout = "60s";

    @Option(names = "--explain", description = "Print the operations that prove the verdict.")
    private boolean explain;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    CheckCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException {
        long nanos = Durations.parse(timeout);
        if (nanos <= 0) {
            throw Refused.usage(
                    "--timeout: expected " + Durations.EXPECTED + ", found \"" + timeout + "\".");
        }
        oneOf("--algorithm", algorithm, ALGORITHMS);
        History history = read();
        CheckModel chosen = CheckModel.choose(model, initial, file);
        Options options =
                new Options(
                        Algorithm.valueOf(algorithm.toUpperCase(Locale.ROOT)),
                        new TimeBudget(nanos),
                        new ThreadParallel(),
                        explain);
        long started = System.nanoTime();
        Verdict verdict;
        try {
            verdict = Linearizability.check(history, chosen.model(), options);
        } catch (UnsupportedOperation e) {
            throw Refused.usage(file + ": " + e.getMessage() + ".");
        }
        double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
        return print(history, chosen.name(), verdict, seconds);
    }

    private static void oneOf(String option, String value, List<String> known) {
        if (!known.contains(value)) {
            throw Refused.usage(
                    option
                            + ": expected "
                            + Wording.anyOf(known)
                            + ", found \""
                            + value
                            + "\""
                            + Wording.didYouMean(value, known)
                            + ".");
        }
    }

    private History read() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Refused.usage(
                    file
                            + ": expected a history, found "
                            + (Files.isDirectory(file) ? "a folder." : "no such file."));
        }
        ByteSource source = ByteSource.of(new ByteArrayInputStream(Files.readAllBytes(file)));
        try {
            if (format.isEmpty()) {
                return HistoryReader.read(source);
            }
            oneOf("--format", format, FORMATS);
            return HistoryReader.read(source, Format.valueOf(format.toUpperCase(Locale.ROOT)));
        } catch (HistoryFormatException e) {
            throw Refused.usage(file + ":" + e.getMessage() + ".");
        }
    }

    private int print(History history, String modelName, Verdict verdict, double seconds) {
        if (json) {
            screen().line(Json.object(o -> fields(o, history, modelName, verdict, seconds)));
        } else {
            describe(history, modelName, verdict);
        }
        return switch (verdict) {
            case Verdict.Valid valid -> ExitCode.PASSED;
            case Verdict.Invalid invalid -> ExitCode.SAFETY_VIOLATED;
            case Verdict.Unknown unknown -> ExitCode.UNKNOWN;
        };
    }

    private static void fields(
            Json out, History history, String modelName, Verdict verdict, double seconds) {
        String methods =
                switch (verdict) {
                    case Verdict.Valid valid -> String.join("+", valid.methods());
                    case Verdict.Invalid invalid -> String.join("+", invalid.methods());
                    case Verdict.Unknown unknown -> "none";
                };
        if (verdict instanceof Verdict.Unknown(String reason)) {
            out.text("valid", "unknown").text("reason", reason);
        } else {
            out.truth("valid", verdict.isValid());
        }
        out.text("model", modelName).text("algorithm", methods);
        out.number("operations", history.size()).decimal("seconds", seconds);
        if (verdict instanceof Verdict.Invalid(List<String> found, Witness witness)) {
            out.fields(
                    "witness",
                    w ->
                            w.text("rule", witness.rule())
                                    .text("sentence", witness.sentence())
                                    .list(
                                            "operations",
                                            witness.operations(),
                                            CheckCommand::operation));
        }
    }

    private static void operation(Json out, Operation operation) {
        out.number("op", operation.id())
                .text("client", operation.client().toString())
                .text("operation", operation.toString())
                .number("invoke", operation.interval().invoke());
        if (operation.interval().isOpen()) {
            out.nothing("return");
        } else {
            out.number("return", operation.interval().complete());
        }
    }

    private void describe(History history, String modelName, Verdict verdict) {
        String what = history.size() + " operations on " + modelName;
        switch (verdict) {
            case Verdict.Valid valid ->
                    screen().line(
                                    screen().good("VALID")
                                            + "  "
                                            + what
                                            + ": an order explains all answers");
            case Verdict.Unknown(String reason) ->
                    screen().line(screen().doubtful("UNKNOWN") + "  " + what + ": " + reason);
            case Verdict.Invalid(List<String> methods, Witness witness) -> {
                screen().line(screen().bad("INVALID") + "  " + what + ": " + witness.rule());
                screen().line("  " + witness.sentence());
                witness.operations()
                        .forEach(
                                op ->
                                        screen().line(
                                                        "  "
                                                                + op.id()
                                                                + "  client "
                                                                + op.client()
                                                                + "  "
                                                                + op));
            }
        }
    }
}
