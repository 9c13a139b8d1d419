package dev.whitewater.sim.plan;

/**
 * How far members' clocks are apart. Each member draws its own offset from {@code
 * 0..offsetNanosMax} and its own drift from {@code -driftPpmMax..driftPpmMax} parts per million.
 */
public record ClockPlan(long offsetNanosMax, int driftPpmMax) {

    public static final ClockPlan PERFECT = new ClockPlan(0, 0);

    public ClockPlan {
        PlanCheck.nanos("offsetNanosMax", offsetNanosMax, 0);
        PlanCheck.inRange("driftPpmMax", driftPpmMax, 0, 500_000);
    }
}
