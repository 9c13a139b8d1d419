package dev.whitewater.sim.plan;

/**
 * A probability as an integer ratio: two machines never disagree about it, and a plan prints it
 * exactly.
 */
public record Ratio(int numerator, int denominator) {

    public static final Ratio NEVER = new Ratio(0, 1);
    public static final Ratio ALWAYS = new Ratio(1, 1);

    public Ratio {
        PlanCheck.inRange("denominator", denominator, 1, Integer.MAX_VALUE);
        PlanCheck.inRange("numerator", numerator, 0, denominator);
    }

    public boolean isNever() {
        return numerator == 0;
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
