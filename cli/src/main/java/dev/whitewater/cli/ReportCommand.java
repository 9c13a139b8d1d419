package dev.whitewater.cli;

import dev.whitewater.reports.HtmlReport;
import dev.whitewater.scenarios.io.RunFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

@Command(
        name = "report",
        description = "The HTML report of a run folder: one file, readable without a network.",
        footer = {
            "  ./whitewater report out/broken",
            "  ./whitewater report out/broken -o broken.html --open"
        })
final class ReportCommand extends CommandDefaults {

    /** The report's name inside the run folder. */
    static final String NAME = "report.html";

    @Parameters(index = "0", paramLabel = "DIR", description = "A run folder.")
    private Path folder = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write (default: " + NAME + " in the folder).")
    private Path output = Path.of("");

    @Option(names = "--open", description = "Open it in the browser.")
    private boolean open;

    ReportCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException {
        RunFolder run = RunFolder.open(folder);
        // Refuses a broken folder with file and line before anything is written.
        run.plan();
        run.verdict();
        Path target = output.toString().isEmpty() ? folder.resolve(NAME) : output;
        HtmlReport.write(folder, target);
        screen().line("report      " + target);
        if (open) {
            open(target);
        }
        return ExitCode.PASSED;
    }

    private static void open(Path file) throws IOException {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String opener = system.contains("mac") ? "open" : "xdg-open";
        new ProcessBuilder(List.of(opener, file.toAbsolutePath().toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
