package dev.whitewater.cli;

import dev.whitewater.scenarios.Durations;
import dev.whitewater.scenarios.Judgement;
import dev.whitewater.scenarios.RunOutcome;
import dev.whitewater.scenarios.io.Json;
import dev.whitewater.scenarios.io.VerdictFile;
import dev.whitewater.scenarios.swarm.SwarmTally;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

@Command(
        name = "swarm",
        description = "Many random runs, each from its own seed; one line for each that fails.",
        footer = {
            "  ./whitewater swarm --seeds 1..2000 --rapids IV",
            "  ./whitewater swarm --for 60s --rapids VI --json",
            "  ./whitewater swarm --seeds 1..2000 --bug read-no-confirm --stop-at-first"
        })
final class SwarmCommand extends CommandDefaults {
    private static final String DEFAULT_SEEDS = "1..100";

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            description = "The seeds to run (default: " + DEFAULT_SEEDS + ").")
    private String seeds = "";

    @Option(
            names = "--for",
            paramLabel = "T",
            description = "Run seed after seed for so long, as 60s.")
    private String duration = "";

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Threads (default: one per processor).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--stop-at-first", description = "Stop at the first run that fails.")
    private boolean stopAtFirst;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page: which faults met in a run, which situations were met.")
    private Path html = Path.of("");

    @Option(names = "--json", description = "Print one JSON object per line and nothing else.")
    private boolean json;

    @Mixin private PlanOptions plan = new PlanOptions();

    private final SwarmTally tally = new SwarmTally();
    private double cpuSeconds;
    private int worst = ExitCode.PASSED;

    SwarmCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (jobs < 1) {
            throw Refused.usage("--jobs must be at least 1, not " + jobs + ".");
        }
        SeedRange range = range();
        plan.bugs();
        plan.random(range.first());
        long known = duration.isEmpty() ? range.last() - range.first() + 1 : -1;
        try (Progress progress = new Progress(screen(), "swarm", known)) {
            Swarm.run(range, jobs, plan::random, deadline(), done -> take(done, progress));
        }
        summary();
        if (!html.toString().isEmpty()) {
            writePage();
        }
        return worst;
    }

    private void writePage() {
        try {
            Files.writeString(html, SwarmPage.render(tally));
        } catch (IOException e) {
            throw Refused.usage("--html: can't write " + html + ": " + e.getMessage() + ".");
        }
    }

    private SeedRange range() {
        if (seeds.isEmpty()) {
            return duration.isEmpty()
                    ? SeedRange.parse(DEFAULT_SEEDS)
                    : new SeedRange(1, Long.MAX_VALUE - 1);
        }
        return SeedRange.parse(seeds);
    }

    private BooleanSupplier deadline() {
        if (duration.isEmpty()) {
            return () -> false;
        }
        long nanos = Durations.parse(duration);
        if (nanos <= 0) {
            throw Refused.usage(
                    "--for: expected " + Durations.EXPECTED + ", found \"" + duration + "\".");
        }
        long end = System.nanoTime() + nanos;
        return () -> System.nanoTime() - end >= 0;
    }

    /** Counts and prints one run; false to stop the swarm. */
    private boolean take(Swarm.Finished finished, Progress progress) {
        RunOutcome outcome = finished.outcome();
        tally.add(outcome);
        cpuSeconds += finished.cpuSeconds();
        progress.step(tally.failures() + " failed");
        if (outcome.judgement().isPassed()) {
            return true;
        }
        worst = ExitCode.worse(worst, outcome.judgement().kind().exitCode());
        failure(finished);
        return !stopAtFirst;
    }

    private void failure(Swarm.Finished finished) {
        RunOutcome outcome = finished.outcome();
        if (json) {
            screen().line(VerdictFile.brief(outcome, finished.cpuSeconds()));
            screen().out().flush();
            return;
        }
        Judgement judgement = outcome.judgement();
        String rule = judgement.monitor().isEmpty() ? "UNKNOWN" : judgement.monitor();
        screen().line(
                        screen().bad(rule)
                                + " seed "
                                + outcome.run().scenario().plan().seed()
                                + ": "
                                + judgement.message());
        screen().line("    " + outcome.run().reproduce());
        screen().out().flush();
    }

    private void summary() {
        if (json) {
            screen().line(Json.object(this::summary));
            return;
        }
        screen().line(
                        tally.runs()
                                + " runs, "
                                + (tally.failures() == 0
                                        ? screen().good("no failure")
                                        : screen().bad(tally.failures() + " failed"))
                                + (tally.unknownVerdicts() == 0
                                        ? ""
                                        : ", " + tally.unknownVerdicts() + " unknown"));
        screen().line(
                        "  "
                                + tally.events()
                                + " events, "
                                + eventsPerCpuSecond()
                                + " per processor second; "
                                + Math.round(tally.virtualSeconds())
                                + " s of virtual time in "
                                + Math.round(cpuSeconds)
                                + " s of processor time");
        screen().line(
                        "  elections won "
                                + tally.leaderChanges()
                                + "; operations "
                                + tally.operationsOk()
                                + " answered, "
                                + tally.operationsRefused()
                                + " refused, "
                                + tally.operationsUnknown()
                                + " unknown");
        screen().line("  faults " + tally.faults());
        screen().line(
                        "  pairs of faults that met in a run: "
                                + tally.faultPairs().size()
                                + " of "
                                + SwarmTally.faultPairsPossible());
        String dark = tally.probesDark().isEmpty() ? "none" : tally.probesDark().toString();
        screen().line("  probes hit " + tally.probesHit().size() + ", never hit: " + dark);
    }

    private void summary(Json out) {
        out.truth("summary", true).number("runs", tally.runs()).number("events", tally.events());
        out.decimal("cpuSeconds", cpuSeconds).decimal("virtualSeconds", tally.virtualSeconds());
        out.number("eventsPerCpuSecond", eventsPerCpuSecond());
        out.number("failures", tally.failures());
        out.number("unknownVerdicts", tally.unknownVerdicts());
        out.number("leaderChanges", tally.leaderChanges());
        out.fields(
                "operations",
                o ->
                        o.number("ok", tally.operationsOk())
                                .number("refused", tally.operationsRefused())
                                .number("unknown", tally.operationsUnknown()));
        out.fields("faults", f -> tally.faults().forEach(f::number));
        out.fields("probesHit", p -> tally.probesHit().forEach(p::number));
        out.texts("probesDark", tally.probesDark());
        out.fields("faultPairs", p -> tally.faultPairs().forEach(p::number));
        out.number("faultPairsPossible", SwarmTally.faultPairsPossible());
    }

    private long eventsPerCpuSecond() {
        return cpuSeconds == 0 ? 0 : Math.round(tally.events() / cpuSeconds);
    }
}
