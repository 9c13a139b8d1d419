package dev.whitewater.reports;

import dev.whitewater.reports.page.Page;
import dev.whitewater.reports.run.RecordedRun;
import dev.whitewater.reports.story.RunStory;

/**
 * Tells a run as one HTML file: no network, no script needed to read it, the same bytes for the
 * same run.
 */
public final class HtmlReport {

    private HtmlReport() {}

    /** The page for a run that was read before. */
    public static String render(RecordedRun run) {
        return new Page().render(new RunStory(run));
    }
}
