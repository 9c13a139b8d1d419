package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BugsHuntCommandTest {

    @Test
    void bugThatIsFoundIsToldWithItsMonitorAndTheScore() {
        Session session =
                Session.of("bugs", "hunt", "vote-not-persisted", "--seeds", "1..5", "--json");
        assertEquals("", session.err());
        assertEquals(ExitCode.PASSED, session.exitCode());
        assertEquals("vote-not-persisted", session.json("id"));
        assertEquals("election", session.json("layer"));
        assertEquals("true", session.json("killed"));
        assertEquals("M11", session.json("monitor"));
        assertNotEquals("0", session.json("probe"));
        String summary = session.out().lines().reduce((first, last) -> last).orElseThrow();
        assertEquals(
                "{\"summary\":true,\"killed\":1,\"total\":1,\"score\":1.0,\"falseAlarms\":0}",
                summary);
    }

    @Test
    void bugThatSurvivesIsNoSuccess() {
        Session session =
                Session.of("bugs", "hunt", "conf-two-pending", "--rapids", "I", "--seeds", "1..1");
        assertEquals(ExitCode.UNKNOWN, session.exitCode());
        assertTrue(session.out().contains("survived"), session.out());
        assertTrue(session.out().contains("no run came to where it is wrong"), session.out());
        assertTrue(
                session.out().contains("0 of 1 found; honest runs of the same seeds: none blamed"),
                session.out());
    }

    @Test
    void unknownBugIsRefused() {
        Session session = Session.of("bugs", "hunt", "vote-not-persistet");
        assertEquals(ExitCode.USAGE, session.exitCode());
        assertTrue(session.err().contains("did you mean vote-not-persisted?"), session.err());
        assertTrue(session.errIsOneLine());
    }
}
