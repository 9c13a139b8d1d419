package dev.whitewater.reports.picture;

import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.story.Clock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The clients' operations: a row per client with a box from call to answer while they fit, one row
 * of stacked counts when they do not. A box without an answer has no right edge and a question
 * mark; outcome is told by form and icon as well as by colour.
 */
final class ClientLanes {

    private static final double ROW = 19;
    private static final double BOX = 15;
    private static final int BOXES_MAX = 260;
    private static final int LABELLED_MAX = 60;
    private static final double BIN = 6;
    private static final double CHART = 46;

    private final Stage stage;
    private boolean spacious;

    ClientLanes(Stage stage) {
        this.stage = stage;
    }

    void draw() {
        List<Operation> shown =
                stage.story.run().operations().stream()
                        .filter(op -> stage.scale.shows(op.invokeNanos(), op.returnNanos()))
                        .toList();
        TreeMap<Integer, List<Operation>> byClient = new TreeMap<>();
        shown.forEach(op -> byClient.computeIfAbsent(op.client(), c -> new ArrayList<>()).add(op));
        spacious = shown.size() < LABELLED_MAX;
        if (shown.isEmpty()) {
            stage.name(stage.y, BOX, "clients");
            stage.svg.text(Stage.LEFT + 4, stage.y + 12, "quiet", "no operation in this stretch");
            stage.y += ROW + 8;
        } else if (shown.size() > BOXES_MAX || byClient.size() > 12 || tooThin(shown)) {
            counts(shown);
        } else {
            byClient.forEach(this::row);
            stage.y += 8;
        }
    }

    /** Boxes that are mostly slivers tell less than counts do. */
    private boolean tooThin(List<Operation> shown) {
        double total = 0;
        for (Operation op : shown) {
            total += stage.scale.width(Math.min(end(op), stage.scale.until()) - op.invokeNanos());
        }
        return shown.size() > 60 && total / shown.size() < 3;
    }

    private long end(Operation op) {
        return Math.min(op.returnNanos(), stage.story.run().endNanos());
    }

    private void row(int client, List<Operation> operations) {
        stage.name(stage.y, BOX, "client c" + client);
        stage.svg.line(Stage.LEFT, stage.y + BOX, Stage.RIGHT, stage.y + BOX, "lane-floor");
        operations.stream().filter(op -> !stage.story.isEvidence(op)).forEach(this::box);
        operations.stream().filter(stage.story::isEvidence).forEach(this::box);
        stage.svg.newline();
        stage.y += ROW;
    }

    private void box(Operation op) {
        double top = stage.y;
        double x1 = stage.scale.clamped(op.invokeNanos());
        double x2 = Math.max(x1 + 2.5, stage.scale.clamped(end(op)));
        boolean cutRight = op.isOpen() || op.returnNanos() > stage.scale.until();
        Svg svg = stage.svg;
        svg.open("a", "href", "#op" + op.id(), "class", css(op));
        svg.title(describe(op));
        svg.rect(x1, top, x2 - x1, BOX, "box");
        svg.path(edges(x1, x2, top, !cutRight), "edge");
        double room = x2 - x1 - 8;
        if (room > 14) {
            String text = Labels.icon(op) + " " + Labels.call(op);
            int fits = (int) (room / 5.9);
            boolean told = stage.story.isEvidence(op) && room < 60 && spacious;
            if (fits >= 3 && !told) {
                svg.text(x1 + 4, top + 11.5, "box-text", Texts.cut(text, fits));
            }
        }
        if (stage.story.isEvidence(op)) {
            if (room < 60 && spacious) {
                String text = Labels.call(op) + " " + Labels.icon(op) + " " + Labels.answer(op);
                String fitting = Texts.cut(text, 48);
                boolean right = x2 + 5 + fitting.length() * 6.4 < Stage.RIGHT;
                String css = "box-text strong halo" + (right ? "" : " end");
                svg.text(right ? x2 + 5 : x1 - 5, top + 11.5, css, fitting);
            }
            svg.path(marker((x1 + x2) / 2, top - 1), "evidence-mark");
        }
        svg.close("a");
    }

    private static String marker(double x, double y) {
        return "M" + Svg.n(x - 5) + " " + Svg.n(y - 8) + "h10l-5 8z";
    }

    private static String edges(double x1, double x2, double top, boolean closed) {
        String left = Svg.n(x1);
        String right = Svg.n(x2);
        double bottom = top + BOX;
        String d = "M" + right + " " + Svg.n(top) + "H" + left + "V" + Svg.n(bottom) + "H" + right;
        return closed ? d + "Z" : d;
    }

    private String css(Operation op) {
        return "op " + Labels.outcome(op) + (stage.story.isEvidence(op) ? " evident" : "");
    }

    static String describe(Operation op) {
        String when =
                Clock.seconds(op.invokeNanos())
                        + (op.isOpen()
                                ? ", never answered"
                                : ", answered after "
                                        + Clock.span(op.returnNanos() - op.invokeNanos()));
        return "op "
                + op.id()
                + ", client c"
                + op.client()
                + ": "
                + Labels.call(op)
                + " → "
                + Labels.answer(op)
                + " · "
                + when;
    }

    private void counts(List<Operation> shown) {
        int bins = (int) ((Stage.RIGHT - Stage.LEFT) / BIN);
        Map<Operation.Outcome, int[]> counts = new EnumMap<>(Operation.Outcome.class);
        int[] sum = new int[bins];
        for (Operation op : shown) {
            double x = stage.scale.clamped(op.invokeNanos()) - Stage.LEFT;
            int bin = Math.clamp((int) (x / BIN), 0, bins - 1);
            counts.computeIfAbsent(op.outcome(), o -> new int[bins])[bin]++;
            sum[bin]++;
        }
        int most = Math.max(1, Arrays.stream(sum).max().orElse(1));
        stage.name(stage.y, CHART, "clients");
        double[] tops = new double[bins];
        Arrays.fill(tops, stage.y + CHART);
        counts.forEach(
                (outcome, count) ->
                        stage.svg.path(bars(count, tops, most), "bars " + Labels.css(outcome)));
        double floor = stage.y + CHART;
        long binNanos = (stage.scale.until() - stage.scale.from()) / bins;
        stage.svg.line(Stage.LEFT, floor, Stage.RIGHT, floor, "lane-floor");
        stage.svg.text(Stage.RIGHT + 8, stage.y + 10, "value", "max " + most);
        stage.svg.text(Stage.RIGHT + 8, stage.y + 24, "value", "in " + Clock.span(binNanos));
        shown.stream().filter(stage.story::isEvidence).forEach(this::evidenceMark);
        stage.svg.newline();
        stage.folded.add(
                Clock.count(shown.size())
                        + " operations are drawn as counts per "
                        + Clock.span(binNanos));
        stage.y += CHART + 10;
    }

    private void evidenceMark(Operation op) {
        double x = stage.scale.clamped(op.invokeNanos());
        stage.svg.open("a", "href", "#op" + op.id());
        stage.svg.title(describe(op));
        stage.svg.path(marker(x, stage.y), "evidence-mark");
        stage.svg.close("a");
    }

    /** The bars of one outcome, standing on those drawn before. */
    private static String bars(int[] count, double[] tops, int most) {
        StringBuilder d = new StringBuilder();
        for (int bin = 0; bin < count.length; bin++) {
            if (count[bin] > 0) {
                double height = Math.max(1.5, count[bin] * CHART / most);
                d.append('M').append(Svg.n(Stage.LEFT + bin * BIN + 0.5)).append(' ');
                d.append(Svg.n(tops[bin])).append("v-").append(Svg.n(height));
                d.append('h').append(Svg.n(BIN - 1)).append('v').append(Svg.n(height)).append('z');
                tops[bin] -= height;
            }
        }
        return d.toString();
    }
}
