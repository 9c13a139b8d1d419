package dev.whitewater.sim.plan;

/**
 * Every member's disk, faults apart.
 *
 * @param write how long a write, truncation, rename or read takes
 * @param sync how much longer a sync takes
 * @param slow commands that take up to {@code slowNanosMax} longer
 * @param survivesCrash each unsynced write and directory change that a crash leaves on the disk
 *     after all
 * @param torn whether a crash may leave parts of an unsynced write, in whole sectors
 */
public record DiskPlan(
        LatencyPlan write,
        LatencyPlan sync,
        Ratio slow,
        long slowNanosMax,
        Ratio survivesCrash,
        boolean torn) {

    public DiskPlan {
        PlanCheck.present("write", write);
        PlanCheck.present("sync", sync);
        PlanCheck.present("slow", slow);
        PlanCheck.nanos("slowNanosMax", slowNanosMax, 0);
        PlanCheck.present("survivesCrash", survivesCrash);
    }
}
