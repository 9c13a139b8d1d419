package dev.whitewater.sim.plan;

/** A duration drawn evenly from {@code minNanos..maxNanos}. */
public record LatencyPlan(long minNanos, long maxNanos) {

    public LatencyPlan {
        PlanCheck.nanos("minNanos", minNanos, 0);
        PlanCheck.nanos("maxNanos", maxNanos, 0);
        PlanCheck.that(minNanos <= maxNanos, "maxNanos", "at least minNanos " + minNanos, maxNanos);
    }
}
