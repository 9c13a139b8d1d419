package dev.whitewater.sim.plan;

/**
 * How all clients go about it.
 *
 * @param forwarded how many requests leave it to the member to find the leader
 * @param quietEveryNanos a quiet period ends each such period of time; 0: there are none
 * @param quietNanos for so long nobody begins anything; who would have, does so at its end
 */
public record HabitPlan(Ratio forwarded, long quietEveryNanos, long quietNanos) {

    public static final HabitPlan NONE = new HabitPlan(Ratio.NEVER, 0, 0);

    public HabitPlan {
        PlanCheck.present("forwarded", forwarded);
        PlanCheck.nanos("quietEveryNanos", quietEveryNanos, 0);
        PlanCheck.nanos("quietNanos", quietNanos, 0);
        PlanCheck.that(
                quietNanos == 0 || quietNanos < quietEveryNanos,
                "quietNanos",
                "less than " + quietEveryNanos,
                quietNanos);
    }

    /** When something that was to begin at {@code nanos} begins. */
    public long after(long nanos) {
        if (quietNanos == 0) {
            return nanos;
        }
        long into = nanos % quietEveryNanos;
        return into < quietEveryNanos - quietNanos ? nanos : nanos - into + quietEveryNanos;
    }
}
