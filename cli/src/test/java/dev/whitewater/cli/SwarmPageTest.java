package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.scenarios.Runner;
import dev.whitewater.scenarios.swarm.Rapids;
import dev.whitewater.scenarios.swarm.SwarmPlans;
import dev.whitewater.scenarios.swarm.SwarmTally;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class SwarmPageTest {

    @Test
    void saysInHowManyRunsTwoKindsOfFaultsMetAndWhichNeverDid() {
        SwarmTally tally = new SwarmTally();
        tally.add(Runner.quick(SwarmPlans.expand(1, Rapids.V)));
        String page = SwarmPage.render(tally);
        long met = tally.faultPairs().size();
        assertTrue(met > 10);
        assertEquals(2 * met, page.split("<td>1</td>", -1).length - 1);
        assertTrue(page.contains("class=\"never\">0<"));
        tally.probesDark()
                .forEach(
                        probe ->
                                assertTrue(
                                        page.contains(
                                                ">" + probe + "</th><td class=\"never\">never"),
                                        probe));
    }

    @Test
    void aPageWithoutRunsSaysThatNothingWasMet() {
        String page = SwarmPage.render(new SwarmTally());
        assertTrue(page.contains("A swarm of 0 runs"));
        assertFalse(page.contains("<td>1</td>"));
    }

    @Test
    void theCommandWritesIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("swarm.html");
        Session session = Session.of("swarm", "--seeds", "1..1", "--until", "2s", "--html", file);
        assertEquals("", session.err());
        assertTrue(Files.readString(file).contains("A swarm of 1 runs"));
    }

    @Test
    void thePlanOfARandomRunIsPrintedWithWhatWasSet() {
        Session session =
                Session.of("run", "swarm", "--seed", "3", "--plan", "--set", "network.loss=1/50");
        assertTrue(session.out().contains("\n  loss: 1/50\n"), session.out());
        assertTrue(session.out().contains("\nseed: 3\n"), session.out());
    }
}
