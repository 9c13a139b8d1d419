package dev.whitewater.cli;

import dev.whitewater.scenarios.Claim;
import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.Scenario;
import dev.whitewater.scenarios.io.NamedScenarios;
import dev.whitewater.scenarios.io.ScenarioWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Explains one scenario: its story, what it teaches and must show, its plan.",
        footer = "  ./whitewater scenarios show leader-crash")
final class ScenariosShowCommand extends CommandDefaults {
    @Parameters(index = "0", paramLabel = "NAME", description = "A name that `scenarios` lists.")
    private String name = "";

    ScenariosShowCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (!NamedScenarios.names().contains(name)) {
            throw PlanOptions.unknownScenario(name);
        }
        PlannedRun run = NamedScenarios.byName(name);
        Scenario scenario = run.scenario();
        screen().line(screen().bold(scenario.title()) + "  (" + name + ")");
        section("The story", scenario.story());
        section("What it teaches", scenario.teaches());
        screen().line();
        screen().line("What every run of it must show, whatever the seed");
        for (Claim claim : scenario.mustShow()) {
            screen().line("  - " + claim.sentence());
        }
        if (scenario.question().isAsked()) {
            String moment = scenario.question().after();
            section(
                    "The question",
                    "Who can win the first term after "
                            + (moment.equals("start") ? "the start" : moment)
                            + ", and why? Run it to have the trace answer.");
        }
        screen().line();
        screen().line("The plan");
        String plan = ScenarioWriter.write(run);
        plan.substring(plan.indexOf("cluster:"))
                .lines()
                .forEach(line -> screen().line("  " + line));
        return ExitCode.PASSED;
    }

    private void section(String title, String text) {
        screen().line();
        screen().line(title);
        Paragraph.lines(text, "  ").forEach(screen()::line);
    }
}
