package dev.whitewater.reports.check;

import java.util.List;

/**
 * What the template of the transaction report shows. Public, since FreeMarker reads public types
 * only. Texts are not yet escaped: the template does that.
 */
public final class ElleView {
    private ElleView() {}

    /** A name with its value. */
    public record Pair(String name, String value) {}

    /** All that was found of one kind. */
    public record Kind(
            String label,
            String name,
            String words,
            int count,
            String instances,
            List<Case> findings) {}

    /** One instance; {@code picture} is markup, or an empty text where there is no circle. */
    public record Case(
            String title,
            Object picture,
            String sentence,
            List<Step> steps,
            List<Row> transactions) {}

    /** One arrow of a circle. */
    public record Step(String from, String to, String kind, String css, String because) {}

    /** One transaction. */
    public record Row(
            String name,
            String process,
            String type,
            String began,
            String completed,
            List<String> operations) {}
}
