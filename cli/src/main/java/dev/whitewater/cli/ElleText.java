package dev.whitewater.cli;

import dev.whitewater.checker.elle.AnomalyReport;
import dev.whitewater.checker.elle.ElleResult;
import dev.whitewater.checker.elle.Finding;
import dev.whitewater.checker.elle.SessionLevels.Level;
import dev.whitewater.checker.elle.TransactionHistory;
import dev.whitewater.checker.elle.model.ConsistencyModel;
import dev.whitewater.reports.check.AnomalyWords;
import dev.whitewater.scenarios.io.Json;

import java.util.List;

/** What a check of transactions came to, for a terminal or for a program. */
record ElleText(
        Screen screen,
        TransactionHistory history,
        ElleResult result,
        List<String> expected,
        SessionVerdict sessions) {
    private static final int LINE = 400;
    private static final int CIRCLE = 8;

    void print(boolean everything) {
        String what =
                history.size() + " transactions of " + history.workload().label() + ", " + asked();
        switch (result.verdict()) {
            case VALID -> screen.line(screen.good("VALID") + "  " + what + ": no anomaly");
            case UNKNOWN ->
                    screen.line(screen.doubtful("UNKNOWN") + "  " + what + ": " + result.reason());
            case INVALID ->
                    screen.line(
                            screen.bad("INVALID")
                                    + "  "
                                    + what
                                    + (result.reason().isEmpty() ? "" : ": " + result.reason()));
        }
        sessions.circles().forEach(this::level);
        if (!result.not().isEmpty()) {
            screen.line("not       " + String.join(", ", labels(result.not())));
        }
        if (!result.alsoNot().isEmpty()) {
            screen.line("also not  " + String.join(", ", labels(result.alsoNot())));
        }
        for (AnomalyReport report : result.anomalies()) {
            anomaly(report, everything);
        }
    }

    private void level(Level level, List<Integer> circle) {
        screen.line(
                "sessions  "
                        + level.label()
                        + (circle.isEmpty()
                                ? ": yes"
                                : ": no, " + circle.size() + " transactions are a circle"));
        for (int t : circle.subList(0, Math.min(CIRCLE, circle.size()))) {
            screen.line(cut("  " + history.describe(t)));
        }
    }

    private String asked() {
        return expected.isEmpty() ? "anomalies" : "expected " + String.join(", ", expected);
    }

    private void anomaly(AnomalyReport report, boolean everything) {
        screen.line();
        String name = AnomalyWords.name(report.type());
        screen.line(
                screen.bold(report.type().label())
                        + (name.isEmpty() ? "" : " (" + name + ")")
                        + (report.count() > 1 ? ", " + report.count() + " times" : ""));
        List<Finding> findings = report.findings();
        for (Finding finding : everything ? findings : findings.subList(0, 1)) {
            finding.explanation().lines().forEach(line -> screen.line(cut("  " + line)));
            screen.line();
        }
    }

    private static String cut(String line) {
        return line.length() <= LINE ? line : line.substring(0, LINE - 1) + "…";
    }

    void json(double seconds) {
        screen.line(Json.object(out -> fields(out, seconds)));
    }

    private void fields(Json out, double seconds) {
        switch (result.verdict()) {
            case VALID -> out.truth("valid", true);
            case INVALID -> out.truth("valid", false);
            case UNKNOWN -> out.text("valid", "unknown").text("reason", result.reason());
        }
        out.text("model", String.join(",", expected));
        out.text("algorithm", "elle").text("workload", history.workload().label());
        out.number("operations", history.size()).number("microOperations", history.operations());
        out.decimal("seconds", seconds);
        if (sessions.asked()) {
            out.fields(
                    "sessionLevels",
                    levels ->
                            sessions.circles()
                                    .forEach(
                                            (level, circle) ->
                                                    levels.truth(level.label(), circle.isEmpty())));
        }
        out.texts("anomalyTypes", result.anomalyTypes());
        out.texts("not", labels(result.not())).texts("alsoNot", labels(result.alsoNot()));
        out.list("anomalies", result.anomalies(), this::report);
    }

    private void report(Json out, AnomalyReport report) {
        out.text("type", report.type().label()).number("count", report.count());
        out.list("findings", report.findings(), this::finding);
    }

    private void finding(Json out, Finding finding) {
        out.text("explanation", finding.explanation());
        out.list("transactions", finding.transactions(), this::transaction);
        if (!finding.links().isEmpty()) {
            out.list(
                    "cycle",
                    finding.links(),
                    (step, link) ->
                            step.number("from", finding.transactions().indexOf(link.from()))
                                    .number("to", finding.transactions().indexOf(link.to()))
                                    .text("kind", link.kind())
                                    .text("because", link.because()));
        }
    }

    private void transaction(Json out, int transaction) {
        out.number("process", history.process(transaction));
        out.text("type", history.type(transaction).label());
        int completed = history.completed(transaction);
        if (completed == Integer.MAX_VALUE) {
            out.nothing("index");
        } else {
            out.number("index", completed);
        }
        out.texts("operations", history.describeOperations(transaction));
    }

    private static List<String> labels(List<ConsistencyModel> models) {
        return models.stream().map(ConsistencyModel::label).toList();
    }
}
