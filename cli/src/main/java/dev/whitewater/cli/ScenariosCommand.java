package dev.whitewater.cli;

import dev.whitewater.scenarios.Scenario;
import dev.whitewater.scenarios.io.Json;
import dev.whitewater.scenarios.io.NamedScenarios;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "scenarios",
        description = "Lists the named scenarios; `scenarios show NAME` explains one.",
        footer = {"  ./whitewater scenarios", "  ./whitewater scenarios show split-vote"})
final class ScenariosCommand extends CommandDefaults {

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    ScenariosCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        for (String name : NamedScenarios.names()) {
            Scenario scenario = NamedScenarios.byName(name).scenario();
            if (json) {
                screen().line(
                                Json.object(
                                        o ->
                                                o.text("name", name)
                                                        .text("title", scenario.title())
                                                        .text("teaches", scenario.teaches())));
            } else {
                screen().line(name + " ".repeat(24 - name.length()) + scenario.title());
            }
        }
        return ExitCode.PASSED;
    }
}
