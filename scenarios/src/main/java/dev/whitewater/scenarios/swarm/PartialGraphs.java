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

    private PartialGraphs() {}

    /** How those that are outside of the talking majority reach it. */
    private enum Shape {
        /** As it comes, both ways or one way only. */
        ANY,
        /** Each reaches one member, no two the same: none that leads is heard by all the others. */
        EACH_ONE,
        /** One reaches one member, the others nobody. */
        FIRST_ONE
    }

    /** The links that stay cut when the faults of a run are over; empty in most runs. */
    static List<Fault.Link> stillCut(Draws draws, int members) {
        Draws d = draws.fork("still cut");
        // Of three there is always one that all can hear.
        if (members < 3 || !d.chance("armed", members == 3 ? 10 : 40)) {
            return List.of();
        }
        List<Integer> order = order(d, members);
        int talking = d.chance("more", 20) ? members - 1 : members / 2 + 1;
        Shape shape = Shape.values()[d.between("shape", 0, Shape.values().length - 1)];
        boolean bothWays = shape != Shape.ANY || d.chance("both ways", 60);
        int percent = d.pick("percent", 50, 75, 100);
        List<Fault.Link> cut = new ArrayList<>();
        for (int outside = talking; outside < members; outside++) {
            for (int other = 0; other < outside; other++) {
                Draws pair = d.fork("outside", outside).fork("other", other);
                boolean there =
                        switch (shape) {
                            case ANY -> pair.chance("there", percent);
                            case EACH_ONE -> other != outside - talking;
                            case FIRST_ONE -> other != 0 || outside > talking;
                        };
                if (there) {
                    cut.add(new Fault.Link(order.get(outside), order.get(other)));
                }
                if (bothWays ? there : pair.chance("back", percent)) {
                    cut.add(new Fault.Link(order.get(other), order.get(outside)));
                }
            }
        }
        return cut;
    }

    /** One of those outside, who reaches somebody if anyone there does. */
    static int outsider(Draws draws, int members) {
        return order(draws.fork("still cut"), members).get(members / 2 + 1);
    }

    private static List<Integer> order(Draws d, int members) {
        List<Integer> all = new ArrayList<>();
        for (int member = 1; member <= members; member++) {
            all.add(member);
        }
        all.sort(
                Comparator.comparingInt(
                        member -> d.fork("member", member).between("place", 0, 1 << 30)));
        return all;
    }
}
