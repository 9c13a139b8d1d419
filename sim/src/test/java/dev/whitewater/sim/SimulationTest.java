package dev.whitewater.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.plan.DelayPlan;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.NetworkPlan;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.plan.Target;
import dev.whitewater.sim.trace.TraceEvent;
import dev.whitewater.sim.trace.TraceKind;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Whole runs: what they depend on, and what the honest core looks like in them. */
class SimulationTest {

    private static RunResult run(RunPlan plan) {
        return Simulation.run(plan, RaftRules.HONEST, RunOptions.QUICK);
    }

    private static RunResult traced(RunPlan plan) {
        return Simulation.run(plan, RaftRules.HONEST, RunOptions.TRACED);
    }

    @Test
    void equalPlansGiveEqualRuns() {
        RunPlan plan = Plans.rough(5);
        RunResult first = traced(plan);
        RunResult second = traced(plan);
        assertEquals(first.traceHash(), second.traceHash());
        assertEquals(first.history(), second.history());
        assertEquals(first.trace(), second.trace());
        assertEquals(first.counters(), second.counters());
    }

    @Test
    void theFullTraceChangesNothing() {
        RunPlan plan = Plans.rough(6);
        assertEquals(run(plan).traceHash(), traced(plan).traceHash());
    }

    @Test
    void withoutAFullTraceTheLastEventsAreRemembered() {
        RunPlan plan = Plans.calm(7);
        List<TraceEvent> full = traced(plan).trace().events();
        List<TraceEvent> last = run(plan).trace().events();
        assertTrue(last.size() > 100);
        List<TraceEvent> tail = full.subList(full.size() - last.size(), full.size());
        for (int i = 0; i < last.size(); i++) {
            assertEquals(tail.get(i).event(), last.get(i).event());
            assertEquals(tail.get(i).nanos(), last.get(i).nanos());
            assertEquals(tail.get(i).kind(), last.get(i).kind());
            assertEquals(tail.get(i).node(), last.get(i).node());
        }
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        assertNotEquals(run(Plans.calm(1)).traceHash(), run(Plans.calm(2)).traceHash());
    }

    @Test
    void oneChangedDelayGivesAnotherRun() {
        RunPlan plan = Plans.calm(1);
        NetworkPlan net = plan.network();
        DelayPlan delay = net.delay();
        RunPlan changed =
                new RunPlan(
                        plan.name(),
                        plan.seed(),
                        plan.cluster(),
                        new NetworkPlan(
                                new DelayPlan(
                                        delay.minNanos(),
                                        delay.typicalNanos(),
                                        delay.maxNanos() + 1_000),
                                net.loss(),
                                net.duplication(),
                                net.reorder(),
                                net.late(),
                                net.lateNanosMax(),
                                net.clientLoss()),
                        plan.disk(),
                        plan.clocks(),
                        plan.workload(),
                        plan.faults(),
                        plan.phases());
        assertNotEquals(run(plan).traceHash(), run(changed).traceHash());
    }

    @Test
    void withoutAFaultAllBeforeItIsAsItWas() {
        RunPlan plan = Plans.rough(11);
        List<FaultPlan> fewer = new ArrayList<>(plan.faults());
        FaultPlan latest = fewer.getFirst();
        for (FaultPlan fault : fewer) {
            latest = fault.atNanos() > latest.atNanos() ? fault : latest;
        }
        fewer.remove(latest);
        List<TraceEvent> with = traced(plan).trace().events();
        List<TraceEvent> without = traced(plan.withFaults(fewer)).trace().events();
        int compared = 0;
        for (int i = 0; with.get(i).nanos() < latest.atNanos(); i++) {
            assertEquals(with.get(i), without.get(i));
            compared++;
        }
        assertTrue(compared > 1_000, "compared only " + compared);
    }

    @Test
    void clientsDecideTheSameWhateverHappensToMembers() {
        RunPlan calm = Plans.calm(3);
        FaultPlan crash =
                new FaultPlan(
                        "f",
                        2 * Plans.SECOND,
                        Plans.SECOND,
                        new Fault.Crash(new Target.TheLeader()));
        List<ClientOperation> first = ofClient(run(calm).history());
        List<ClientOperation> second = ofClient(run(calm.withFaults(List.of(crash))).history());
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            assertEquals(first.get(i).kind(), second.get(i).kind());
            assertEquals(first.get(i).key(), second.get(i).key());
            assertEquals(first.get(i).value(), second.get(i).value());
        }
        assertTrue(second.size() > 50);
        assertNotEquals(first, second);
    }

    private static List<ClientOperation> ofClient(List<ClientOperation> history) {
        return history.stream().filter(operation -> operation.client() == 1).toList();
    }

    @Test
    void theHonestCorePassesEveryRoughPlan() {
        long leaders = 0;
        long unknown = 0;
        for (long seed = 1; seed <= 200; seed++) {
            RunResult result = run(Plans.rough(seed));
            assertInstanceOf(Verdict.Passed.class, result.verdict(), "seed " + seed);
            leaders += result.counters().leaderChanges();
            unknown += result.counters().operations().unknown();
        }
        assertTrue(leaders > 400, "the plans are not rough: " + leaders + " leaders");
        assertTrue(unknown > 2_000, "the plans are not rough: " + unknown + " unknown");
    }

    /** Crash after crash while segments are begun: some are left empty, some torn. */
    @Test
    void crashesWhileSegmentsAreBegunConfuseNobody() {
        List<FaultPlan> crashes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Target target = new Target.Member(1 + i % 3);
            crashes.add(
                    new FaultPlan(
                            "f" + i,
                            (500L + i * 470L) * Plans.MILLI,
                            30 * Plans.MILLI,
                            new Fault.Crash(target)));
        }
        for (long seed = 1; seed <= 25; seed++) {
            RunPlan plan = Plans.tinySegments(Plans.calm(seed)).withFaults(crashes);
            assertInstanceOf(Verdict.Passed.class, run(plan).verdict(), "seed " + seed);
        }
    }

    @Test
    void aTraceTellsStatesMessagesFatesFaultsAndReasons() {
        RunPlan plan =
                Plans.calm(9)
                        .withFaults(
                                List.of(
                                        new FaultPlan(
                                                "f1",
                                                3 * Plans.SECOND,
                                                Plans.SECOND,
                                                new Fault.Isolate(new Target.TheLeader()))));
        List<TraceEvent> events = traced(plan).trace().events();
        assertTrue(events.stream().anyMatch(it -> it.fault().equals("f1")));
        assertTrue(
                events.stream()
                        .anyMatch(it -> it.kind() == TraceKind.SEND && it.arriveNanos() > 0));
        assertTrue(events.stream().anyMatch(it -> !it.notes().isEmpty()));
        assertTrue(events.stream().anyMatch(it -> !it.changes().isEmpty()));
        assertTrue(
                events.stream()
                        .anyMatch(
                                it ->
                                        it.kind() == TraceKind.DELIVER
                                                && it.what().startsWith("AppendRequest")));
    }
}
