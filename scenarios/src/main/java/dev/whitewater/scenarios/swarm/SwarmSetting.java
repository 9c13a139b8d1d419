package dev.whitewater.scenarios.swarm;

import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.PhasePlan;

/**
 * What the faults of a run are drawn for.
 *
 * @param share how many in a hundred of the kinds that the grade would arm are armed in this run
 */
record SwarmSetting(Draws draws, Rapids rapids, ClusterPlan cluster, PhasePlan phases, int share) {

    /** Faults begin when the first leader may be settled. */
    static final long QUIET_START_NANOS = 500_000_000;

    static SwarmSetting of(Draws all, Rapids rapids, ClusterPlan cluster, PhasePlan phases) {
        Draws draws = all.fork("faults");
        int share = draws.pick("share", 100, 100, 100, 50, 20);
        return new SwarmSetting(draws, rapids, cluster, phases, share);
    }

    /** Whether members come and go; if not, disks may be damaged. */
    boolean changesMembership() {
        return phases.stillCut().isEmpty() && draws.fork("operators").chance("membership", 50);
    }

    /** Whether all faults are over then; they end a moment before the healing. */
    boolean isOver(long nanos) {
        return nanos >= phases.faultsUntilNanos();
    }
}
