package dev.whitewater.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.scenarios.swarm.Rapids;
import dev.whitewater.scenarios.swarm.SwarmPlans;
import dev.whitewater.scenarios.swarm.SwarmTally;

import org.junit.jupiter.api.Test;

import java.util.List;

/** A short swarm over fixed seeds comes into every situation that is listed, or the list lies. */
class ProbesTest {

    /** Ends early when there is nothing left to wait for. */
    private static SwarmTally swarm(Rapids rapids, int seeds) {
        SwarmTally tally = new SwarmTally();
        for (long seed = 1; seed <= seeds && !tally.probesDark().isEmpty(); seed++) {
            RunOutcome outcome = Runner.quick(SwarmPlans.expand(seed, rapids));
            assertTrue(outcome.judgement().isPassed(), outcome.judgement()::message);
            tally.add(outcome);
        }
        return tally;
    }

    @Test
    void noProbeIsDark() {
        SwarmTally tally = swarm(Rapids.V, 80);
        assertEquals(List.of(), tally.probesDark());
        int met = tally.faultPairs().size();
        assertTrue(met > SwarmTally.faultPairsPossible() / 3, "only " + met + " pairs met");
    }

    @Test
    void aCalmSwarmLeavesProbesDark() {
        SwarmTally tally = swarm(Rapids.I, 2);
        assertTrue(tally.probesDark().contains("fault-crash"));
        assertTrue(tally.probesDark().contains("leader-crashed-mid-append"));
    }
}
