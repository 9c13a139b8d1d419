package dev.whitewater.sim.plan;

/**
 * A fault with its time.
 *
 * @param id names the fault in traces and is the key of its decisions: renaming a fault re-draws
 *     them, moving or removing another fault does not
 * @param atNanos when it fires, since the start of the run
 * @param forNanos when it ends, since it fired
 */
public record FaultPlan(String id, long atNanos, long forNanos, Fault fault) {

    public FaultPlan {
        PlanCheck.present("id", id);
        PlanCheck.that(!id.isBlank(), "id", "a name", "nothing");
        PlanCheck.nanos("atNanos", atNanos, 0);
        PlanCheck.nanos("forNanos", forNanos, 0);
        PlanCheck.present("fault", fault);
    }
}
