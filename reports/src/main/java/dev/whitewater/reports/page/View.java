package dev.whitewater.reports.page;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;

import java.util.List;

/**
 * The values that the template shows, each a plain record. Public, since FreeMarker reads public
 * types only; nothing outside this package builds them. Texts in here are not yet escaped: the
 * template does that for all of them.
 */
public final class View {

    private View() {}

    /** A name with its value, for chips, lists of facts and links between parts. */
    public record Pair(String name, String value) {}

    /** The bar on top. */
    public record VerdictBar(
            String css,
            String icon,
            String scenario,
            String headline,
            String sentence,
            List<Pair> chips,
            String reproduce) {}

    /** One event in a list. */
    public record Line(
            int number,
            long event,
            long nanos,
            String time,
            String css,
            String icon,
            String who,
            String text,
            String detail) {}

    /** A member's row in a table of states. */
    public record StateRow(
            String name,
            boolean up,
            String role,
            long term,
            long colour,
            String vote,
            String leader,
            String last,
            long durable,
            long commit,
            long applied,
            String risk) {}

    /** A client operation's row. */
    public record OperationRow(
            long id,
            boolean evident,
            String client,
            String call,
            String member,
            String at,
            String took,
            String icon,
            String answer,
            String revision,
            List<EventRef> events) {}

    /** An event's id, and whether the page has a place for it. */
    public record EventRef(long event, boolean anchored) {}

    /** A picture, already markup, and the sentences on what it folds. */
    public record Figure(TemplateHTMLOutputModel svg, List<String> folded) {}

    /** The proof of a violation, or what was checked without finding one. */
    public record Evidence(
            boolean violated,
            List<String> text,
            String monitor,
            String rule,
            Figure picture,
            List<Line> causes,
            String checkedSentence,
            List<Pair> checked) {}

    /** The question and its answer. */
    public record Question(
            boolean asked,
            String asks,
            String answer,
            String time,
            long event,
            List<StateRow> state,
            List<Line> because) {}

    /** Text that is markup already and passes the template as it is. */
    static TemplateHTMLOutputModel markup(String html) {
        try {
            return HTMLOutputFormat.INSTANCE.fromMarkup(html);
        } catch (TemplateModelException e) {
            throw new IllegalStateException("text can't be marked as markup", e);
        }
    }
}
