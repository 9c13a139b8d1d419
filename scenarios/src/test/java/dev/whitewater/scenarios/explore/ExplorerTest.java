package dev.whitewater.scenarios.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.scenarios.explore.ExploreResult.Outcome;

import org.junit.jupiter.api.Test;

/** Small explorations to the end; planted bugs with the shortest way to them. */
final class ExplorerTest {

    private static ExploreBounds bounds(
            int members, int terms, int proposals, int crashes, boolean symmetry) {
        return new ExploreBounds(members, terms, proposals, crashes, false, symmetry, 2_000_000);
    }

    @Test
    void threeMembersInOneTermWithACrashAreExploredToTheEnd() {
        ExploreResult result = Explorer.explore(bounds(3, 1, 0, 1, true), RaftRules.HONEST);
        assertEquals(Outcome.COMPLETE, result.outcome(), result.invariant());
        assertEquals(5384, result.states());
        assertEquals(21, result.depth());
    }

    @Test
    void symmetryLeavesOutNothingButRenamings() {
        ExploreResult all = Explorer.explore(bounds(3, 1, 0, 1, false), RaftRules.HONEST);
        ExploreResult reduced = Explorer.explore(bounds(3, 1, 0, 1, true), RaftRules.HONEST);
        assertEquals(all.states(), reduced.unreducedStates());
        assertTrue(reduced.states() * 5 < all.states());
    }

    @Test
    void twoExplorationsSeeTheSame() {
        assertEquals(
                Explorer.explore(bounds(2, 2, 0, 1, true), RaftRules.HONEST),
                Explorer.explore(bounds(2, 2, 0, 1, true), RaftRules.HONEST));
    }

    @Test
    void votesThatAreNotOnDiskAreFound() {
        ExploreResult result =
                Explorer.explore(
                        bounds(3, 2, 0, 1, true),
                        new RaftRules() {
                            @Override
                            public boolean voteWaitsForDisk() {
                                return false;
                            }
                        });
        assertEquals(Outcome.VIOLATED, result.outcome());
        assertFalse(result.trace().isEmpty());
    }

    @Test
    void acknowledgementsBeforeTheDiskAreFound() {
        ExploreResult result =
                Explorer.explore(
                        bounds(3, 2, 0, 1, true),
                        new RaftRules() {
                            @Override
                            public boolean acknowledgementWaitsForDisk() {
                                return false;
                            }
                        });
        assertEquals(Outcome.VIOLATED, result.outcome());
        assertTrue(result.invariant().startsWith("M11-ack-durable"), result.invariant());
    }

    @Test
    void countingReplicasOfAnOlderTermIsFound() {
        ExploreResult result =
                Explorer.explore(
                        bounds(2, 2, 0, 0, true),
                        new RaftRules() {
                            @Override
                            public boolean commitsByCounting(long entryTerm, long leaderTerm) {
                                return true;
                            }
                        });
        assertEquals(Outcome.VIOLATED, result.outcome());
        assertTrue(result.invariant().startsWith("M7-own-term"), result.invariant());
    }

    @Test
    void moreStatesThanAllowedAreNoPass() {
        ExploreResult result =
                Explorer.explore(new ExploreBounds(3, 2, 2, 1, true, true, 1000), RaftRules.HONEST);
        assertEquals(Outcome.GAVE_UP, result.outcome());
    }
}
