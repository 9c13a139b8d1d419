package dev.whitewater.sim.fault;

import dev.whitewater.sim.net.Links.Clog;
import dev.whitewater.sim.plan.Fault.Link;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Purpose;

import java.util.ArrayList;
import java.util.List;

/**
 * When which links of a swizzle are clogged. FoundationDB's testers found it the best single
 * trouble of a network: clog some machines one by one, free them in another order.
 */
final class Swizzles {

    private Swizzles() {}

    /** All links of the members hit, in both directions, each member in its own time. */
    static List<Clog> windows(List<Integer> hit, int members, Time time) {
        List<Clog> windows = new ArrayList<>();
        long half = (time.untilNanos() - time.fromNanos()) / 2;
        for (int member : hit) {
            long begins = time.bits(member, 1);
            long ends = time.bits(member, 2);
            long from = time.fromNanos() + Decisions.below(begins, half + 1);
            long until = time.fromNanos() + half + Decisions.below(ends, half + 1);
            for (int other = 1; other <= members; other++) {
                if (other != member) {
                    windows.add(new Clog(new Link(member, other), from, until));
                    windows.add(new Clog(new Link(other, member), from, until));
                }
            }
        }
        return windows;
    }

    /** From when to when the swizzle lasts, and what its order is decided by. */
    record Time(Decisions decisions, long key, long fromNanos, long untilNanos) {
        long bits(int member, int which) {
            return decisions.bits(Purpose.SWIZZLE_ORDER, key, member, which);
        }
    }
}
