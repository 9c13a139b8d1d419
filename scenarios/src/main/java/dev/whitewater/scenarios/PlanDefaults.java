package dev.whitewater.scenarios;

import dev.whitewater.sim.plan.ClockPlan;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.DelayPlan;
import dev.whitewater.sim.plan.DiskPlan;
import dev.whitewater.sim.plan.LatencyPlan;
import dev.whitewater.sim.plan.NetworkPlan;
import dev.whitewater.sim.plan.OperationMix;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.plan.WorkloadPlan;

/**
 * What a scenario file means when it leaves a field out: a healthy cluster in one data centre, and
 * etcd's own proportions of heartbeat to election timeout (1 : 10).
 */
public final class PlanDefaults {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    public static final ClusterPlan CLUSTER =
            new ClusterPlan(
                    3, 1_000 * MILLI, 100 * MILLI, true, true, 1 << 16, ClusterPlan.Limits.DEFAULT);

    public static final NetworkPlan NETWORK =
            new NetworkPlan(
                    new DelayPlan(500 * MICRO, 2 * MILLI, 20 * MILLI),
                    Ratio.NEVER,
                    Ratio.NEVER,
                    Ratio.NEVER,
                    Ratio.NEVER,
                    0,
                    Ratio.NEVER);

    public static final DiskPlan DISK =
            new DiskPlan(
                    new LatencyPlan(50 * MICRO, 500 * MICRO),
                    new LatencyPlan(500 * MICRO, 5 * MILLI),
                    Ratio.NEVER,
                    0,
                    Ratio.NEVER,
                    false);

    public static final ClockPlan CLOCKS = new ClockPlan(10 * MILLI, 100);

    public static final WorkloadPlan WORKLOAD =
            new WorkloadPlan(
                    4,
                    4,
                    0,
                    new LatencyPlan(10 * MILLI, 100 * MILLI),
                    new OperationMix(5, 5, 1, 2, 1),
                    0,
                    2_000 * MILLI);

    /** {@code liveness-bound: 0s}: as long as the plan's own delays ask for. */
    public static final long LIVENESS_BOUND_DERIVED = 0;

    private PlanDefaults() {}
}
