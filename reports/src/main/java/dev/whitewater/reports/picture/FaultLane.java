package dev.whitewater.reports.picture;

import dev.whitewater.reports.run.FaultSpan;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.reports.story.Clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The faults as labelled bars, in as few rows as keep them apart. */
final class FaultLane {

    private static final double ROW = 20;
    private static final double BAR = 16;
    private static final int ROWS_MAX = 10;
    private static final List<String> LINKS =
            List.of("partition", "isolate", "cut-links", "lossy-links");

    private final Stage stage;

    FaultLane(Stage stage) {
        this.stage = stage;
    }

    void draw() {
        List<FaultSpan> spans =
                stage.story.run().faults().stream()
                        .filter(f -> stage.scale.shows(f.fromNanos(), f.untilNanos()))
                        .sorted(Comparator.comparingLong(FaultSpan::fromNanos))
                        .toList();
        if (spans.isEmpty()) {
            stage.name(stage.y, BAR, "faults");
            stage.svg.text(Stage.LEFT + 4, stage.y + 12, "quiet", "none in this stretch");
            stage.y += ROW + 8;
            return;
        }
        stage.name(stage.y, BAR, "faults");
        List<Double> ends = new ArrayList<>();
        int crowded = 0;
        for (FaultSpan span : spans) {
            int row = rowFor(span, ends);
            if (row < ROWS_MAX) {
                bar(span, stage.y + row * ROW);
            } else {
                crowded++;
            }
        }
        if (crowded > 0) {
            stage.folded.add(crowded + " more faults overlap these and are listed in the story");
        }
        stage.y += Math.min(ends.size(), ROWS_MAX) * ROW + 8;
    }

    private int rowFor(FaultSpan span, List<Double> ends) {
        double start = stage.scale.clamped(span.fromNanos());
        double end = stage.scale.clamped(end(span)) + 8;
        double label = 24 + caption(span).length() * 6.8;
        boolean inside = end - start >= label;
        boolean right = end + label < Stage.WIDTH;
        start -= inside || right ? 0 : label;
        end += inside || !right ? 0 : label;
        for (int row = 0; row < ends.size(); row++) {
            if (ends.get(row) <= start) {
                ends.set(row, end);
                return row;
            }
        }
        ends.add(end);
        return ends.size() - 1;
    }

    private long end(FaultSpan span) {
        return Math.min(span.untilNanos(), stage.story.run().endNanos());
    }

    private void bar(FaultSpan span, double top) {
        double x1 = stage.scale.clamped(span.fromNanos());
        double x2 = stage.scale.clamped(end(span));
        double width = Math.max(3, x2 - x1);
        Svg svg = stage.svg;
        svg.open("g", "class", "fault");
        svg.title(caption(span) + ", " + Clock.seconds(span.fromNanos()) + lasting(span));
        svg.rect(x1, top, width, BAR, "fault-bar");
        svg.rect(x1, top + BAR - 4, width, 4, "hatch-fault");
        String text = icon(span) + " " + caption(span);
        boolean fitsRight = x2 + 32 + caption(span).length() * 6.8 < Stage.WIDTH;
        boolean fitsInside = width > text.length() * 6.4 + 10;
        if (fitsInside || fitsRight) {
            svg.text(fitsInside ? x1 + 5 : x1 + width + 5, top + 12, "fault-text", text);
        } else {
            svg.text(x1 - 5, top + 12, "fault-text end", text);
        }
        svg.close("g").newline();
    }

    private static String lasting(FaultSpan span) {
        return span.untilNanos() == Operation.OPEN
                ? " to the end"
                : ", lasting " + Clock.span(span.untilNanos() - span.fromNanos());
    }

    private static String caption(FaultSpan span) {
        String text = span.kind() + (span.label().isEmpty() ? "" : " " + span.label());
        return Texts.cut(text, 60);
    }

    private static String icon(FaultSpan span) {
        return switch (span.kind()) {
            case "crash" -> "✖";
            case "partition", "isolate", "cut-links" -> "╫";
            case "pause" -> "‖";
            default -> "⚡";
        };
    }

    /** Shades the lanes between {@code top} and {@code bottom} while links were cut. */
    void shade(double top, double bottom) {
        for (FaultSpan span : stage.story.run().faults()) {
            if (LINKS.contains(span.kind())
                    && stage.scale.shows(span.fromNanos(), span.untilNanos())) {
                double x1 = stage.scale.clamped(span.fromNanos());
                double x2 = stage.scale.clamped(end(span));
                stage.svg.rect(x1, top, Math.max(1, x2 - x1), bottom - top, "fault-shade");
            }
        }
        stage.svg.newline();
    }
}
