package dev.whitewater.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.ClientOperation.Outcome;

import org.junit.jupiter.api.Test;

import java.util.TreeSet;

final class UnclaimedTest {

    @Test
    void everyRevisionIsClaimedByOneAnswerOrIsAmongTheUnclaimed() {
        int unclaimed = 0;
        int claimed = 0;
        for (long seed = 1; seed <= 8; seed++) {
            RunResult run = Simulation.run(Plans.rough(seed), RaftRules.HONEST, RunOptions.QUICK);
            TreeSet<Long> revisions = new TreeSet<>();
            for (ClientOperation operation : run.history()) {
                if (isAnsweredChange(operation)) {
                    claimed++;
                    assertTrue(revisions.add(operation.revision()), operation::toString);
                }
            }
            for (ClientOperation operation : run.unclaimed()) {
                unclaimed++;
                assertTrue(revisions.add(operation.revision()), operation::toString);
            }
            if (!revisions.isEmpty()) {
                assertEquals(2, revisions.first());
                assertEquals(revisions.size() + 1, revisions.last());
            }
        }
        assertTrue(claimed > 100 && unclaimed > 5, claimed + " claimed, " + unclaimed + " not");
    }

    private static boolean isAnsweredChange(ClientOperation operation) {
        if (operation.outcome() != Outcome.OK) {
            return false;
        }
        return switch (operation.kind()) {
            case PUT -> true;
            case CAS -> operation.result().equals("true");
            case DELETE -> operation.result().equals("1");
            default -> false;
        };
    }
}
