package dev.whitewater.sim.plan;

/**
 * The clients, each a session with one operation at a time.
 *
 * @param keys they work on {@code k0 .. k<keys-1>}
 * @param operations in total, over all clients, until faults end; 0 for as many as fit
 * @param think the pause between an answer and the next operation
 * @param valueBytes values are padded to this length; 0 for as short as unique values can be
 * @param timeoutNanos after this a client gives its operation up: its fate is unknown
 * @param company clients of other kinds, numbered after these
 * @param habits how all of them go about it
 */
public record WorkloadPlan(
        int clients,
        int keys,
        long operations,
        LatencyPlan think,
        OperationMix mix,
        int valueBytes,
        long timeoutNanos,
        CompanyPlan company,
        HabitPlan habits) {

    public WorkloadPlan {
        PlanCheck.inRange("clients", clients, 0, 10_000);
        PlanCheck.inRange("keys", keys, 1, 1_000_000);
        PlanCheck.inRange("operations", operations, 0, 1_000_000_000L);
        PlanCheck.present("think", think);
        PlanCheck.present("mix", mix);
        PlanCheck.inRange("valueBytes", valueBytes, 0, 1 << 20);
        PlanCheck.nanos("timeoutNanos", timeoutNanos, 1);
        PlanCheck.present("company", company);
        PlanCheck.present("habits", habits);
    }

    /** Clients that are alone and always at it. */
    public WorkloadPlan(
            int clients,
            int keys,
            long operations,
            LatencyPlan think,
            OperationMix mix,
            int valueBytes,
            long timeoutNanos) {
        this(
                clients,
                keys,
                operations,
                think,
                mix,
                valueBytes,
                timeoutNanos,
                CompanyPlan.NONE,
                HabitPlan.NONE);
    }
}
