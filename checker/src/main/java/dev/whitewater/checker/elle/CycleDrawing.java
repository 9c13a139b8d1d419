package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.Finding.Link;

import java.util.List;

/**
 * A cycle as a picture: its transactions from top to bottom, each with its operations, an arrow
 * from each to the next, and one from the last back to the first. The picture stands alone: colours
 * by kind of dependency, the reasons as tooltips, and the explanation for those who can't see it.
 */
public final class CycleDrawing {
    private static final int CHARACTER = 8;
    private static final int PADDING = 12;
    private static final int HEIGHT = 46;
    private static final int GAP = 54;
    private static final int MARGIN = 16;
    private static final int RETURN = 90;
    private static final int SHOWN = 72;

    /** Right of the way back, whose curve comes to three quarters of {@link #RETURN}. */
    private static final int PEAK = 76;

    private static final int LABEL = 72;

    private final TransactionHistory history;
    private final Finding finding;
    private final StringBuilder svg = new StringBuilder();

    private CycleDrawing(TransactionHistory history, Finding finding) {
        this.history = history;
        this.finding = finding;
    }

    /**
     * The picture as SVG text.
     *
     * @param finding a cycle found in this history
     * @throws IllegalArgumentException if the finding isn't a cycle
     */
    public static String svg(TransactionHistory history, Finding finding) {
        if (finding.links().isEmpty()) {
            throw new IllegalArgumentException(
                    "finding: expected a cycle, got " + finding.type().label());
        }
        return new CycleDrawing(history, finding).draw();
    }

    private String draw() {
        int width = width();
        int height = MARGIN + top(finding.transactions().size()) - GAP;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"")
                .append(width + PEAK + LABEL + 2 * MARGIN)
                .append("\" height=\"")
                .append(height)
                .append("\" font-family=\"ui-monospace, monospace\" font-size=\"13\">\n");
        svg.append("<title>").append(finding.type().label()).append("</title>\n");
        svg.append("<desc>").append(escaped(finding.explanation())).append("</desc>\n");
        for (int i = 0; i < finding.transactions().size(); i++) {
            transaction(i, width);
        }
        for (int i = 0; i < finding.links().size(); i++) {
            link(i, width);
        }
        return svg.append("</svg>\n").toString();
    }

    private int width() {
        int longest = 0;
        for (int t : finding.transactions()) {
            longest = Math.max(longest, operations(t).length());
            longest = Math.max(longest, heading(0, t).length());
        }
        return longest * CHARACTER + 2 * PADDING;
    }

    private static int top(int row) {
        return MARGIN + row * (HEIGHT + GAP);
    }

    private void transaction(int row, int width) {
        int t = finding.transactions().get(row);
        svg.append("<g><rect x=\"").append(MARGIN).append("\" y=\"").append(top(row));
        svg.append("\" width=\"").append(width).append("\" height=\"").append(HEIGHT);
        svg.append("\" rx=\"6\" fill=\"none\" stroke=\"currentColor\"/>");
        text(MARGIN + PADDING, top(row) + 18, "currentColor", heading(row, t));
        text(MARGIN + PADDING, top(row) + 36, "currentColor", operations(t));
        svg.append("<title>").append(escaped(history.describe(t))).append("</title></g>\n");
    }

    private String heading(int row, int t) {
        boolean nobody = history.process(t) == TransactionHistory.NOBODY;
        String who = nobody ? "" : "process " + history.process(t) + ", ";
        return "T" + (row + 1) + "  " + who + history.type(t).label();
    }

    private String operations(int t) {
        StringBuilder text = new StringBuilder();
        for (int m = history.start(t); m < history.end(t); m++) {
            text.append(m == history.start(t) ? "" : " ").append(history.describeOperation(m));
        }
        return text.length() <= SHOWN ? text.toString() : text.substring(0, SHOWN - 1) + "…";
    }

    private void link(int row, int width) {
        Link link = finding.links().get(row);
        String colour = colour(link.kind());
        boolean back = row == finding.links().size() - 1;
        svg.append("<g class=\"link ").append(family(link.kind())).append("\">");
        svg.append("<path fill=\"none\" stroke-width=\"2\" stroke=\"").append(colour);
        svg.append("\" d=\"");
        int right = MARGIN + width;
        int middle = MARGIN + width / 2;
        if (back) {
            int from = top(row) + HEIGHT / 2;
            int to = top(0) + HEIGHT / 2;
            svg.append("M").append(right).append(" ").append(from);
            svg.append("C").append(right + RETURN).append(" ").append(from);
            svg.append(" ").append(right + RETURN).append(" ").append(to);
            svg.append(" ").append(right).append(" ").append(to).append("\"/>");
            arrowHead(List.of(right, to, right + 10, to - 5, right + 10, to + 5), colour);
            text(right + PEAK, (from + to) / 2 + 4, colour, link.kind());
        } else {
            int from = top(row) + HEIGHT;
            int to = top(row + 1);
            svg.append("M").append(middle).append(" ").append(from).append("V").append(to);
            svg.append("\"/>");
            arrowHead(List.of(middle, to, middle - 5, to - 10, middle + 5, to - 10), colour);
            text(middle + 10, (from + to) / 2 + 4, colour, link.kind());
        }
        svg.append("<title>").append(escaped(link.because())).append("</title></g>\n");
    }

    private void arrowHead(List<Integer> corners, String colour) {
        svg.append("<path class=\"head\" fill=\"").append(colour).append("\" d=\"M");
        for (int i = 0; i < corners.size(); i++) {
            svg.append(i == 0 ? "" : " ").append(corners.get(i));
        }
        svg.append("z\"/>");
    }

    private void text(int x, int y, String colour, String text) {
        svg.append("<text x=\"").append(x).append("\" y=\"").append(y);
        svg.append("\" fill=\"").append(colour).append("\">");
        svg.append(escaped(text)).append("</text>");
    }

    /** The class by which a page's style sheet may colour a link in its own way. */
    private static String family(String kind) {
        return switch (kind) {
            case "ww", "wr", "rw" -> kind;
            case "rwp" -> "rw";
            default -> "order";
        };
    }

    /** Colours that differ for the colour-blind as well (Okabe and Ito). */
    private static String colour(String kind) {
        return switch (family(kind)) {
            case "ww" -> "#d55e00";
            case "wr" -> "#0072b2";
            case "rw" -> "#cc79a7";
            default -> "#009e73";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
