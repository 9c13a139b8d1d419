package dev.whitewater.scenarios.swarm;

import dev.whitewater.sim.plan.Fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Draws graphs of links in which a majority of members can all talk to each other and the others
 * reach some of them, or none, or only in one direction: those in which Raft must go on, and on
 * which it was seen to stop (Cloudflare, 2 November 2020).
 */
final class PartialGraphs {

    private static final int PERCENT_OF_RUNS = 25;

    private PartialGraphs() {}

    /** The links that stay cut when the faults of a run are over; empty in most runs. */
    static List<Fault.Link> stillCut(Draws draws, int members) {
        Draws d = draws.fork("still cut");
        if (members < 3 || !d.chance("armed", PERCENT_OF_RUNS)) {
            return List.of();
        }
        List<Integer> talking = talking(d, members);
        boolean bothWays = d.chance("both ways", 60);
        int percent = d.pick("percent", 50, 75, 100);
        List<Fault.Link> cut = new ArrayList<>();
        for (int one = 1; one <= members; one++) {
            for (int other = one + 1; other <= members; other++) {
                if (!talking.contains(one) || !talking.contains(other)) {
                    Draws pair = d.fork("one", one).fork("other", other);
                    boolean there = pair.chance("there", percent);
                    if (there) {
                        cut.add(new Fault.Link(one, other));
                    }
                    if (bothWays ? there : pair.chance("back", percent)) {
                        cut.add(new Fault.Link(other, one));
                    }
                }
            }
        }
        return cut;
    }

    /** A majority, the smallest as a rule. */
    private static List<Integer> talking(Draws d, int members) {
        List<Integer> all = new ArrayList<>();
        for (int member = 1; member <= members; member++) {
            all.add(member);
        }
        all.sort(
                Comparator.comparingInt(
                        member -> d.fork("member", member).between("place", 0, 1 << 30)));
        int smallest = members / 2 + 1;
        return all.subList(0, d.chance("more", 30) ? members - 1 : smallest);
    }
}
