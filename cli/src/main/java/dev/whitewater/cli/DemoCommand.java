package dev.whitewater.cli;

import dev.whitewater.bench.CpuClock;
import dev.whitewater.reports.HtmlReport;
import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.scenarios.Runner;
import dev.whitewater.scenarios.bugs.Bug;
import dev.whitewater.scenarios.bugs.BugCatalogue;
import dev.whitewater.scenarios.io.NamedScenarios;
import dev.whitewater.scenarios.io.RunFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

@Command(
        name = "demo",
        description =
                "A first minute: a crash and a partition survived, then the same with a planted bug"
                        + " that is caught. Each leaves an HTML report.",
        footer = "  ./whitewater demo")
final class DemoCommand extends CommandDefaults {

    /** A crash and a partition in one run, and a bug that it brings to light for every seed. */
    static final String SCENARIO = "crash-and-partition";

    static final String BUG = "read-no-confirm";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write the two run folders (default: out/demo).")
    private Path out = Path.of("out", "demo");

    DemoCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException {
        PlannedRun honest = NamedScenarios.byName(SCENARIO);
        screen().line(screen().bold("1. " + honest.scenario().title()));
        tell(honest.scenario().story());
        screen().line();
        RunOutcome passed = play(honest, out.resolve("honest"));
        if (!passed.judgement().isPassed()) {
            return passed.judgement().kind().exitCode();
        }
        Bug bug = BugCatalogue.byId(BUG);
        screen().line();
        screen().line(screen().bold("2. The same with a planted bug: " + bug.title()));
        tell(bug.story());
        screen().line();
        RunOutcome caught = play(honest.withBugs(List.of(BUG)), out.resolve(BUG));
        screen().line();
        if (caught.judgement().isPassed()) {
            screen().error("the planted bug was not caught; that is a bug of this tool.");
            return ExitCode.HARNESS_FAILED;
        }
        screen().line("The bug was caught, as it should be. What to try next:");
        screen().line("  ./whitewater scenarios                     more stories");
        screen().line("  ./whitewater bugs                          more bugs to plant");
        screen().line(
                        "  ./whitewater swarm --for 30s --rapids V    random runs, as rough as you"
                                + " like");
        return ExitCode.PASSED;
    }

    private RunOutcome play(PlannedRun run, Path folder) throws IOException {
        RunFolder target = RunFolder.create(folder);
        CpuClock cpu = CpuClock.ofThread();
        RunOutcome outcome = Runner.traced(run);
        target.write(outcome, cpu.seconds());
        Path report = folder.resolve(ReportCommand.NAME);
        HtmlReport.write(folder, report);
        new OutcomeText(screen()).print(outcome);
        screen().line("report      " + report);
        return outcome;
    }

    private void tell(String text) {
        Paragraph.lines(text, "   ").forEach(screen()::line);
    }
}
