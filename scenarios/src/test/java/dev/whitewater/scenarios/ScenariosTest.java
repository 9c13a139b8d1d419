package dev.whitewater.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.scenarios.io.NamedScenarios;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.RunPlan;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

class ScenariosTest {
    private static final long[] SEEDS = {1, 2, 3, 77, 4_096, 1_000_000_007L};

    @TestFactory
    Stream<DynamicTest> passesAndShowsWhatItPromisesForAnySeed() {
        return NamedScenarios.names().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> allSeedsPass(name)));
    }

    private static void allSeedsPass(String name) {
        for (long seed : SEEDS) {
            RunOutcome outcome = Runner.traced(NamedScenarios.byName(name).withSeed(seed));
            assertTrue(outcome.judgement().isPassed(), outcome.judgement().message());
            assertFalse(outcome.claims().isEmpty());
            assertTrue(outcome.answer().isGiven(), "its question is answered");
            assertTrue(
                    outcome.answer().because().contains(outcome.answer().moment()),
                    "the answer names the moment");
        }
    }

    private static PlannedRun withoutFaults(String name) {
        PlannedRun run = NamedScenarios.byName(name);
        RunPlan plan = run.scenario().plan();
        List<FaultPlan> harmless =
                plan.faults().stream()
                        .map(f -> new FaultPlan(f.id(), f.atNanos(), 0, f.fault()))
                        .toList();
        return run.withScenario(run.scenario().withPlan(plan.withFaults(harmless)));
    }

    @Test
    void scenarioWhoseFaultsDoNothingDoesNotPass() {
        for (String name :
                List.of("leader-crash", "partition-leader", "split-vote", "quorum-loss")) {
            RunOutcome outcome = Runner.traced(withoutFaults(name));
            assertEquals(Judgement.Kind.UNKNOWN, outcome.judgement().kind(), name);
            assertTrue(
                    outcome.claims().stream().anyMatch(claim -> !claim.shown()),
                    "some claim is not shown");
        }
    }

    @Test
    void claimsThatCountAreHeldToTheirBounds() {
        PlannedRun calm = NamedScenarios.byName("calm");
        Scenario scenario = calm.scenario();
        Claim tooMany = Claim.of(Claim.Kind.LEADERS, new Count(Count.Bound.AT_LEAST, 2));
        Scenario greedy =
                new Scenario(
                        scenario.title(),
                        scenario.story(),
                        scenario.teaches(),
                        List.of(tooMany),
                        Question.NONE,
                        scenario.plan());
        RunOutcome outcome = Runner.traced(calm.withScenario(greedy));
        assertEquals(Judgement.Kind.UNKNOWN, outcome.judgement().kind());
        assertEquals("1", outcome.claims().getFirst().found());
    }

    @Test
    void winnerIsOneOfThoseWhoCouldWin() {
        for (long seed : SEEDS) {
            RunOutcome outcome =
                    Runner.traced(NamedScenarios.byName("leader-crash").withSeed(seed));
            String answer = outcome.answer().answer();
            String who = answer.substring(0, answer.indexOf(':'));
            int at = answer.indexOf(" won (event");
            assertTrue(at > 0, answer);
            assertTrue(who.contains(answer.substring(at - 2, at)), answer);
            assertTrue(answer.contains("is down"), answer);
        }
    }

    @Test
    void nobodyCanWinATieOfTwoAndTwo() {
        RunOutcome outcome = Runner.traced(NamedScenarios.byName("split-vote"));
        assertTrue(outcome.answer().answer().startsWith("Nobody: 3 of 4 votes are needed."));
    }

    @Test
    void equalPlansRunEqually() {
        PlannedRun run = NamedScenarios.byName("leader-crash").withSeed(5);
        assertEquals(
                Runner.traced(run).result().traceHash(), Runner.quick(run).result().traceHash());
        assertFalse(
                Runner.quick(run).result().traceHash()
                        == Runner.quick(run.withSeed(6)).result().traceHash());
    }
}
