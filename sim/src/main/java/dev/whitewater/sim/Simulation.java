package dev.whitewater.sim;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.sim.plan.RunPlan;

/** Runs a plan in one thread. No state outlives a run: two runs in one JVM are equal. */
public final class Simulation {

    private Simulation() {}

    public static RunResult run(RunPlan plan, RaftRules rules, RunOptions options) {
        return new Run(plan, rules, options).run();
    }
}
