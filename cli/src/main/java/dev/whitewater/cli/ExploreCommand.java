package dev.whitewater.cli;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.scenarios.Durations;
import dev.whitewater.scenarios.bugs.BugCatalogue;
import dev.whitewater.scenarios.explore.ExploreBounds;
import dev.whitewater.scenarios.explore.ExploreResult;
import dev.whitewater.scenarios.explore.Explorer;
import dev.whitewater.scenarios.io.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "explore",
        description = {
            "Sees every state that a small cluster of the same core can get into: any message"
                    + " lost,",
            "doubled or late, timers at will, writes at will, crashes that lose what isn't written."
        },
        footer = {
            "  ./whitewater explore",
            "  ./whitewater explore --nodes 3 --terms 1 --entries 1 --crashes 1 --no-symmetry",
            "  ./whitewater explore --bug commit-prior-term"
        })
final class ExploreCommand extends CommandDefaults {
    private static final long MAX_STATES = 50_000_000;

    @Option(names = "--nodes", paramLabel = "N", description = "Members, 1 to 5 (default: 3).")
    private int nodes = 3;

    @Option(names = "--terms", paramLabel = "N", description = "Terms, 1 to 9 (default: 2).")
    private int terms = 2;

    @Option(
            names = "--entries",
            paramLabel = "N",
            description = "Commands that leaders take in, over all, 0 to 9 (default: 2).")
    private int entries = 2;

    @Option(
            names = "--crashes",
            paramLabel = "N",
            description = "Crashes, over all, 0 to 9 (default: 1).")
    private int crashes = 1;

    @Option(names = "--bug", paramLabel = "ID", description = "Plants a bug that `bugs` lists.")
    private String bug = "";

    @Option(
            names = "--no-symmetry",
            description = "Counts states that differ only in the members' names one by one.")
    private boolean noSymmetry;

    @Option(
            names = "--timeout",
            paramLabel = "T",
            description = "Gives up after so long, as 10m (default: 10m).")
    private String timeout = "10m";

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    ExploreCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        ExploreBounds bounds = bounds();
        RaftRules rules = rules();
        long nanos = Durations.parse(timeout);
        if (nanos <= 0) {
            throw Refused.usage(
                    "--timeout: expected " + Durations.EXPECTED + ", found \"" + timeout + "\".");
        }
        long begun = System.nanoTime();
        ExploreResult result;
        try (Progress progress = new Progress(screen(), "explore", -1)) {
            result =
                    Explorer.explore(
                            bounds,
                            rules,
                            (states, waiting, depth) -> {
                                progress.step(
                                        states + " states, " + waiting + " wait, depth " + depth);
                                return System.nanoTime() - begun < nanos;
                            });
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (json) {
            screen().line(Json.object(out -> write(out, result, seconds)));
        } else {
            print(result, seconds);
        }
        return exitCode(result);
    }

    private ExploreBounds bounds() {
        between("--nodes", nodes, 1, 5);
        between("--terms", terms, 1, 9);
        between("--entries", entries, 0, 9);
        between("--crashes", crashes, 0, 9);
        return new ExploreBounds(nodes, terms, entries, crashes, false, !noSymmetry, MAX_STATES);
    }

    private static void between(String option, int value, int low, int high) {
        if (value < low || value > high) {
            throw Refused.usage(
                    option + " must be " + low + " to " + high + ", not " + value + ".");
        }
    }

    private RaftRules rules() {
        if (bug.isEmpty()) {
            return RaftRules.HONEST;
        }
        if (!BugCatalogue.ids().contains(bug)) {
            throw PlanOptions.unknownBug(bug);
        }
        return BugCatalogue.byId(bug).planted();
    }

    private static int exitCode(ExploreResult result) {
        return switch (result.outcome()) {
            case COMPLETE -> ExitCode.PASSED;
            case VIOLATED -> ExitCode.SAFETY_VIOLATED;
            case GAVE_UP -> ExitCode.UNKNOWN;
        };
    }

    private static String verdict(ExploreResult result) {
        return switch (result.outcome()) {
            case COMPLETE -> "passed";
            case VIOLATED -> "violated";
            case GAVE_UP -> "unknown";
        };
    }

    private void write(Json out, ExploreResult result, double seconds) {
        out.number("nodes", nodes).number("terms", terms);
        out.number("entries", entries).number("crashes", crashes);
        out.truth("symmetry", !noSymmetry).text("bug", bug);
        out.text("verdict", verdict(result)).number("exitCode", exitCode(result));
        out.number("states", result.states()).number("unreducedStates", result.unreducedStates());
        out.number("seenStates", result.seenStates()).number("transitions", result.transitions());
        out.number("depth", result.depth()).number("memberStates", result.memberStates());
        out.decimal("seconds", seconds).text("invariant", result.invariant());
        out.texts("trace", result.trace());
    }

    private void print(ExploreResult result, double seconds) {
        screen().line(
                        count(nodes, "member", "members, ")
                                + count(terms, "term", "terms, ")
                                + count(entries, "entry", "entries, ")
                                + count(crashes, "crash", "crashes")
                                + (bug.isEmpty() ? "" : ", with the bug " + bug)
                                + ": "
                                + colouredVerdict(result));
        if (result.outcome() == ExploreResult.Outcome.VIOLATED) {
            screen().line();
            int step = 1;
            for (String line : result.trace()) {
                screen().line("  " + step++ + ". " + line);
            }
            screen().line();
            screen().line("  " + result.invariant());
            screen().line();
        }
        screen().line(
                        "  "
                                + result.states()
                                + " states"
                                + (noSymmetry
                                        ? ""
                                        : " up to names (" + result.unreducedStates() + " in all)")
                                + ", depth "
                                + result.depth()
                                + ", "
                                + result.transitions()
                                + " steps looked at, "
                                + Math.round(seconds)
                                + " s");
    }

    private static String count(int number, String one, String many) {
        boolean more = many.endsWith(", ");
        return number + " " + (number == 1 ? one + (more ? ", " : "") : many);
    }

    private String colouredVerdict(ExploreResult result) {
        return switch (result.outcome()) {
            case COMPLETE -> screen().good("every state seen, nothing wrong");
            case VIOLATED -> screen().bad("violated");
            case GAVE_UP -> screen().doubtful("unknown, gave up after " + timeout);
        };
    }
}
