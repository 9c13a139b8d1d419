package dev.whitewater.scenarios;

import java.util.List;

/**
 * All that is decided before a run: the scenario with its exact plan, and what is planted in the
 * core.
 *
 * @param bugs ids of the catalogue, each once; empty for the honest core
 * @param rapids the grade of a swarm run, as "IV"; empty for a named scenario
 * @param arguments what follows {@code ./whitewater run} to get this plan, seed and bugs apart
 */
public record PlannedRun(Scenario scenario, List<String> bugs, String rapids, String arguments) {

    public PlannedRun {
        bugs = List.copyOf(bugs);
    }

    public PlannedRun withBugs(List<String> newBugs) {
        return new PlannedRun(scenario, newBugs, rapids, arguments);
    }

    public PlannedRun withScenario(Scenario newScenario) {
        return new PlannedRun(newScenario, bugs, rapids, arguments);
    }

    public PlannedRun withSeed(long seed) {
        return withScenario(scenario.withPlan(scenario.plan().withSeed(seed)));
    }

    public PlannedRun withArguments(String newArguments) {
        return new PlannedRun(scenario, bugs, rapids, newArguments);
    }

    /** The command line that runs this again, in any shell and from the repository's root. */
    public String reproduce() {
        StringBuilder line = new StringBuilder("./whitewater run ").append(arguments);
        line.append(" --seed ").append(scenario.plan().seed());
        bugs.forEach(id -> line.append(" --bug ").append(id));
        return line.toString();
    }
}
