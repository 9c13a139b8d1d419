package dev.whitewater.scenarios;

import dev.whitewater.scenarios.Judgement.Evidence;
import dev.whitewater.scenarios.Judgement.Kind;
import dev.whitewater.scenarios.RunOutcome.Answer;
import dev.whitewater.scenarios.RunOutcome.ClaimResult;
import dev.whitewater.scenarios.bugs.BugCatalogue;
import dev.whitewater.sim.RunOptions;
import dev.whitewater.sim.RunResult;
import dev.whitewater.sim.Simulation;
import dev.whitewater.sim.Verdict;

import java.util.List;

/**
 * Runs a plan and judges it: by the monitors that watched it, then by the history of its clients,
 * then by what its scenario promised to show.
 */
public final class Runner {

    private Runner() {}

    /** With every event kept: claims are judged and the scenario's question is answered. */
    public static RunOutcome traced(PlannedRun run) {
        RunResult result = simulate(run, RunOptions.TRACED);
        Judgement judgement = judge(result);
        Story story = Story.of(run.scenario().plan(), result);
        List<ClaimResult> claims =
                judgement.isPassed() ? ClaimCheck.all(run.scenario().mustShow(), story) : List.of();
        Answer answer = WhoCanWin.answer(run.scenario().question(), story);
        return new RunOutcome(run, result, withClaims(judgement, claims), claims, answer);
    }

    /** Without the trace: for many runs, of which only verdicts are wanted. */
    public static RunOutcome quick(PlannedRun run) {
        return quick(run, RunOptions.QUICK);
    }

    /** The same, with the host's way to watch it or to compute checksums. */
    public static RunOutcome quick(PlannedRun run, RunOptions options) {
        RunResult result = simulate(run, options);
        return new RunOutcome(run, result, judge(result), List.of(), Answer.NONE);
    }

    private static RunResult simulate(PlannedRun run, RunOptions options) {
        return Simulation.run(run.scenario().plan(), BugCatalogue.rules(run.bugs()), options);
    }

    /** What is to be said of a run that was simulated elsewhere. */
    public static Judgement judge(RunResult result) {
        return switch (result.verdict()) {
            case Verdict.Passed() -> HistoryJudge.judge(result);
            case Verdict.Spared(String why) -> HistoryJudge.judge(result).adding(why);
            case Verdict.Violated violated ->
                    new Judgement(
                            violated.liveness() ? Kind.LIVENESS_VIOLATED : Kind.SAFETY_VIOLATED,
                            violated.monitor(),
                            violated.name(),
                            violated.message(),
                            violated.event(),
                            HistoryJudge.evidence(result, violated));
            case Verdict.Crashed(String what, long event) ->
                    new Judgement(Kind.CRASHED, "M39", "No crash", what, event, Evidence.NONE);
        };
    }

    /** A run that kept all rules but doesn't show what it is for proves nothing: not a pass. */
    private static Judgement withClaims(Judgement judgement, List<ClaimResult> claims) {
        for (ClaimResult claim : claims) {
            if (!claim.shown()) {
                return Judgement.unknown(
                        "No rule was broken, but the run does not show what its scenario promises: "
                                + claim.claim().sentence()
                                + "; found "
                                + claim.found()
                                + ".");
            }
        }
        return judgement;
    }
}
