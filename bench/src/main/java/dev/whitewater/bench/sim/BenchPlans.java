package dev.whitewater.bench.sim;

import dev.whitewater.sim.plan.ClockPlan;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.DelayPlan;
import dev.whitewater.sim.plan.DiskPlan;
import dev.whitewater.sim.plan.LatencyPlan;
import dev.whitewater.sim.plan.NetworkPlan;
import dev.whitewater.sim.plan.OperationMix;
import dev.whitewater.sim.plan.PhasePlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.plan.WorkloadPlan;

import java.util.List;

/** The plans that are measured: nothing goes wrong in them. */
final class BenchPlans {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /** So many clients that think for 13 ms and wait for about 10 ask 1,000 times a second. */
    private static final int CLIENTS = 23;

    private static final int VALUE_BYTES = 256;

    private static final OperationMix ALL_KEPT = new OperationMix(1, 1, 0, 0, 0);
    private static final OperationMix COMPACTED = new OperationMix(500, 500, 0, 0, 0, 0, 0, 0, 1);

    private BenchPlans() {}

    /** Five members, heartbeats of 100 ms, no clients. */
    static RunPlan quiet(long seed, long seconds) {
        return plan("quiet", seed, 5, 0, ALL_KEPT, seconds);
    }

    /** About 1,000 operations a second, half of them writes of 256 bytes. */
    static RunPlan loaded(long seed, int members, long seconds) {
        return plan("load", seed, members, CLIENTS, ALL_KEPT, seconds);
    }

    /** The same, and what is superseded is compacted about once a second, as operators do. */
    static RunPlan compacted(long seed, int members, long seconds) {
        return plan("compacted", seed, members, CLIENTS, COMPACTED, seconds);
    }

    private static RunPlan plan(
            String name, long seed, int members, int clients, OperationMix mix, long seconds) {
        return new RunPlan(
                name,
                seed,
                new ClusterPlan(
                        members,
                        1_000 * MILLI,
                        100 * MILLI,
                        true,
                        true,
                        1 << 20,
                        ClusterPlan.Limits.DEFAULT),
                new NetworkPlan(
                        new DelayPlan(MILLI / 5, MILLI / 2, 2 * MILLI),
                        Ratio.NEVER,
                        Ratio.NEVER,
                        Ratio.NEVER,
                        Ratio.NEVER,
                        0,
                        Ratio.NEVER),
                new DiskPlan(
                        new LatencyPlan(MILLI / 50, MILLI / 10),
                        new LatencyPlan(MILLI / 2, MILLI),
                        Ratio.NEVER,
                        0,
                        new Ratio(1, 2),
                        false),
                ClockPlan.PERFECT,
                new WorkloadPlan(
                        clients,
                        100,
                        0,
                        new LatencyPlan(12 * MILLI, 14 * MILLI),
                        mix,
                        VALUE_BYTES,
                        SECOND),
                List.of(),
                new PhasePlan(seconds * SECOND, 0));
    }
}
