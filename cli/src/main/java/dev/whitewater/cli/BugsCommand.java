package dev.whitewater.cli;

import dev.whitewater.scenarios.bugs.Bug;
import dev.whitewater.scenarios.bugs.BugCatalogue;
import dev.whitewater.scenarios.io.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.Locale;

@Command(
        name = "bugs",
        description =
                "Lists the known bugs that can be planted; `bugs show ID` explains one, `bugs hunt`"
                        + " looks for them.",
        footer = {
            "  ./whitewater bugs",
            "  ./whitewater bugs show commit-prior-term",
            "  ./whitewater bugs hunt --budget 30s"
        })
final class BugsCommand extends CommandDefaults {

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    BugsCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        for (Bug bug : BugCatalogue.all()) {
            String layer = bug.layer().name().toLowerCase(Locale.ROOT);
            if (json) {
                screen().line(
                                Json.object(
                                        o ->
                                                o.text("id", bug.id())
                                                        .text("layer", layer)
                                                        .text("title", bug.title())
                                                        .texts("monitors", bug.monitors())));
            } else {
                screen().line(padded(bug.id(), 28) + padded(layer, 14) + bug.title());
            }
        }
        return ExitCode.PASSED;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
