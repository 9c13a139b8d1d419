package dev.whitewater.sim.fault;

import dev.whitewater.sim.plan.Fault;

import java.util.ArrayList;
import java.util.List;

/** Which links a fault cuts. */
final class Cuts {

    private Cuts() {}

    static List<Fault.Link> of(Fault fault, List<Integer> hit, int members) {
        return switch (fault) {
            case Fault.Isolate _, Fault.BlackHole _ -> between(List.of(hit), members);
            case Fault.Partition(var groups) -> between(groups, members);
            case Fault.CutLinks(var links) -> links;
            case Fault.OfMembers _,
                    Fault.OfLinks _,
                    Fault.LossyLinks _,
                    Fault.DropFrame _,
                    Fault.ReorderedLinks _ ->
                    List.of();
        };
    }

    /**
     * All links but those inside a group. For an isolation the rest is a group too, for a partition
     * a member that no group names is alone.
     */
    private static List<Fault.Link> between(List<List<Integer>> groups, int members) {
        List<Fault.Link> cut = new ArrayList<>();
        boolean restIsGroup = groups.size() == 1;
        for (int from = 1; from <= members; from++) {
            for (int to = 1; to <= members; to++) {
                if (from != to && !together(groups, from, to, restIsGroup)) {
                    cut.add(new Fault.Link(from, to));
                }
            }
        }
        return cut;
    }

    private static boolean together(
            List<List<Integer>> groups, int from, int to, boolean restIsGroup) {
        boolean anywhere = false;
        for (List<Integer> group : groups) {
            boolean hasFrom = group.contains(from);
            boolean hasTo = group.contains(to);
            if (hasFrom && hasTo) {
                return true;
            }
            anywhere = anywhere || hasFrom || hasTo;
        }
        return restIsGroup && !anywhere;
    }
}
