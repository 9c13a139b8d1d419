package dev.whitewater.scenarios;

import java.util.List;

/**
 * All that is decided before a run: the scenario with its exact plan, and what is planted in the
 * core.
 *
 * @param bugs ids of the catalogue, each once; empty for the honest core
 * @param rapids the grade of a swarm run, as "IV"; empty for a named scenario
 */
public record PlannedRun(Scenario scenario, List<String> bugs, String rapids) {

    public PlannedRun {
        bugs = List.copyOf(bugs);
    }

    public PlannedRun withBugs(List<String> newBugs) {
        return new PlannedRun(scenario, newBugs, rapids);
    }
}
