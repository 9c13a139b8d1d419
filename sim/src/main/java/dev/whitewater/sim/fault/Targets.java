package dev.whitewater.sim.fault;

import dev.whitewater.sim.monitor.MemberState;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.Target;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Mix;
import dev.whitewater.sim.random.Purpose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tells at the moment a fault begins whom it hits. */
public final class Targets {

    private final List<MemberState> members;
    private final Decisions decisions;

    public Targets(List<MemberState> members, Decisions decisions) {
        this.members = members;
        this.decisions = decisions;
    }

    Decisions decisions() {
        return decisions;
    }

    /** What a fault's decisions are keyed with: its id, not its place in the plan. */
    long key(FaultPlan plan) {
        return Mix.with(0, plan.id());
    }

    /** The members that the fault hits, ascending; none for faults of links. */
    List<Integer> resolve(FaultPlan plan) {
        return plan.fault() instanceof Fault.OfMembers it
                ? resolve(it.target(), key(plan))
                : List.of();
    }

    private List<Integer> resolve(Target target, long key) {
        return switch (target) {
            case Target.Member(int number) -> List.of(number);
            case Target.TheLeader() -> List.of(leader(key));
            case Target.TheLeaderAnd(int others) -> leaderAnd(key, others);
            case Target.AFollower(int nth) -> List.of(follower(key, nth));
            case Target.Everyone() -> draw(key, members.size());
            case Target.AMajority() -> draw(key, members.size() / 2 + 1);
            case Target.AMinority() -> draw(key, Math.max(1, (members.size() - 1) / 2));
        };
    }

    private int leader(long key) {
        int found = 0;
        long term = -1;
        for (MemberState member : members) {
            if (member.isLeader() && member.term() > term) {
                found = member.number();
                term = member.term();
            }
        }
        return found > 0 ? found : draw(key, 1).getFirst();
    }

    private List<Integer> leaderAnd(long key, int others) {
        int leader = leader(key);
        List<Integer> hit = new ArrayList<>(List.of(leader));
        for (int member : order(key)) {
            if (member != leader && hit.size() <= others) {
                hit.add(member);
            }
        }
        return hit.stream().sorted().toList();
    }

    private int follower(long key, int nth) {
        int leader = leader(key);
        int count = 0;
        for (MemberState member : members) {
            if (member.number() != leader && ++count == nth) {
                return member.number();
            }
        }
        // A cluster of one has no follower; hit whom there is.
        return leader;
    }

    /** A keyed draw of {@code count} members, ascending. */
    private List<Integer> draw(long key, int count) {
        return order(key).subList(0, count).stream().sorted().toList();
    }

    /** All members in an order that the key draws. */
    private List<Integer> order(long key) {
        List<Integer> all = new ArrayList<>();
        for (MemberState member : members) {
            all.add(member.number());
        }
        all.sort(
                Comparator.comparingLong(
                                (Integer number) ->
                                        decisions.bits(Purpose.FAULT_TARGET, key, number))
                        .thenComparingInt(number -> number));
        return all;
    }
}
