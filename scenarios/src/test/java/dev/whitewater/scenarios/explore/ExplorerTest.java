package dev.whitewater.scenarios.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.scenarios.explore.ExploreResult.Outcome;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.TreeSet;

/** Small explorations to the end; planted bugs with the shortest way to them. */
final class ExplorerTest {

    private static ExploreBounds bounds(
            int members, int terms, int proposals, int crashes, boolean symmetry) {
        return new ExploreBounds(members, terms, proposals, crashes, false, symmetry, 2_000_000);
    }

    @Test
    void threeMembersInOneTermWithACrashAreExploredToTheEnd() {
        ExploreResult result = Explorer.explore(bounds(3, 1, 1, 1, true), RaftRules.HONEST);
        assertEquals(Outcome.COMPLETE, result.outcome(), result.invariant());
        assertEquals(4693, result.states());
    }

    @Test
    void symmetryLeavesOutNothingButRenamings() {
        ExploreResult all = Explorer.explore(bounds(3, 1, 1, 1, false), RaftRules.HONEST);
        ExploreResult reduced = Explorer.explore(bounds(3, 1, 1, 1, true), RaftRules.HONEST);
        assertEquals(all.states(), reduced.unreducedStates());
        assertTrue(reduced.states() * 5 < all.states());
    }

    /**
     * Against an exploration without any reduction: where no member writes, the roles, terms, votes
     * and logs that the members can be in together are the same.
     */
    @Test
    void theReductionsLeaveOutNoStateInWhichNobodyWrites() {
        for (ExploreBounds bounds : List.of(bounds(2, 2, 1, 1, false), bounds(3, 1, 0, 1, false))) {
            TreeSet<String> reduced = new TreeSet<>();
            Explorer.visit(bounds, RaftRules.HONEST, members -> add(reduced, members));
            TreeSet<String> plain = new TreeSet<>();
            PlainExplorer.visit(bounds, members -> add(plain, members));
            assertEquals(plain, reduced);
        }
    }

    private static void add(TreeSet<String> seen, List<MemberState> members) {
        StringBuilder text = new StringBuilder();
        for (MemberState member : members) {
            if (member.isWriting()) {
                return;
            }
            MemberState.Facts facts = member.facts();
            text.append(facts.role()).append(' ').append(facts.term()).append(' ');
            text.append(facts.vote()).append(facts.log()).append(facts.durable()).append('|');
        }
        seen.add(text.toString());
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
        assertEquals("n1 times out", result.trace().getFirst());
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
