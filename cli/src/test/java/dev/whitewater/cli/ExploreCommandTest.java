package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ExploreCommandTest {

    private static Session explore(String bounds) {
        String[] words = ("explore " + bounds).split(" ", -1);
        return Session.of((Object[]) words);
    }

    @Test
    void aCompleteExplorationPasses() {
        Session session = explore("--nodes 2 --terms 1 --entries 1 --crashes 1");
        assertEquals(0, session.exitCode());
        assertTrue(session.out().contains("every state seen, nothing wrong"), session.out());
    }

    @Test
    void aPlantedBugIsTheExitCodeTwoAndAScheduleToIt() {
        Session session =
                explore("--nodes 3 --terms 2 --entries 0 --crashes 1 --bug vote-not-persisted");
        assertEquals(2, session.exitCode());
        assertTrue(session.out().contains("1. n1 times out"), session.out());
    }

    @Test
    void jsonIsOneObjectWithTheStatesThatSymmetryLeavesOut() {
        String bounds = "--nodes 2 --terms 1 --entries 1 --crashes 1 --json";
        Session with = explore(bounds);
        Session without = explore(bounds + " --no-symmetry");
        assertEquals(0, with.exitCode());
        assertEquals(1, with.out().lines().count());
        assertEquals("passed", with.json("verdict"));
        assertEquals(with.json("unreducedStates"), without.json("states"));
    }

    @Test
    void givingUpIsNoPass() {
        Session session =
                Session.of("explore", "--entries", "9", "--terms", "5", "--timeout", "1ms");
        assertEquals(4, session.exitCode());
        assertTrue(session.out().contains("unknown"), session.out());
    }

    @Test
    void whatCannotBeExploredIsWrongUsage() {
        assertEquals(64, Session.of("explore", "--nodes", "6").exitCode());
        assertEquals(64, Session.of("explore", "--bug", "nonsense").exitCode());
        assertEquals(64, Session.of("explore", "--timeout", "soon").exitCode());
    }
}
