package dev.whitewater.reports;

import dev.whitewater.reports.page.Page;
import dev.whitewater.reports.run.RecordedRun;
import dev.whitewater.reports.story.RunStory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells a run as one HTML file: no network, no script needed to read it, the same bytes for the
 * same run.
 */
public final class HtmlReport {

    private HtmlReport() {}

    /**
     * Writes the page for the run in {@code runFolder} to {@code output}, replacing what is there.
     * A folder that can't be read is refused as {@code RunFolder} does, before anything is written.
     */
    public static void write(Path runFolder, Path output) {
        String page = render(runFolder);
        try {
            Files.writeString(output, page);
        } catch (IOException e) {
            throw new UncheckedIOException("the report can't be written to " + output, e);
        }
    }

    /** The page for the run in {@code runFolder}. */
    public static String render(Path runFolder) {
        return render(FolderReader.read(runFolder));
    }

    /** The page for a run that was read before. */
    public static String render(RecordedRun run) {
        return new Page().render(new RunStory(run));
    }
}
