package dev.whitewater.scenarios.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.scenarios.Durations;
import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.swarm.Rapids;
import dev.whitewater.scenarios.swarm.SwarmPlans;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

class ScenarioRoundTripTest {

    private static PlannedRun reread(PlannedRun run) {
        byte[] file = ScenarioWriter.write(run).getBytes(StandardCharsets.UTF_8);
        return ScenarioFile.readExact("plan.yaml", file);
    }

    @Test
    void namedScenariosAreTheSameAfterWritingAndReading() {
        for (String name : NamedScenarios.names()) {
            PlannedRun run = NamedScenarios.byName(name);
            assertEquals(run, reread(run));
        }
    }

    @Property(tries = 300)
    void randomPlansAreTheSameAfterWritingAndReading(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll Rapids rapids) {
        PlannedRun run = SwarmPlans.expand(seed, rapids).withBugs(List.of("read-no-confirm"));
        PlannedRun read = reread(run);
        assertEquals(run.scenario(), read.scenario());
        assertEquals(run.bugs(), read.bugs());
        assertEquals(run.rapids(), read.rapids());
    }

    @Property(tries = 500)
    void durationsAreTheSameAfterWritingAndReading(
            @ForAll @LongRange(min = 0, max = 86_400_000_000_000L) long nanos) {
        assertEquals(nanos, Durations.parse(Durations.write(nanos)));
    }

    @Test
    void durationsReadWell() {
        assertEquals("150ms", Durations.write(150_000_000L));
        assertEquals("90s", Durations.write(90_000_000_000L));
        assertEquals("2m", Durations.write(120_000_000_000L));
        assertEquals("1500us", Durations.write(1_500_000L));
        assertEquals("0s", Durations.write(0));
    }

    @Test
    void exactPlanMayLeaveNothingOut() {
        String plan = ScenarioWriter.write(NamedScenarios.byName("calm"));
        String without = plan.replace("  drift-ppm: 100\n", "");
        InputRefused refused =
                assertThrows(
                        InputRefused.class,
                        () ->
                                ScenarioFile.readExact(
                                        "plan.yaml", without.getBytes(StandardCharsets.UTF_8)));
        assertTrue(
                refused.getMessage()
                        .endsWith("expected the field \"drift-ppm\", found a table without it"),
                refused.getMessage());
    }

    @Test
    void everyPrefixOfAnExactPlanIsRefused() {
        String plan = ScenarioWriter.write(NamedScenarios.byName("leader-crash"));
        int complete = plan.indexOf("liveness-bound: 0s") + "liveness-bound: 0s".length();
        for (int length = 0; length < complete; length++) {
            byte[] prefix = plan.substring(0, length).getBytes(StandardCharsets.UTF_8);
            assertThrows(InputRefused.class, () -> ScenarioFile.readExact("plan.yaml", prefix));
        }
    }

    @Test
    void overriddenFieldsAreCheckedAsIfTheyStoodInTheFile() {
        byte[] file = NamedScenarios.source("leader-crash");
        PlannedRun changed =
                ScenarioFile.read(
                        "leader-crash.yaml",
                        file,
                        List.of("network.loss=1/50", "faults.f1.at=9s", "cluster.members=5"));
        assertEquals("1/50", changed.scenario().plan().network().loss().toString());
        assertEquals(9_000_000_000L, changed.scenario().plan().faults().getFirst().atNanos());
        assertEquals(5, changed.scenario().plan().cluster().members());
        InputRefused refused =
                assertThrows(
                        InputRefused.class,
                        () -> ScenarioFile.read("s.yaml", file, List.of("cluster.members=0")));
        assertEquals(
                "--set cluster.members=0:1:1: cluster.members: expected a whole number from 1 to"
                        + " 9, found 0",
                refused.getMessage());
    }
}
