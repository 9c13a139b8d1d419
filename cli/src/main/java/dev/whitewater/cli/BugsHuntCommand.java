package dev.whitewater.cli;

import dev.whitewater.scenarios.Durations;
import dev.whitewater.scenarios.bugs.Bug;
import dev.whitewater.scenarios.bugs.BugCatalogue;
import dev.whitewater.scenarios.io.Json;
import dev.whitewater.scenarios.swarm.Rapids;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

@Command(
        name = "hunt",
        description = {
            "Plants known bugs, one after the other, and runs a swarm until a monitor or a checker"
                    + " finds each; then the same seeds without a bug, which must pass.",
            "Exit code 0: all were found and no honest run was blamed; 4: some survived; 2: an"
                    + " honest run was blamed."
        },
        footer = {
            "  ./whitewater bugs hunt",
            "  ./whitewater bugs hunt read-no-confirm commit-prior-term --budget 30s --json"
        })
final class BugsHuntCommand extends CommandDefaults {

    /** Honest runs that a hunt is compared with at least. */
    private static final long HONEST_RUNS_LEAST = 5;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Which (default: all).")
    private final List<String> ids = new ArrayList<>();

    @Option(
            names = "--budget",
            paramLabel = "T",
            description = "How long to look for each, as 60s (the default).")
    private String budget = "60s";

    @Option(
            names = "--rapids",
            paramLabel = "I..VI",
            description = "How rough the runs are (default: V).")
    private String rapids = Rapids.V.name();

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            description = "The seeds to try (default: from 1 on).")
    private String seeds = "";

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Threads (default: one per processor).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print one JSON object per line and nothing else.")
    private boolean json;

    BugsHuntCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        List<Bug> bugs = bugs();
        BugHunt hunt = new BugHunt(range(), jobs, PlanOptions.grade(rapids), nanos());
        int killed = 0;
        long runs = HONEST_RUNS_LEAST;
        if (!json) {
            screen().line(row("bug", "layer", "found by", "runs", "CPU s"));
        }
        for (Bug bug : bugs) {
            BugHunt.Score score = hunt.hunt(bug);
            killed += score.killed() ? 1 : 0;
            runs = score.killed() ? Math.max(runs, score.runs()) : runs;
            tell(score);
        }
        long blamed = hunt.falseAlarms(runs);
        summary(bugs.size(), killed, blamed);
        if (blamed > 0) {
            return ExitCode.SAFETY_VIOLATED;
        }
        return killed == bugs.size() ? ExitCode.PASSED : ExitCode.UNKNOWN;
    }

    private List<Bug> bugs() {
        for (String id : ids) {
            if (!BugCatalogue.ids().contains(id)) {
                throw PlanOptions.unknownBug(id);
            }
        }
        return ids.isEmpty()
                ? BugCatalogue.all()
                : new LinkedHashSet<>(ids).stream().map(BugCatalogue::byId).toList();
    }

    private SeedRange range() {
        if (jobs < 1) {
            throw Refused.usage("--jobs must be at least 1, not " + jobs + ".");
        }
        return seeds.isEmpty() ? new SeedRange(1, Long.MAX_VALUE - 1) : SeedRange.parse(seeds);
    }

    private long nanos() {
        long nanos = Durations.parse(budget);
        if (nanos <= 0) {
            throw Refused.usage(
                    "--budget: expected " + Durations.EXPECTED + ", found \"" + budget + "\".");
        }
        return nanos;
    }

    private static String layer(Bug bug) {
        return bug.layer().name().toLowerCase(Locale.ROOT);
    }

    private void tell(BugHunt.Score score) {
        if (json) {
            screen().line(
                            Json.object(
                                    o ->
                                            o.text("id", score.bug().id())
                                                    .text("layer", layer(score.bug()))
                                                    .truth("killed", score.killed())
                                                    .text("monitor", score.monitor())
                                                    .number("runs", score.runs())
                                                    .number("events", score.events())
                                                    .decimal("cpuSeconds", score.cpuSeconds())
                                                    .number("probe", score.acted())));
        } else {
            String found = score.killed() ? score.monitor() : "survived";
            screen().line(
                            row(
                                    score.bug().id(),
                                    layer(score.bug()),
                                    found,
                                    Long.toString(score.runs()),
                                    String.format(Locale.ROOT, "%.1f", score.cpuSeconds())));
            if (!score.killed() && score.acted() == 0) {
                screen().line("    and no run came to where it is wrong");
            }
        }
        screen().out().flush();
    }

    private void summary(int total, int killed, long falseAlarms) {
        if (json) {
            screen().line(
                            Json.object(
                                    o ->
                                            o.truth("summary", true)
                                                    .number("killed", killed)
                                                    .number("total", total)
                                                    .decimal("score", (double) killed / total)
                                                    .number("falseAlarms", falseAlarms)));
            return;
        }
        screen().line();
        screen().line(
                        killed
                                + " of "
                                + total
                                + " found; honest runs of the same seeds: "
                                + (falseAlarms == 0
                                        ? screen().good("none blamed")
                                        : screen().bad(falseAlarms + " blamed")));
    }

    private static String row(String bug, String layer, String found, String runs, String cpu) {
        return String.format(Locale.ROOT, "%-30s %-12s %-28s %6s %8s", bug, layer, found, runs, cpu)
                .stripTrailing();
    }
}
