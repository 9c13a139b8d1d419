package dev.whitewater.sim.plan;

import java.util.List;
import java.util.TreeSet;

/**
 * All that decides a run, together with the rules of the core: two runs of equal plans are equal,
 * event by event.
 */
public record RunPlan(
        String name,
        long seed,
        ClusterPlan cluster,
        NetworkPlan network,
        DiskPlan disk,
        ClockPlan clocks,
        WorkloadPlan workload,
        List<FaultPlan> faults,
        PhasePlan phases) {

    public RunPlan {
        PlanCheck.present("name", name);
        PlanCheck.present("cluster", cluster);
        PlanCheck.present("network", network);
        PlanCheck.present("disk", disk);
        PlanCheck.present("clocks", clocks);
        PlanCheck.present("workload", workload);
        PlanCheck.present("faults", faults);
        PlanCheck.present("phases", phases);
        faults = List.copyOf(faults);
        TreeSet<String> ids = new TreeSet<>();
        for (FaultPlan fault : faults) {
            PlanCheck.that(ids.add(fault.id()), "faults", "ids once each", fault.id() + " twice");
            checkMembers(fault, cluster.members());
        }
        for (Fault.Link link : phases.stillCut()) {
            checkLink("phases.stillCut", link, cluster.members());
        }
        PlanCheck.that(
                someMajorityTalks(phases.stillCut(), cluster),
                "phases.stillCut",
                "every link whole among some majority",
                phases.stillCut());
    }

    /** The bound that {@link PhasePlan#livenessBoundNanos()} gives or leaves to be derived. */
    public long livenessBoundNanos() {
        return phases.livenessBoundNanos() > 0
                ? phases.livenessBoundNanos()
                : LivenessBound.nanos(this);
    }

    /** The same for a cluster in which some member lacks so many entries when the faults end. */
    public long livenessBoundNanos(long entriesBehind) {
        return phases.livenessBoundNanos() > 0
                ? phases.livenessBoundNanos()
                : LivenessBound.nanos(this) + entriesBehind * LivenessBound.nanosPerEntry(this);
    }

    /** Whether faults of this plan change who belongs to the cluster. */
    public boolean changesMembership() {
        for (FaultPlan fault : faults) {
            if (fault.fault() instanceof Fault.Remove || fault.fault() instanceof Fault.Demote) {
                return true;
            }
        }
        return false;
    }

    public RunPlan withSeed(long newSeed) {
        return new RunPlan(name, newSeed, cluster, network, disk, clocks, workload, faults, phases);
    }

    public RunPlan withFaults(List<FaultPlan> newFaults) {
        return new RunPlan(name, seed, cluster, network, disk, clocks, workload, newFaults, phases);
    }

    private static void checkMembers(FaultPlan plan, int members) {
        String where = "faults." + plan.id();
        switch (plan.fault()) {
            case Fault.OfMembers it -> checkTarget(where, it.target(), members);
            case Fault.OfLinks it -> {
                for (Fault.Link link : it.links()) {
                    checkLink(where + ".links", link, members);
                }
            }
            case Fault.Partition(List<List<Integer>> groups) -> {
                for (List<Integer> group : groups) {
                    for (int member : group) {
                        PlanCheck.inRange(where + ".groups", member, 1, members);
                    }
                }
            }
            case Fault.DropFrame it -> checkLink(where + ".link", it.link(), members);
            case Fault.LossyLinks _, Fault.ReorderedLinks _ -> {}
        }
    }

    private static boolean someMajorityTalks(List<Fault.Link> cut, ClusterPlan cluster) {
        for (int group = 0; group < 1 << cluster.members(); group++) {
            if (Integer.bitCount(group) == cluster.majority() && isWhole(group, cut)) {
                return true;
            }
        }
        return false;
    }

    /** Whether no link is cut among the members whose bits are set, n1's the lowest. */
    private static boolean isWhole(int group, List<Fault.Link> cut) {
        for (Fault.Link link : cut) {
            boolean inside = ((group >> (link.from() - 1)) & (group >> (link.to() - 1)) & 1) == 1;
            if (inside) {
                return false;
            }
        }
        return true;
    }

    private static void checkLink(String where, Fault.Link link, int members) {
        PlanCheck.inRange(where + ".from", link.from(), 1, members);
        PlanCheck.inRange(where + ".to", link.to(), 1, members);
    }

    private static void checkTarget(String where, Target target, int members) {
        switch (target) {
            case Target.Member(int number) ->
                    PlanCheck.inRange(where + ".target.member", number, 1, members);
            case Target.AFollower(int nth) ->
                    PlanCheck.inRange(where + ".target.nth", nth, 1, Math.max(1, members - 1));
            case Target.TheLeaderAnd(int others) ->
                    PlanCheck.inRange(
                            where + ".target.others", others, 1, Math.max(1, members - 1));
            case Target.TheLeader() -> {}
            case Target.Everyone() -> {}
            case Target.AMajority() -> {}
            case Target.AMinority() -> {}
        }
    }
}
