package dev.whitewater.reports.check;

import dev.whitewater.checker.elle.AnomalyReport;
import dev.whitewater.checker.elle.CycleDrawing;
import dev.whitewater.checker.elle.ElleResult;
import dev.whitewater.checker.elle.Finding;
import dev.whitewater.checker.elle.TransactionHistory;
import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.elle.model.ConsistencyModel;
import dev.whitewater.checker.elle.model.Lattice;
import dev.whitewater.reports.page.Template;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong with a history of transactions, as one HTML file: the verdict, the models that fall
 * with it, and every kind of anomaly in words, each circle with its picture and its transactions.
 */
public final class ElleReport {
    private static final int CASES = 8;
    private static final int OPERATION = 4_000;

    private final Subject subject;
    private final TransactionHistory history;
    private final ElleResult result;

    /**
     * What the page says about the check itself.
     *
     * @param file the history's file
     * @param expected the names of the models that were expected to hold
     * @param seconds how long the check took, without reading
     */
    public record Subject(String file, List<String> expected, double seconds) {
        public Subject {
            expected = List.copyOf(expected);
        }
    }

    private ElleReport(Subject subject, TransactionHistory history, ElleResult result) {
        this.subject = subject;
        this.history = history;
        this.result = result;
    }

    /** The page. */
    public static String render(Subject subject, TransactionHistory history, ElleResult result) {
        return new ElleReport(subject, history, result).render();
    }

    private String render() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("file", subject.file());
        model.put("css", css());
        model.put("icon", icon());
        model.put("headline", headline());
        model.put("lead", lead());
        model.put("chips", chips());
        model.put("ruledOut", labels(result.not()));
        model.put("alsoRuledOut", labels(result.alsoNot()));
        model.put("possible", possible());
        model.put("anomalies", result.anomalies().stream().map(this::kind).toList());
        String style = Template.resource("report.css") + Template.resource("history.css");
        return new Template("elle.ftlh").render(model, style, "");
    }

    private String css() {
        return switch (result.verdict()) {
            case VALID -> "passed";
            case INVALID -> "violated";
            case UNKNOWN -> "unknown";
        };
    }

    private String icon() {
        return switch (result.verdict()) {
            case VALID -> "✓";
            case INVALID -> "✗";
            case UNKNOWN -> "?";
        };
    }

    private String expected() {
        return subject.expected().isEmpty()
                ? "what was asked for"
                : String.join(" and ", subject.expected());
    }

    private String headline() {
        return switch (result.verdict()) {
            case VALID -> "Nothing contradicts " + expected();
            case INVALID ->
                    subject.expected().isEmpty()
                            ? "Anomalies that must not be"
                            : "Not " + String.join(", not ", subject.expected());
            case UNKNOWN -> "Nobody can tell from this history";
        };
    }

    private String lead() {
        return switch (result.verdict()) {
            case VALID -> "Every dependency between the transactions fits one order.";
            case UNKNOWN -> sentence(result.reason());
            case INVALID -> {
                if (result.anomalies().isEmpty()) {
                    yield sentence(result.reason());
                }
                Anomaly worst = worst();
                yield "Found "
                        + String.join(", ", result.anomalyTypes())
                        + ". The worst, "
                        + worst.label()
                        + ": "
                        + AnomalyWords.meaning(worst);
            }
        };
    }

    /** By the order of severity that the enumeration has. */
    private Anomaly worst() {
        return result.anomalies().stream()
                .map(AnomalyReport::type)
                .filter(type -> !type.leavesUnknown())
                .sorted()
                .findFirst()
                .orElse(Anomaly.EMPTY_TRANSACTION_GRAPH);
    }

    private static String sentence(String text) {
        return text.isEmpty()
                ? ""
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    private List<ElleView.Pair> chips() {
        List<ElleView.Pair> chips = new ArrayList<>();
        chips.add(new ElleView.Pair("workload", history.workload().label()));
        chips.add(new ElleView.Pair("transactions", Integer.toString(history.size())));
        chips.add(new ElleView.Pair("operations in them", Integer.toString(history.operations())));
        if (!subject.expected().isEmpty()) {
            chips.add(new ElleView.Pair("expected", String.join(", ", subject.expected())));
        }
        long millis = Math.round(subject.seconds() * 1000);
        chips.add(new ElleView.Pair("judged in", millis + " ms"));
        return chips;
    }

    private static List<String> labels(List<ConsistencyModel> models) {
        return models.stream().map(ConsistencyModel::label).toList();
    }

    /** Only models that some anomaly could rule out: of the others this check knows nothing. */
    private List<String> possible() {
        Set<ConsistencyModel> left = EnumSet.allOf(ConsistencyModel.class);
        left.removeAll(result.not());
        left.removeAll(result.alsoNot());
        left.removeIf(model -> Lattice.forbiddenBy(List.of(model)).isEmpty());
        return Lattice.strongest(left).stream().map(ConsistencyModel::label).sorted().toList();
    }

    private ElleView.Kind kind(AnomalyReport report) {
        List<ElleView.Case> cases = new ArrayList<>();
        int shown = Math.min(CASES, report.findings().size());
        for (int i = 0; i < shown; i++) {
            cases.add(shownCase(i, report.findings().get(i)));
        }
        String instances =
                report.count() == 1
                        ? "One instance was found."
                        : report.count()
                                + " instances were found"
                                + (shown < report.count()
                                        ? "; the first " + shown + " are shown."
                                        : ".");
        return new ElleView.Kind(
                report.type().label(),
                AnomalyWords.name(report.type()),
                AnomalyWords.meaning(report.type()),
                report.count(),
                instances,
                cases);
    }

    private ElleView.Case shownCase(int number, Finding finding) {
        boolean circle = !finding.links().isEmpty();
        String size = finding.transactions().size() + " transactions";
        return new ElleView.Case(
                "Instance " + (number + 1) + (circle ? ": a circle of " + size : ""),
                circle ? Template.markup(CycleDrawing.svg(history, finding)) : "",
                circle ? "" : argument(finding),
                steps(finding),
                rows(finding));
    }

    /** The explanation without the transactions, which the table shows. */
    private static String argument(Finding finding) {
        List<String> lines =
                finding.explanation()
                        .lines()
                        .filter(line -> !line.matches("T[0-9]+ = \\{.*"))
                        .toList();
        return sentence(cut(String.join(" ", lines)));
    }

    private static List<ElleView.Step> steps(Finding finding) {
        List<ElleView.Step> steps = new ArrayList<>();
        int count = finding.links().size();
        for (int i = 0; i < count; i++) {
            Finding.Link link = finding.links().get(i);
            String css =
                    switch (link.kind()) {
                        case "ww", "wr", "rw" -> link.kind();
                        case "rwp" -> "rw";
                        default -> "order";
                    };
            String to = "T" + (i == count - 1 ? 1 : i + 2);
            steps.add(new ElleView.Step("T" + (i + 1), to, link.kind(), css, link.because() + "."));
        }
        return steps;
    }

    private List<ElleView.Row> rows(Finding finding) {
        List<ElleView.Row> rows = new ArrayList<>();
        for (int i = 0; i < finding.transactions().size(); i++) {
            int t = finding.transactions().get(i);
            rows.add(
                    new ElleView.Row(
                            "T" + (i + 1),
                            Long.toString(history.process(t)),
                            history.type(t).label(),
                            position(history.invoked(t)),
                            position(history.completed(t)),
                            history.describeOperations(t).stream().map(ElleReport::cut).toList()));
        }
        return rows;
    }

    private static String position(int index) {
        return index < 0 || index == Integer.MAX_VALUE ? "–" : Integer.toString(index);
    }

    private static String cut(String text) {
        return text.length() <= OPERATION ? text : text.substring(0, OPERATION - 1) + "…";
    }
}
