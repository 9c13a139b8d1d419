package dev.whitewater.cli;

import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.scenarios.Runner;
import dev.whitewater.scenarios.io.Json;
import dev.whitewater.scenarios.io.RunFolder;
import dev.whitewater.scenarios.io.VerdictFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

@Command(
        name = "replay",
        description =
                "Runs a run folder's plan again and says whether verdict and trace hash are the"
                        + " same. Answers as the run does; 6 if it is not the same.",
        footer = "  ./whitewater replay out/broken")
final class ReplayCommand extends CommandDefaults {

    @Parameters(index = "0", paramLabel = "DIR", description = "A run folder.")
    private Path folder = Path.of("");

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    ReplayCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        RunFolder source = RunFolder.open(folder);
        VerdictFile.Saved saved = source.verdict();
        RunOutcome outcome = Runner.traced(source.plan());
        String hash = VerdictFile.hash(outcome.result().traceHash());
        String verdict = outcome.judgement().kind().word();
        boolean sameVerdict =
                verdict.equals(saved.verdict())
                        && outcome.judgement().monitor().equals(saved.monitor());
        boolean sameHash = hash.equals(saved.traceHash());
        if (json) {
            screen().line(
                            Json.object(
                                    o ->
                                            o.truth("same", sameVerdict && sameHash)
                                                    .truth("sameVerdict", sameVerdict)
                                                    .truth("sameTraceHash", sameHash)
                                                    .text("verdict", verdict)
                                                    .text("monitor", outcome.judgement().monitor())
                                                    .text("traceHash", hash)
                                                    .text("savedTraceHash", saved.traceHash())));
        } else {
            compare(
                    "verdict",
                    describe(verdict, outcome.judgement().monitor()),
                    describe(saved.verdict(), saved.monitor()));
            compare("trace hash", hash, saved.traceHash());
        }
        return sameVerdict && sameHash
                ? outcome.judgement().kind().exitCode()
                : ExitCode.HARNESS_FAILED;
    }

    private static String describe(String verdict, String monitor) {
        return monitor.isEmpty() ? verdict : verdict + " by " + monitor;
    }

    private void compare(String what, String now, String then) {
        String label = what + " ".repeat(12 - what.length());
        screen().line(
                        now.equals(then)
                                ? label + screen().good("the same: ") + now
                                : label + screen().bad("differs: ") + now + ", it was " + then);
    }
}
