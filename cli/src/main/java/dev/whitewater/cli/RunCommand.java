package dev.whitewater.cli;

import dev.whitewater.bench.CpuClock;
import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.scenarios.Runner;
import dev.whitewater.scenarios.io.RunFolder;
import dev.whitewater.scenarios.io.ScenarioWriter;
import dev.whitewater.scenarios.io.VerdictFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

@Command(
        name = "run",
        description = "One simulated run: a named scenario, a scenario file, or a random plan.",
        footer = {
            "  ./whitewater run leader-crash --seed 7",
            "  ./whitewater run leader-crash --bug ack-before-fsync --out out/broken",
            "  ./whitewater run swarm --rapids V --seed 42",
            "  ./whitewater run swarm --rapids V --seed 42 --plan",
            "  ./whitewater run my-scenario.yaml --set network.loss=1/50 --json"
        })
final class RunCommand extends CommandDefaults {

    @Parameters(
            index = "0",
            paramLabel = "SCENARIO",
            description = "A name that `scenarios` lists, a file, or \"swarm\" for a random plan.")
    private String scenario = "";

    @Option(names = "--seed", paramLabel = "N", description = "What the run is drawn from.")
    private long seed = -1;

    @Option(names = "--out", paramLabel = "DIR", description = "Write the run's folder here.")
    private Path out = Path.of("");

    @Option(
            names = "--plan",
            description = "Print the plan, all that --set can change, and run nothing.")
    private boolean printsPlan;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Mixin private PlanOptions plan = new PlanOptions();

    RunCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (seed < -1) {
            throw Refused.usage("--seed must be 0 or more, not " + seed + ".");
        }
        PlannedRun run = plan.named(scenario, seed);
        if (printsPlan) {
            ScenarioWriter.write(run).lines().forEach(screen()::line);
            return ExitCode.PASSED;
        }
        boolean writes = !out.toString().isEmpty();
        RunFolder folder = writes ? RunFolder.create(out) : null;
        CpuClock cpu = CpuClock.ofThread();
        RunOutcome outcome = Runner.traced(run);
        double seconds = cpu.seconds();
        if (writes) {
            folder.write(outcome, seconds);
        }
        if (json) {
            String where = writes ? out.toString() : "";
            screen().line(
                            VerdictFile.write(
                                    outcome, new VerdictFile.Circumstances(seconds, where)));
        } else {
            new OutcomeText(screen()).print(outcome);
            if (writes) {
                screen().line(
                                "folder      "
                                        + out
                                        + "   (./whitewater report "
                                        + Shell.quote(out.toString())
                                        + ")");
            }
        }
        return outcome.judgement().kind().exitCode();
    }
}
