package dev.whitewater.scenarios;

import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.FaultPlan;

import java.util.List;

/** Which members can exchange messages at one moment, as far as faults cut links. */
record Links(Story story, long nanos) {

    /** Whether messages pass both ways; noise apart. */
    boolean connected(int one, int other) {
        for (FaultPlan fault : story.plan().faults()) {
            boolean active = fault.atNanos() <= nanos && nanos < story.endNanos(fault);
            if (one != other && active && cuts(fault, one, other)) {
                return false;
            }
        }
        return true;
    }

    private boolean cuts(FaultPlan plan, int one, int other) {
        return switch (plan.fault()) {
            case Fault.Isolate _, Fault.BlackHole _, Fault.Swizzle _ -> {
                List<Integer> hit = story.hit(plan.id());
                yield hit.contains(one) != hit.contains(other);
            }
            case Fault.Partition(List<List<Integer>> groups) ->
                    groups.stream().noneMatch(g -> g.contains(one) && g.contains(other));
            case Fault.CutLinks(List<Fault.Link> links) -> names(links, one, other);
            case Fault.Clog(List<Fault.Link> links) -> names(links, one, other);
            case Fault.OfMembers _,
                    Fault.OfLinks _,
                    Fault.LossyLinks _,
                    Fault.DropFrame _,
                    Fault.ReorderedLinks _ ->
                    false;
        };
    }

    private static boolean names(List<Fault.Link> links, int one, int other) {
        return links.contains(new Fault.Link(one, other))
                || links.contains(new Fault.Link(other, one));
    }
}
