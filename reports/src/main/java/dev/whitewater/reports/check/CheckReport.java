package dev.whitewater.reports.check;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.linear.Order;
import dev.whitewater.reports.page.Template;
import dev.whitewater.reports.picture.Texts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A judged history as one HTML file: the verdict, the argument in words, and the operations around
 * what proves it, client by client.
 */
public final class CheckReport {
    private static final int WINDOW = 56;
    private static final int PROOFS = 12;
    private static final int VALUE = 300;

    private final String file;
    private final History history;
    private final Judged judged;
    private final double seconds;

    private CheckReport(String file, History history, Judged judged, double seconds) {
        this.file = file;
        this.history = history;
        this.judged = judged;
        this.seconds = seconds;
    }

    /**
     * The page.
     *
     * @param file the history's file
     * @param seconds how long the check took, without reading
     */
    public static String render(String file, History history, Judged judged, double seconds) {
        return new CheckReport(file, history, judged, seconds).render();
    }

    private String render() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("file", file);
        model.put("css", css());
        model.put("icon", icon());
        model.put("headline", headline());
        model.put("lead", lead());
        model.put("chips", chips());
        model.put("proofs", proofs());
        model.put("more", Math.max(0, judged.proofs().size() - PROOFS));
        model.put("order", judged.proofs().isEmpty() ? order() : List.of());
        String style = Template.resource("report.css") + Template.resource("history.css");
        return new Template("check.ftlh").render(model, style, "");
    }

    private String css() {
        return switch (judged.answer()) {
            case VALID -> "passed";
            case INVALID -> "violated";
            case UNKNOWN -> "unknown";
        };
    }

    private String icon() {
        return switch (judged.answer()) {
            case VALID -> "✓";
            case INVALID -> "✗";
            case UNKNOWN -> "?";
        };
    }

    private String headline() {
        return switch (judged.answer()) {
            case VALID -> "Every answer can be explained";
            case INVALID -> "This can't have happened: " + judged.proofs().getFirst().rule();
            case UNKNOWN -> "Nobody knows";
        };
    }

    private String lead() {
        return switch (judged.answer()) {
            case VALID -> "Judged as " + judged.model() + ", nothing in the history is wrong.";
            case INVALID -> judged.proofs().getFirst().sentence();
            case UNKNOWN -> capital(judged.reason()) + ". That is never a pass.";
        };
    }

    private static String capital(String text) {
        return text.isEmpty()
                ? ""
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private List<CheckView.Pair> chips() {
        long millis = Math.round(seconds * 1000);
        return List.of(
                new CheckView.Pair("model", judged.model()),
                new CheckView.Pair("operations", Integer.toString(history.size())),
                new CheckView.Pair("method", judged.algorithm()),
                new CheckView.Pair("judged in", millis + " ms"));
    }

    private List<CheckView.Proof> proofs() {
        List<CheckView.Proof> shown = new ArrayList<>();
        int count = Math.min(PROOFS, judged.proofs().size());
        for (int i = 0; i < count; i++) {
            shown.add(proof(judged.proofs().get(i)));
        }
        return shown;
    }

    private CheckView.Proof proof(Judged.Proof proof) {
        Set<Integer> guilty = new LinkedHashSet<>();
        proof.operations().forEach(operation -> guilty.add(operation.id()));
        List<Integer> window = guilty.isEmpty() ? List.of() : window(guilty);
        HistoryPicture.Marks marks =
                new HistoryPicture.Marks(guilty, places(judged.prefix()), judged.stuckAt());
        Object picture =
                window.isEmpty() ? "" : Template.markup(HistoryPicture.of(history, window, marks));
        return new CheckView.Proof(
                proof.rule(),
                judged.proofs().size() > 1 ? proof.sentence() : "",
                picture,
                window.size() - guilty.size(),
                rows(proof.operations()));
    }

    private static Map<Integer, Integer> places(List<Integer> order) {
        Map<Integer, Integer> places = new LinkedHashMap<>();
        order.forEach(op -> places.put(op, places.size() + 1));
        return places;
    }

    /**
     * The guilty operations and those of the same key that were under way between their first call
     * and their last return; when those are many, the nearest to a guilty one.
     */
    private List<Integer> window(Set<Integer> guilty) {
        int first = guilty.stream().mapToInt(history::call).min().orElse(0);
        int last = guilty.stream().mapToInt(this::lastEvent).max().orElse(0);
        Set<Integer> keys = new LinkedHashSet<>();
        guilty.forEach(op -> keys.add(history.key(op)));
        List<Integer> candidates = new ArrayList<>();
        for (int op = 0; op < history.size(); op++) {
            boolean around = history.completion(op) >= first && history.call(op) <= last;
            if (around && keys.contains(history.key(op)) && !guilty.contains(op)) {
                candidates.add(op);
            }
        }
        candidates.sort((a, b) -> Integer.compare(distance(a, guilty), distance(b, guilty)));
        int room = Math.max(0, WINDOW - guilty.size());
        List<Integer> window = new ArrayList<>(guilty);
        window.addAll(candidates.subList(0, Math.min(room, candidates.size())));
        window.sort((a, b) -> Integer.compare(history.call(a), history.call(b)));
        return window;
    }

    private int lastEvent(int op) {
        return history.completion(op) == History.OPEN ? history.call(op) : history.completion(op);
    }

    private int distance(int op, Set<Integer> guilty) {
        return guilty.stream()
                .mapToInt(other -> Math.abs(history.call(other) - history.call(op)))
                .min()
                .orElse(0);
    }

    private List<CheckView.Row> rows(List<Operation> operations) {
        List<CheckView.Row> rows = new ArrayList<>();
        for (Operation operation : operations) {
            boolean open = operation.interval().isOpen();
            rows.add(
                    new CheckView.Row(
                            Integer.toString(operation.id()),
                            operation.client().toString(),
                            Texts.cutTelling(HistoryPicture.words(operation), VALUE),
                            Long.toString(operation.interval().invoke()),
                            open ? "never" : Long.toString(operation.interval().complete())));
        }
        return rows;
    }

    /** For a valid history the first order, and the picture of its beginning. */
    private List<CheckView.Proof> order() {
        List<CheckView.Proof> shown = new ArrayList<>();
        for (Order order : judged.orders().subList(0, Math.min(3, judged.orders().size()))) {
            List<Integer> head =
                    order.operations().subList(0, Math.min(WINDOW, order.operations().size()));
            List<Integer> window = new ArrayList<>(head);
            window.sort((a, b) -> Integer.compare(history.call(a), history.call(b)));
            HistoryPicture.Marks marks = new HistoryPicture.Marks(Set.of(), places(head), -1);
            shown.add(
                    new CheckView.Proof(
                            order.partition().isNil() ? "" : "key " + order.partition(),
                            "",
                            Template.markup(HistoryPicture.of(history, window, marks)),
                            order.operations().size() - head.size(),
                            rows(head.stream().map(history::operation).toList())));
        }
        return shown;
    }
}
