package dev.whitewater.sim;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.CompanyPlan;
import dev.whitewater.sim.plan.DelayPlan;
import dev.whitewater.sim.plan.HabitPlan;
import dev.whitewater.sim.plan.LatencyPlan;
import dev.whitewater.sim.plan.NetworkPlan;
import dev.whitewater.sim.plan.OperationMix;
import dev.whitewater.sim.plan.PhasePlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.plan.ServicePlan;
import dev.whitewater.sim.plan.WorkloadPlan;

import org.junit.jupiter.api.Test;

import java.util.List;

/** M37 gives watches the time that all they have to tell takes on the streams that they have. */
class SlowWatchesTest {

    @Test
    void manyAnswersOneAtATimeAreNotConvergenceMissed() {
        RunPlan plan = slow(Plans.calm(1));
        RunResult result = new Run(plan, RaftRules.HONEST, RunOptions.QUICK).run();
        assertInstanceOf(Verdict.Passed.class, result.verdict());
        long withoutWatches = plan.phases().faultsUntilNanos() + plan.livenessBoundNanos();
        assertTrue(result.virtualNanos() > withoutWatches, "the watches need time of their own");
    }

    /** Ten clients write while a round trip brings a watcher one change of one of its watches. */
    private static RunPlan slow(RunPlan calm) {
        ClusterPlan cluster = calm.cluster();
        long delay = 40 * Plans.MILLI;
        return new RunPlan(
                calm.name(),
                calm.seed(),
                new ClusterPlan(
                        1,
                        cluster.electionTimeoutNanos(),
                        cluster.heartbeatNanos(),
                        cluster.preVote(),
                        cluster.checkQuorum(),
                        cluster.walSegmentBytes(),
                        0,
                        cluster.limits(),
                        new ServicePlan(1, 600 * Plans.SECOND, 0, 1)),
                new NetworkPlan(
                        new DelayPlan(delay, delay, delay),
                        Ratio.NEVER,
                        Ratio.NEVER,
                        Ratio.NEVER,
                        Ratio.NEVER,
                        0,
                        Ratio.NEVER),
                calm.disk(),
                calm.clocks(),
                new WorkloadPlan(
                        10,
                        4,
                        0,
                        new LatencyPlan(Plans.MILLI, 2 * Plans.MILLI),
                        new OperationMix(1, 0, 0, 0, 0),
                        0,
                        Plans.SECOND,
                        new CompanyPlan(0, 2, 0, 0, 0),
                        HabitPlan.NONE),
                List.of(),
                new PhasePlan(10 * Plans.SECOND, 0));
    }
}
