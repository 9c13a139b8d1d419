package dev.whitewater.sim.plan;

import java.util.List;

/**
 * The phases of a run: faults, then healing, at first perhaps but for some links.
 *
 * @param faultsUntilNanos at this moment every fault ends, every member is started, every link is
 *     whole, and no new fault begins
 * @param livenessBoundNanos how long the healed cluster may take to have a leader, serve a write
 *     and a read, and converge; 0 for the bound that follows from the plan's delays, see {@link
 *     LivenessBound}
 * @param stillCut links that stay cut, and that only, until a leader was shown to stay and to serve
 *     nevertheless. Among a majority of members every link must be whole
 */
public record PhasePlan(long faultsUntilNanos, long livenessBoundNanos, List<Fault.Link> stillCut) {

    public PhasePlan {
        PlanCheck.nanos("faultsUntilNanos", faultsUntilNanos, 1);
        PlanCheck.nanos("livenessBoundNanos", livenessBoundNanos, 0);
        PlanCheck.present("stillCut", stillCut);
        stillCut = List.copyOf(stillCut);
    }

    /** Every link is whole at once. */
    public PhasePlan(long faultsUntilNanos, long livenessBoundNanos) {
        this(faultsUntilNanos, livenessBoundNanos, List.of());
    }
}
