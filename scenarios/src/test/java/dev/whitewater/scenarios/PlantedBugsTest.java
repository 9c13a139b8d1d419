package dev.whitewater.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.Rule;
import dev.whitewater.scenarios.bugs.Bug;
import dev.whitewater.scenarios.bugs.BugCatalogue;
import dev.whitewater.scenarios.swarm.Rapids;
import dev.whitewater.scenarios.swarm.SwarmPlans;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class PlantedBugsTest {
    private static final long SEEDS = 60;

    /** Seeds that find those which the first ones don't. */
    private static final Map<String, Long> FOUND =
            Map.ofEntries(
                    Map.entry("learner-refuses-vote", 4L),
                    Map.entry("no-stickiness", 3L),
                    Map.entry("checkquorum-counts-learners", 4L),
                    Map.entry("prevote-lower-term-ignored", 4L),
                    Map.entry("commit-prior-term", 4L),
                    Map.entry("commit-counts-learners", 3L),
                    Map.entry("joint-one-quorum", 11L),
                    Map.entry("noop-off-by-one", 4L),
                    Map.entry("read-no-confirm", 3L),
                    Map.entry("read-no-noop", 2L),
                    Map.entry("read-counts-nonvoters", 3L),
                    Map.entry("conf-no-term-commit", 3L),
                    Map.entry("conf-two-pending", 3L),
                    Map.entry("conf-not-rolled-back", 3L),
                    Map.entry("nonvoter-campaigns", 4L),
                    Map.entry("leader-removes-self-stuck", 3L),
                    Map.entry("joint-recovered-early", 3L),
                    Map.entry("joint-lost-in-snapshot", 3L),
                    Map.entry("snap-term-regress", 3L));

    /** Too rare for a test; docs/bugs-found.md says how long a swarm looks for them. */
    private static final List<String> RARE =
            List.of(
                    "vote-stale-term-accepted",
                    "ack-old-term",
                    "timeoutnow-nonmember",
                    "snap-holds-unchecked",
                    "snapshot-state-stuck");

    @TestFactory
    Stream<DynamicTest> isCaughtByAMonitorNamedForItAndGoneWithoutIt() {
        return BugCatalogue.all().stream()
                .filter(bug -> !RARE.contains(bug.id()))
                .map(bug -> DynamicTest.dynamicTest(bug.id(), () -> caught(bug)));
    }

    private static void caught(Bug bug) {
        // Where it was found last time; plans change, and then it is looked for.
        long first = FOUND.getOrDefault(bug.id(), 1L);
        for (long i = 0; i < SEEDS; i++) {
            long seed = first + i;
            PlannedRun honest = SwarmPlans.expand(seed, Rapids.V);
            PlannedRun planted = honest.withBugs(List.of(bug.id()));
            Judgement judgement = Runner.quick(planted).judgement();
            if (!judgement.isPassed()) {
                boolean named =
                        bug.monitors().contains(judgement.monitor())
                                || judgement.monitor().startsWith("core:");
                assertTrue(named, judgement.toString());
                assertEquals(judgement, Runner.quick(planted).judgement(), "again the same");
                assertTrue(Runner.quick(honest).judgement().isPassed(), "honest, it passes");
                assertEquals(
                        "./whitewater run swarm --rapids V --seed " + seed + " --bug " + bug.id(),
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
    void rareBugsBreakOneRuleAndKeepTheOthers() {
        for (String id : RARE) {
            long broken =
                    Stream.of(Rule.values())
                            .filter(rule -> !BugCatalogue.byId(id).planted().keeps(rule))
                            .count();
            assertEquals(1, broken, id);
        }
        var both = BugCatalogue.rules(List.of("ack-old-term", "read-no-noop"));
        assertEquals(false, both.keeps(Rule.ACKNOWLEDGEMENTS_COUNT_IN_THEIR_TERM));
        assertEquals(false, both.keeps(Rule.READS_WAIT_FOR_OWN_COMMIT));
        assertEquals(true, both.keeps(Rule.ONE_CHANGE_AT_A_TIME));
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
