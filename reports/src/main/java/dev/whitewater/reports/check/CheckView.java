package dev.whitewater.reports.check;

import java.util.List;

/**
 * What the template of a judged history shows. Public, since FreeMarker reads public types only.
 * Texts are not yet escaped: the template does that.
 */
public final class CheckView {
    private CheckView() {}

    /** A name with its value. */
    public record Pair(String name, String value) {}

    /**
     * One argument, or one order.
     *
     * @param picture markup; an empty text if there is nothing to see
     * @param others how many operations are in the picture besides, or are left out of it
     */
    public record Proof(
            String rule, String sentence, Object picture, int others, List<Row> operations) {}

    /** One operation. */
    public record Row(
            String number, String client, String operation, String called, String returned) {}
}
