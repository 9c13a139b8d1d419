package dev.whitewater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.scenarios.io.NamedScenarios;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The gate: salted and identity hashes differ per JVM, so only other processes tell something. */
class DeterminismTest {

    @Test
    void everyScenarioAndARandomRunAreEqualInFreshJvmsWithHostileFlags() {
        Session session = Session.of("determinism", "--seeds", "1..1", "--json");
        assertEquals(ExitCode.PASSED, session.exitCode(), session.err());
        assertTrue(session.out().contains("\"deterministic\":true"), session.out());
        int runs = NamedScenarios.names().size() + 1;
        assertTrue(session.out().contains("\"runs\":" + runs), session.out());
        for (JvmVariant variant : JvmVariant.all()) {
            assertTrue(session.out().contains(variant.name()), variant.name());
        }
    }

    @Test
    void aDifferenceIsTracedToItsFirstEvent() {
        Session session = Session.of("determinism", "--with-a-leak", "--seeds", "1..1", "--json");
        assertEquals(ExitCode.HARNESS_FAILED, session.exitCode(), session.err());
        assertTrue(session.out().contains("\"deterministic\":false"), session.out());
        assertTrue(session.out().contains("\"jvm\":\"leak\""), session.out());
        assertTrue(session.out().contains("frame 20 of life 1 is lost"), session.out());
    }

    @Test
    void anotherSeedLeavesAnotherHash() {
        List<String> first = hashes("1..1");
        List<String> second = hashes("2..2");
        assertEquals(first.size(), second.size());
        for (int run = 0; run < first.size(); run++) {
            assertNotEquals(first.get(run), second.get(run));
        }
    }

    private static List<String> hashes(String seeds) {
        return Session.of("determinism", "--print-hashes", "--seeds", seeds)
                .out()
                .lines()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }
}
