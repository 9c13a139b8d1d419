package dev.whitewater.cli;

import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.bugs.BugCatalogue;
import dev.whitewater.scenarios.io.NamedScenarios;
import dev.whitewater.scenarios.io.ScenarioFile;
import dev.whitewater.scenarios.io.ScenarioWriter;
import dev.whitewater.scenarios.io.Wording;
import dev.whitewater.scenarios.swarm.Rapids;
import dev.whitewater.scenarios.swarm.SwarmPlans;

import picocli.CommandLine.Option;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The options that say what to run, shared by commands, and the plan that comes of them. */
final class PlanOptions {

    @Option(
            names = "--bug",
            paramLabel = "ID",
            description = "Plant this bug of the catalogue; may be repeated.")
    private final List<String> bugs = new ArrayList<>();

    @Option(
            names = "--rapids",
            paramLabel = "I..VI",
            description = "How rough a random run is (default: IV).")
    private String rapids = "";

    @Option(names = "--nodes", paramLabel = "N", description = "Number of members.")
    private int nodes = -1;

    @Option(
            names = "--until",
            paramLabel = "T",
            description = "When faults end and healing begins, as 90s.")
    private String until = "";

    @Option(
            names = "--sut",
            paramLabel = "NAME",
            description = "The system under test (whitewater is the only one).")
    private String sut = "whitewater";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one field of the plan, as network.loss=1/50; may be repeated.")
    private final List<String> set = new ArrayList<>();

    /** The ids, checked, each once. */
    List<String> bugs() {
        for (String id : bugs) {
            if (!BugCatalogue.ids().contains(id)) {
                throw unknownBug(id);
            }
        }
        return List.copyOf(new LinkedHashSet<>(bugs));
    }

    static Refused unknownBug(String id) {
        return Refused.usage(
                "unknown bug \""
                        + id
                        + "\""
                        + Wording.didYouMean(id, BugCatalogue.ids())
                        + "; expected one of "
                        + Wording.anyOf(BugCatalogue.ids())
                        + ".");
    }

    Rapids rapids() {
        if (rapids.isEmpty()) {
            return Rapids.IV;
        }
        return grade(rapids);
    }

    static Rapids grade(String name) {
        if (!Rapids.names().contains(name)) {
            throw Refused.usage(
                    "unknown grade \""
                            + name
                            + "\"; expected "
                            + Wording.anyOf(Rapids.names())
                            + ".");
        }
        return Rapids.valueOf(name);
    }

    /** The plan of a random run. */
    PlannedRun random(long seed) {
        PlannedRun run = SwarmPlans.expand(seed, rapids());
        String arguments = run.arguments() + overrideArguments();
        if (!overrides().isEmpty()) {
            byte[] file = ScenarioWriter.write(run).getBytes(StandardCharsets.UTF_8);
            run = ScenarioFile.read("swarm", file, overrides());
        }
        return run.withBugs(bugs()).withArguments(arguments);
    }

    /**
     * The plan of a name or a file.
     *
     * @param seed or -1 for the scenario's own
     */
    PlannedRun named(String scenario, long seed) {
        if (!sut.equals("whitewater")) {
            throw Refused.usage("unknown system under test \"" + sut + "\"; expected whitewater.");
        }
        if (scenario.equals(SwarmPlans.NAME)) {
            return random(seed < 0 ? ScenarioFile.DEFAULT_SEED : seed);
        }
        if (!rapids.isEmpty()) {
            throw Refused.usage("--rapids is for random runs: `whitewater run swarm`.");
        }
        PlannedRun run = read(scenario);
        if (!overrides().isEmpty()) {
            // Its claims speak of the plan as it was written.
            run = run.withScenario(run.scenario().withoutClaims());
        }
        List<String> planted = bugs().isEmpty() ? run.bugs() : bugs();
        run = seed < 0 ? run : run.withSeed(seed);
        return run.withBugs(planted).withArguments(Shell.quote(scenario) + overrideArguments());
    }

    private PlannedRun read(String scenario) {
        if (NamedScenarios.names().contains(scenario)) {
            return ScenarioFile.read(
                    scenario + ".yaml", NamedScenarios.source(scenario), overrides());
        }
        Path file = Path.of(scenario);
        boolean looksLikeFile = scenario.contains(".") || scenario.contains("/");
        if (looksLikeFile || Files.exists(file)) {
            return ScenarioFile.read(file, overrides());
        }
        throw unknownScenario(scenario);
    }

    static Refused unknownScenario(String name) {
        return Refused.usage(
                "unknown scenario \""
                        + name
                        + "\""
                        + Wording.didYouMean(name, NamedScenarios.names())
                        + "; expected a file or one of "
                        + Wording.anyOf(NamedScenarios.names())
                        + ".");
    }

    private List<String> overrides() {
        List<String> all = new ArrayList<>(set);
        if (nodes != -1) {
            all.add("cluster.members=" + nodes);
        }
        if (!until.isEmpty()) {
            all.add("phases.faults-until=" + until);
        }
        return all;
    }

    private String overrideArguments() {
        StringBuilder arguments = new StringBuilder();
        for (String override : overrides()) {
            arguments.append(" --set ").append(Shell.quote(override));
        }
        return arguments.toString();
    }
}
