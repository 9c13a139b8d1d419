package dev.whitewater.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.scenarios.swarm.Rapids;
import dev.whitewater.scenarios.swarm.SwarmPlans;
import dev.whitewater.scenarios.swarm.SwarmTally;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.RunPlan;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;

class SwarmPlansTest {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private static RunPlan plan(long seed, Rapids rapids) {
        return SwarmPlans.expand(seed, rapids).scenario().plan();
    }

    @Property(tries = 300)
    void isLongEnoughAndBusyEnough(
            @ForAll @LongRange(min = 0, max = 1L << 40) long seed, @ForAll Rapids rapids) {
        RunPlan plan = plan(seed, rapids);
        assertTrue(plan.phases().faultsUntilNanos() >= MINUTE_NANOS);
        long slowest = plan.workload().timeoutNanos() + plan.workload().think().maxNanos();
        long operations = plan.workload().clients() * (plan.phases().faultsUntilNanos() / slowest);
        assertTrue(operations >= 300, "even if every operation times out");
        assertTrue(plan.workload().operations() == 0 || plan.workload().operations() >= 300);
        assertEquals(plan, plan(seed, rapids));
    }

    @Test
    void runsDifferInKind() {
        List<RunPlan> plans =
                LongStream.rangeClosed(1, 300).mapToObj(s -> plan(s, Rapids.IV)).toList();
        TreeSet<Integer> sizes = new TreeSet<>();
        TreeSet<String> faults = new TreeSet<>();
        for (RunPlan plan : plans) {
            sizes.add(plan.cluster().members());
            plan.faults().stream().map(f -> f.fault().kind()).forEach(faults::add);
        }
        assertEquals(new TreeSet<>(List.of(1, 2, 3, 4, 5, 7)), sizes);
        assertEquals(31, faults.size(), faults.toString());
        assertTrue(plans.stream().filter(p -> p.network().loss().isNever()).count() > 100);
        assertTrue(plans.stream().filter(p -> !p.network().loss().isNever()).count() > 100);
        for (String kind : faults) {
            long without =
                    plans.stream()
                            .filter(p -> p.faults().stream().noneMatch(f -> is(f, kind)))
                            .count();
            assertTrue(without > 20, kind + " is left out of some runs: " + without);
        }
    }

    private static boolean is(FaultPlan fault, String kind) {
        return fault.fault().kind().equals(kind);
    }

    @Test
    void firstGradeHasNoFaults() {
        assertTrue(
                LongStream.rangeClosed(1, 50)
                        .allMatch(seed -> plan(seed, Rapids.I).faults().isEmpty()));
    }

    @Test
    void fewHonestRunsPassAndLightAllProbes() {
        SwarmTally tally = new SwarmTally();
        for (long seed = 1; seed <= 80 && (seed <= 12 || !tally.probesDark().isEmpty()); seed++) {
            RunOutcome outcome = Runner.quick(SwarmPlans.expand(seed, Rapids.IV));
            assertTrue(outcome.judgement().isPassed(), outcome.judgement().toString());
            assertTrue(outcome.result().history().size() >= 300);
            tally.add(outcome);
        }
        assertEquals(List.of(), tally.probesDark());
    }
}
