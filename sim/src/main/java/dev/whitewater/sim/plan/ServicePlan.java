package dev.whitewater.sim.plan;

/**
 * How members serve their clients.
 *
 * @param watchAnswerBytes of keys and values in one answer to a watch, about
 * @param watchProgressNanos how often a watch that wants to hear of progress does
 * @param leaseCheckpointNanos how often a leader notes what leases have left; 0: never
 * @param watchRoom answers under way on a watch stream before its client must have read some
 */
public record ServicePlan(
        int watchAnswerBytes, long watchProgressNanos, long leaseCheckpointNanos, int watchRoom) {

    public static final ServicePlan DEFAULT = new ServicePlan(3 << 19, 600_000_000_000L, 0, 64);

    public ServicePlan {
        PlanCheck.inRange("watchAnswerBytes", watchAnswerBytes, 1, 1 << 28);
        PlanCheck.nanos("watchProgressNanos", watchProgressNanos, 1_000_000);
        PlanCheck.nanos("leaseCheckpointNanos", leaseCheckpointNanos, 0);
        PlanCheck.inRange("watchRoom", watchRoom, 1, 1 << 16);
    }
}
