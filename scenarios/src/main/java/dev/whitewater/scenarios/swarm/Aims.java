package dev.whitewater.scenarios.swarm;

import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.Target;

import java.util.ArrayList;
import java.util.List;

/** Draws whom a fault hits, and how hard. */
record Aims(ClusterPlan cluster) {

    Target member(Draws d) {
        return new Target.Member(d.between("member", 1, cluster.members()));
    }

    Target leaderOrAny(Draws d) {
        return d.chance("leader", 60) ? new Target.TheLeader() : member(d);
    }

    static Target many(Draws d) {
        return switch (d.between("many", 0, 2)) {
            case 0 -> new Target.AMinority();
            case 1 -> new Target.AMajority();
            default -> new Target.Everyone();
        };
    }

    /** Every member falls to one of two sides, or, seldom, to none: then it is alone. */
    List<List<Integer>> halves(Draws d) {
        List<Integer> one = new ArrayList<>();
        List<Integer> other = new ArrayList<>();
        for (int member = 1; member <= cluster.members(); member++) {
            int side = d.fork("side", member).between("side", 0, 8);
            if (side < 8) {
                (side % 2 == 0 ? one : other).add(member);
            }
        }
        return List.of(one, other);
    }

    /** Any graph: each direction of each pair is cut or not, more or less densely. */
    List<Fault.Link> links(Draws d) {
        int percent = d.pick("percent", 15, 30, 60);
        List<Fault.Link> links = new ArrayList<>();
        for (int from = 1; from <= cluster.members(); from++) {
            for (int to = 1; to <= cluster.members(); to++) {
                if (from != to && d.fork("from", from).fork("to", to).chance("cut", percent)) {
                    links.add(new Fault.Link(from, to));
                }
            }
        }
        return links.isEmpty() ? List.of(new Fault.Link(1, 2)) : links;
    }

    /** How much longer something takes, in nanoseconds. */
    long extra(Draws d) {
        return d.magnitude("extra", 20 * 1_000_000L, 4 * cluster.electionTimeoutNanos());
    }
}
