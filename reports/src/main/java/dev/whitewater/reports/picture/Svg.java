package dev.whitewater.reports.picture;

/**
 * Writes SVG text. Every text and attribute goes through {@link #escape}, so data can't leave its
 * place; colours come from the page's style sheet by class, never from here.
 */
public final class Svg {

    private final StringBuilder out = new StringBuilder(16_384);

    /** Opens {@code tag} with attributes given as name, value, name, value, … */
    public Svg open(String tag, String... attributes) {
        begin(tag, attributes);
        out.append('>');
        return this;
    }

    public Svg close(String tag) {
        out.append("</").append(tag).append('>');
        return this;
    }

    /** An element without content. */
    public Svg leaf(String tag, String... attributes) {
        begin(tag, attributes);
        out.append("/>");
        return this;
    }

    /** A text whose baseline starts (or, by class, ends or is centred) at x, y. */
    public Svg text(double x, double y, String css, String content) {
        begin("text", "x", n(x), "y", n(y), "class", css);
        out.append('>').append(escape(content)).append("</text>");
        return this;
    }

    /** The tooltip and spoken name of the element that is open now. */
    public Svg title(String content) {
        out.append("<title>").append(escape(content)).append("</title>");
        return this;
    }

    public Svg rect(double x, double y, double width, double height, String css) {
        return leaf(
                "rect",
                "x",
                n(x),
                "y",
                n(y),
                "width",
                n(Math.max(0, width)),
                "height",
                n(height),
                "class",
                css);
    }

    public Svg line(double x1, double y1, double x2, double y2, String css) {
        return path("M" + n(x1) + " " + n(y1) + "L" + n(x2) + " " + n(y2), css);
    }

    public Svg path(String d, String css) {
        return leaf("path", "d", d, "class", css);
    }

    public Svg newline() {
        out.append('\n');
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void begin(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(escape(attributes[i + 1])).append('"');
        }
    }

    /** A coordinate with at most one decimal: a tenth of a pixel is finer than any screen. */
    public static String n(double value) {
        long tenths = Math.round(value * 10);
        if (tenths % 10 == 0) {
            return Long.toString(tenths / 10);
        }
        String sign = tenths < 0 ? "-" : "";
        long positive = Math.abs(tenths);
        return sign + positive / 10 + "." + positive % 10;
    }

    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
