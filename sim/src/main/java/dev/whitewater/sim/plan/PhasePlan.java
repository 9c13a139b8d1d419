package dev.whitewater.sim.plan;

/**
 * The two phases of a run: faults, then healing.
 *
 * @param faultsUntilNanos at this moment every fault ends, every member is started, every link is
 *     whole, and no new fault begins
 * @param livenessBoundNanos how long the healed cluster may take to have a leader, serve a write
 *     and a read, and converge; 0 for the bound that follows from the plan's delays, see {@link
 *     LivenessBound}
 */
public record PhasePlan(long faultsUntilNanos, long livenessBoundNanos) {

    public PhasePlan {
        PlanCheck.nanos("faultsUntilNanos", faultsUntilNanos, 1);
        PlanCheck.nanos("livenessBoundNanos", livenessBoundNanos, 0);
    }
}
