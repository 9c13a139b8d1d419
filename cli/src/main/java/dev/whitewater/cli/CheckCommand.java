package dev.whitewater.cli;

import dev.whitewater.checker.contract.AccessContract;
import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.BinaryForm;
import dev.whitewater.checker.format.ContractHistory;
import dev.whitewater.checker.format.ContractReader;
import dev.whitewater.checker.format.FileHead;
import dev.whitewater.checker.format.Format;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.linear.Algorithm;
import dev.whitewater.checker.linear.Options;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.UnsupportedOperation;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.runner.Runner;
import dev.whitewater.reports.check.CheckReport;
import dev.whitewater.reports.check.Judged;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

@Command(
        name = "check",
        description =
                "Judges a history from anywhere: is there an order of its operations that explains"
                        + " all answers?",
        footer = {
            "  ./whitewater check jepsen.log",
            "  ./whitewater check history.edn --model register --initial 0 --html check.html",
            "  ./whitewater check out/broken/history.jsonl --explain"
        })
final class CheckCommand extends CommandDefaults {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<String> ALGORITHMS = List.of("auto", "wgl", "jit", "revision");

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A history: Jepsen's EDN or JSON, Porcupine's log, a run folder's.")
    private Path file = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "What the operations act on: register, cas-register, multi-register, kv, etcd,"
                            + " set, set-full, queue, fifo-queue, mutex, counter, bank, long-fork,"
                            + " sequential, comments; also fenced-mutex, linearizable-set,"
                            + " linearizable-counter and contracts (default: guessed from the"
                            + " operations).")
    private String model = "";

    @Option(
            names = "--initial",
            paramLabel = "V",
            description = "A register's first value, as EDN writes it (default: nil).")
    private String initial = "";

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "edn, json, porcupine or binary (default: guessed from the file).")
    private String format = "";

    @Option(
            names = "--independent",
            description = "Values are pairs of a key and its value, one object per key.")
    private boolean independent;

    @Mixin private WorkloadQuestion workload = new WorkloadQuestion();

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "auto, wgl, jit or revision (default: auto).")
    private String algorithm = "auto";

    @Mixin private BudgetQuestion limits = new BudgetQuestion();

    @Option(
            names = "--explain",
            description = "Print all that proves the verdict, and the order that was found.")
    private boolean explain;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page: the operations around the proof, client by client.")
    private Path html = Path.of("");

    @Option(
            names = "--compact",
            paramLabel = "FILE",
            description = "Also write the history in the compact form, which reads much faster.")
    private Path compact = Path.of("");

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    CheckCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException {
        return HeapLimit.guard(screen(), file, json, this::answer);
    }

    private int answer() throws IOException {
        limits.check();
        HistoryFile.oneOf("--algorithm", algorithm, ALGORITHMS);
        if (!model.isEmpty()) {
            new CheckModel(model);
        }
        HistoryFile source = new HistoryFile(screen(), file, format);
        return source.read((bytes, head) -> read(source, bytes, head)).judge();
    }

    /** A file that was read, of one of the two kinds. */
    private interface Subject {
        int judge() throws IOException;
    }

    private Subject read(HistoryFile source, ByteSource bytes, FileHead head) {
        if (model.equals("contracts") || (model.isEmpty() && ContractReader.fits(head))) {
            ContractHistory history = ContractReader.read(bytes);
            return () ->
                    finish(
                            History.of(List.of()),
                            history.records(),
                            () -> CheckJudge.byContract("contracts", budget(), history::breaches));
        }
        Format kind = source.format(head);
        boolean events = kind == Format.EDN || kind == Format.JSON;
        if (independent && !events) {
            throw Refused.usage("--independent is for events in EDN or JSON.");
        }
        History history =
                independent
                        ? HistoryReader.readPairs(bytes, kind)
                        : HistoryReader.read(bytes, kind);
        return () -> {
            if (!compact.toString().isEmpty()) {
                try (OutputStream out = Files.newOutputStream(compact)) {
                    BinaryForm.write(history, out);
                }
            }
            return finish(history, history.size(), () -> judge(history));
        };
    }

    private Judged judge(History history) {
        CheckModel chosen = model.isEmpty() ? ModelGuess.of(history) : new CheckModel(model);
        if (chosen.isWorkload()) {
            if (!initial.isEmpty()) {
                throw Refused.usage("--initial is for registers, not for " + chosen.name() + ".");
            }
            return CheckJudge.byWorkload(
                    chosen.name(), history, workload.options(history, budget()));
        }
        Model<?> steps = chosen.model(initial);
        if (chosen.name().equals("etcd")) {
            Judged access =
                    CheckJudge.byContract(
                            "etcd", budget(), purse -> AccessContract.check(history, purse));
            if (access.answer() != Judged.Answer.VALID) {
                return access;
            }
        }
        Options options =
                Options.DEFAULT
                        .with(budget())
                        .with(Runner.threads())
                        .with(Algorithm.valueOf(algorithm.toUpperCase(Locale.ROOT)));
        if (algorithm.equals("revision")) {
            return CheckJudge.byRevision(chosen.name(), history, options);
        }
        return CheckJudge.byOrder(
                chosen.name(),
                history,
                steps,
                explain || wantsPage() ? options.explaining() : options);
    }

    private Budget budget() {
        return limits.budget("60s");
    }

    private boolean wantsPage() {
        return !html.toString().isEmpty();
    }

    private int finish(History history, int count, Supplier<Judged> judge) throws IOException {
        long started = System.nanoTime();
        Judged judged;
        try {
            judged = judge.get();
        } catch (UnsupportedOperation e) {
            throw Refused.usage(file + ": " + e.getMessage() + ".");
        }
        double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
        if (wantsPage()) {
            String name = file.getFileName().toString();
            Files.writeString(html, CheckReport.render(name, history, judged, seconds));
        }
        CheckText text = new CheckText(screen(), history, count, judged, explain);
        if (json) {
            text.json(seconds);
        } else {
            text.print();
        }
        return switch (judged.answer()) {
            case VALID -> ExitCode.PASSED;
            case INVALID -> ExitCode.SAFETY_VIOLATED;
            case UNKNOWN -> ExitCode.UNKNOWN;
        };
    }
}
