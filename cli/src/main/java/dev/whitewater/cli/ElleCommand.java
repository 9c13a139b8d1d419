package dev.whitewater.cli;

import dev.whitewater.checker.elle.Artefacts;
import dev.whitewater.checker.elle.ElleOptions;
import dev.whitewater.checker.elle.ElleResult;
import dev.whitewater.checker.elle.HistoryReader;
import dev.whitewater.checker.elle.ListAppend;
import dev.whitewater.checker.elle.RwRegister;
import dev.whitewater.checker.elle.SessionText;
import dev.whitewater.checker.elle.TransactionHistory;
import dev.whitewater.checker.elle.Workload;
import dev.whitewater.reports.check.ElleReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

@Command(
        name = "elle",
        description =
                "Looks for transactional anomalies: dirty and lost updates, skewed reads and"
                    + " writes, circles of dependencies, and the consistency models they rule out.",
        footer = {
            "  ./whitewater elle history.edn",
            "  ./whitewater elle history.edn --consistency snapshot-isolation --html elle.html",
            "  ./whitewater elle kv.json --workload rw-register --linearizable-keys --json"
        })
final class ElleCommand extends CommandDefaults {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String A_YEAR = "8760h";

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A history of transactions: Jepsen's EDN or JSON, a run folder's.")
    private Path file = Path.of("");

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "list-append or rw-register (default: guessed from the file).")
    private String workload = "";

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "edn, json or sessions (default: guessed from the file).")
    private String format = "";

    @Mixin private ElleQuestion question = new ElleQuestion();

    @Mixin private BudgetQuestion limits = new BudgetQuestion();

    @Option(
            names = "--session-levels",
            description =
                    "rw-register: also judge read committed, read atomic and causal consistency"
                            + " over sessions, without any order of writes.")
    private boolean sessionLevels;

    @Option(names = "--explain", description = "Print every kept instance, not just the first.")
    private boolean explain;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page: the anomalies in words, every circle as a picture.")
    private Path html = Path.of("");

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Write a text per anomaly and a picture per circle, as Elle does.")
    private Path directory = Path.of("");

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    ElleCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException {
        return HeapLimit.guard(screen(), file, json, this::answer);
    }

    private int answer() throws IOException {
        ElleOptions asked = question.options();
        limits.check();
        TransactionHistory history = read();
        long started = System.nanoTime();
        ElleOptions options = asked.within(limits.budget(A_YEAR));
        SessionVerdict sessions = sessions(history, options);
        ElleResult result = sessions.over(check(history, options));
        double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
        List<String> expected = question.expected();
        write(history, result, new ElleReport.Subject(fileName(), expected, seconds));
        ElleText text = new ElleText(screen(), history, result, expected, sessions);
        if (json) {
            text.json(seconds);
        } else {
            text.print(explain);
        }
        return switch (result.verdict()) {
            case VALID -> ExitCode.PASSED;
            case INVALID -> ExitCode.SAFETY_VIOLATED;
            case UNKNOWN -> ExitCode.UNKNOWN;
        };
    }

    private static ElleResult check(TransactionHistory history, ElleOptions options) {
        return history.workload() == Workload.LIST_APPEND
                ? ListAppend.check(history, options)
                : RwRegister.check(history, options);
    }

    private SessionVerdict sessions(TransactionHistory history, ElleOptions options) {
        if (!sessionLevels) {
            return SessionVerdict.NOT_ASKED;
        }
        if (history.workload() == Workload.LIST_APPEND) {
            throw Refused.usage("--session-levels is for rw-register, not for list-append.");
        }
        return SessionVerdict.of(history, options);
    }

    private String fileName() {
        return file.getFileName().toString();
    }

    private TransactionHistory read() throws IOException {
        List<String> known = List.of(Workload.LIST_APPEND.label(), Workload.RW_REGISTER.label());
        if (!workload.isEmpty()) {
            HistoryFile.oneOf("--workload", workload, known);
        }
        HistoryFile source = new HistoryFile(screen(), file, format);
        return source.read(
                (bytes, head) -> {
                    Workload kind =
                            workload.isEmpty()
                                    ? HistoryReader.guess(head)
                                    : Workload.named(workload);
                    return switch (source.format(head)) {
                        case EDN -> HistoryReader.edn(bytes, kind);
                        case JSON ->
                                head.isRunFolder()
                                        ? HistoryReader.runFolder(bytes, kind)
                                        : HistoryReader.json(bytes, kind);
                        case SESSIONS -> {
                            sessionLevels = true;
                            yield SessionText.read(bytes);
                        }
                        case PORCUPINE, BINARY ->
                                throw Refused.usage(
                                        file + ": expected transactions, in EDN or JSON.");
                    };
                });
    }

    private void write(TransactionHistory history, ElleResult result, ElleReport.Subject subject)
            throws IOException {
        if (!html.toString().isEmpty()) {
            Files.writeString(html, ElleReport.render(subject, history, result));
        }
        if (!directory.toString().isEmpty()) {
            for (Map.Entry<String, String> entry : Artefacts.of(history, result).entrySet()) {
                Path target = directory.resolve(entry.getKey());
                Files.createDirectories(target.toAbsolutePath().getParent());
                Files.writeString(target, entry.getValue());
            }
        }
    }
}
