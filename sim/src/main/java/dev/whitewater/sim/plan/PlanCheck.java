package dev.whitewater.sim.plan;

/** The messages of refused plans: the field, what it may hold, what it was given. */
final class PlanCheck {

    /** A virtual day of nanoseconds: no duration in a plan is longer, so sums never overflow. */
    static final long DAY_NANOS = 86_400_000_000_000L;

    private PlanCheck() {}

    static void inRange(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    field + ": expected " + min + ".." + max + ", got " + value);
        }
    }

    static void nanos(String field, long value, long min) {
        inRange(field, value, min, DAY_NANOS);
    }

    static void present(String field, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": expected a value, got nothing");
        }
    }

    static void that(boolean condition, String field, String expected, Object got) {
        if (!condition) {
            throw new IllegalArgumentException(field + ": expected " + expected + ", got " + got);
        }
    }
}
