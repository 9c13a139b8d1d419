package dev.whitewater.sim.plan;

import java.util.List;

/** One thing that goes wrong, from when it fires until its duration is over. */
public sealed interface Fault {

    /** The name of the kind in kebab case, as counters and traces use it. */
    String kind();

    /** The process dies and loses its memory and unsynced writes; it is started at the end. */
    record Crash(Target target) implements Fault {
        public Crash {
            PlanCheck.present("target", target);
        }

        @Override
        public String kind() {
            return "crash";
        }
    }

    /** The process stands still; what reaches it meanwhile waits and is handled at the end. */
    record Pause(Target target) implements Fault {
        public Pause {
            PlanCheck.present("target", target);
        }

        @Override
        public String kind() {
            return "pause";
        }
    }

    /** No frame passes between the target and the other members; within the target they pass. */
    record Isolate(Target target) implements Fault {
        public Isolate {
            PlanCheck.present("target", target);
        }

        @Override
        public String kind() {
            return "isolate";
        }
    }

    /** Frames pass only inside a group; a member that is in no group is alone. */
    record Partition(List<List<Integer>> groups) implements Fault {
        public Partition {
            PlanCheck.present("groups", groups);
            groups = groups.stream().map(List::copyOf).toList();
            for (List<Integer> group : groups) {
                for (int member : group) {
                    PlanCheck.inRange("groups", member, 1, ClusterPlan.MEMBERS_MAX);
                }
            }
        }

        @Override
        public String kind() {
            return "partition";
        }
    }

    /** Frames vanish on these links, each in one direction: any adjacency of members. */
    record CutLinks(List<Link> links) implements Fault {
        public CutLinks {
            PlanCheck.present("links", links);
            links = List.copyOf(links);
        }

        @Override
        public String kind() {
            return "cut-links";
        }
    }

    /** The way from one member to another, and not back. */
    record Link(int from, int to) {
        public Link {
            PlanCheck.inRange("from", from, 1, ClusterPlan.MEMBERS_MAX);
            PlanCheck.inRange("to", to, 1, ClusterPlan.MEMBERS_MAX);
            PlanCheck.that(from != to, "to", "another member than from", to);
        }
    }

    /** Every disk command takes up to {@code extraNanosMax} longer. */
    record SlowDisk(Target target, long extraNanosMax) implements Fault {
        public SlowDisk {
            PlanCheck.present("target", target);
            PlanCheck.nanos("extraNanosMax", extraNanosMax, 1);
        }

        @Override
        public String kind() {
            return "slow-disk";
        }
    }

    /** Frames between any two members are lost at this ratio, on top of the network's own. */
    record LossyLinks(Ratio loss) implements Fault {
        public LossyLinks {
            PlanCheck.present("loss", loss);
        }

        @Override
        public String kind() {
            return "lossy-links";
        }
    }

    /** The member's clock jumps forward by {@code nanos}, once. It is monotonic: never back. */
    record ClockJump(Target target, long nanos) implements Fault {
        public ClockJump {
            PlanCheck.present("target", target);
            PlanCheck.nanos("nanos", nanos, 1);
        }

        @Override
        public String kind() {
            return "clock-jump";
        }
    }
}
