package dev.whitewater.sim.plan;

/**
 * What every link does to frames, faults apart. Links keep the order of their frames except for
 * those that {@code reorder} or {@code late} picks.
 *
 * @param loss frames between members that vanish
 * @param duplication frames between members that arrive a second time, later
 * @param reorder frames between members that may overtake and be overtaken
 * @param late frames between members that take up to {@code lateNanosMax} longer
 * @param clientLoss requests and replies that vanish between clients and members
 */
public record NetworkPlan(
        DelayPlan delay,
        Ratio loss,
        Ratio duplication,
        Ratio reorder,
        Ratio late,
        long lateNanosMax,
        Ratio clientLoss) {

    public NetworkPlan {
        PlanCheck.present("delay", delay);
        PlanCheck.present("loss", loss);
        PlanCheck.present("duplication", duplication);
        PlanCheck.present("reorder", reorder);
        PlanCheck.present("late", late);
        PlanCheck.nanos("lateNanosMax", lateNanosMax, 0);
        PlanCheck.present("clientLoss", clientLoss);
    }
}
