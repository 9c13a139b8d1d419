package dev.whitewater.reports.page;

import dev.whitewater.reports.story.RunStory;

import java.util.Map;

/** The report of a run, put into its template. */
public final class Page {

    private final Template template = new Template("report.ftlh");

    /** The complete page; the same run gives the same text. */
    public String render(RunStory story) {
        Map<String, Object> model = new PageModel(story).build();
        model.put("patterns", Template.markup(Resources.text("patterns.svg")));
        model.put("legendRun", Template.markup(Resources.text("legend-run.html")));
        model.put("legendWindow", Template.markup(Resources.text("legend-window.html")));
        return template.render(model, Resources.text("report.css"), Resources.text("report.js"));
    }
}
