package dev.whitewater.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.scenarios.bugs.Bug;
import dev.whitewater.scenarios.bugs.BugCatalogue;
import dev.whitewater.scenarios.swarm.Rapids;
import dev.whitewater.scenarios.swarm.SwarmPlans;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

class PlantedBugsTest {
    private static final long SEEDS = 40;

    @TestFactory
    Stream<DynamicTest> isCaughtByAMonitorNamedForItAndGoneWithoutIt() {
        return BugCatalogue.all().stream()
                .map(bug -> DynamicTest.dynamicTest(bug.id(), () -> caught(bug)));
    }

    private static void caught(Bug bug) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            PlannedRun honest = SwarmPlans.expand(seed, Rapids.IV);
            PlannedRun planted = honest.withBugs(List.of(bug.id()));
            Judgement judgement = Runner.quick(planted).judgement();
            if (!judgement.isPassed()) {
                boolean named =
                        bug.monitors().contains(judgement.monitor())
                                || judgement.monitor().startsWith("core:");
                assertTrue(named, judgement.toString());
                assertEquals(Judgement.Kind.SAFETY_VIOLATED, judgement.kind());
                assertEquals(judgement, Runner.quick(planted).judgement(), "again the same");
                assertTrue(Runner.quick(honest).judgement().isPassed(), "honest, it passes");
                assertEquals(
                        "./whitewater run swarm --rapids IV --seed " + seed + " --bug " + bug.id(),
                        planted.reproduce());
                return;
            }
        }
        throw new AssertionError(bug.id() + " was not caught in seeds 1.." + SEEDS);
    }

    @Test
    void severalBugsPlantedTogetherAreEachBroken() {
        var rules = BugCatalogue.rules(List.of("read-no-confirm", "ack-before-fsync"));
        assertEquals(false, rules.readWaitsForQuorum());
        assertEquals(false, rules.acknowledgementWaitsForDisk());
        assertEquals(true, rules.voteWaitsForDisk());
        assertEquals(false, rules.truncatesWithoutConflict());
        assertEquals(false, rules.commitsByCounting(1, 2));
    }

    @Test
    void everyBugHasAStoryAndAnIdOfItsOwn() {
        assertEquals(BugCatalogue.ids().size(), BugCatalogue.ids().stream().distinct().count());
        for (Bug bug : BugCatalogue.all()) {
            assertNotEquals("", bug.story());
            assertTrue(bug.source().contains("thesis"), "names the rule that is broken");
        }
    }
}
