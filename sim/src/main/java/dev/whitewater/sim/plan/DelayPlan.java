package dev.whitewater.sim.plan;

/**
 * How long a frame is under way: half of the frames take {@code minNanos..typicalNanos}, the other
 * half {@code typicalNanos..maxNanos} with longer ones ever rarer.
 */
public record DelayPlan(long minNanos, long typicalNanos, long maxNanos) {

    public DelayPlan {
        PlanCheck.nanos("minNanos", minNanos, 0);
        PlanCheck.nanos("typicalNanos", typicalNanos, 0);
        PlanCheck.nanos("maxNanos", maxNanos, 0);
        PlanCheck.that(
                minNanos <= typicalNanos,
                "typicalNanos",
                "at least minNanos " + minNanos,
                typicalNanos);
        PlanCheck.that(
                typicalNanos <= maxNanos,
                "maxNanos",
                "at least typicalNanos " + typicalNanos,
                maxNanos);
    }
}
