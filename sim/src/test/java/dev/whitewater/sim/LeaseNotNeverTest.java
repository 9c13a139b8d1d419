package dev.whitewater.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.sim.monitor.PhantomLease;

import org.junit.jupiter.api.Test;

/** M31: a lease that nobody renews and nobody ends is missed when all faults are over. */
class LeaseNotNeverTest {

    @Test
    void aLeaseThatMembersForgotToEndIsFound() {
        Run run = new Run(Plans.calm(3), RaftRules.HONEST, RunOptions.QUICK);
        PhantomLease.grant(run.monitors().leases(), 77, 2);
        Verdict.Violated violated = assertInstanceOf(Verdict.Violated.class, run.run().verdict());
        assertEquals("M31", violated.monitor());
    }

    @Test
    void withoutItTheSameRunPasses() {
        Run run = new Run(Plans.calm(3), RaftRules.HONEST, RunOptions.QUICK);
        assertInstanceOf(Verdict.Passed.class, run.run().verdict());
    }
}
