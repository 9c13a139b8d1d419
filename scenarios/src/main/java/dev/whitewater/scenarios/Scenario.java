package dev.whitewater.scenarios;

import dev.whitewater.sim.plan.RunPlan;

import java.util.List;

/**
 * A plan with its story: what happens, what a reader may learn from it, and what every run of it
 * must show, whatever the seed.
 *
 * @param title a headline
 * @param story what is played, in prose
 * @param teaches what a reader may take home, in prose
 * @param mustShow judged on the trace after a run that passed
 * @param question asked before the decisive moment; its answer is computed from the trace
 */
public record Scenario(
        String title,
        String story,
        String teaches,
        List<Claim> mustShow,
        Question question,
        RunPlan plan) {

    public Scenario {
        mustShow = List.copyOf(mustShow);
    }

    public String name() {
        return plan.name();
    }

    public Scenario withPlan(RunPlan newPlan) {
        return new Scenario(title, story, teaches, mustShow, question, newPlan);
    }

    /** The same without claims, for plans that were changed until they no longer apply. */
    public Scenario withoutClaims() {
        return new Scenario(title, story, teaches, List.of(), Question.NONE, plan);
    }
}
