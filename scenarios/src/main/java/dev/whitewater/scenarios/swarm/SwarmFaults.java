package dev.whitewater.scenarios.swarm;

import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.PhasePlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.plan.Target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Draws the faults of a run: which kinds there are at all, then each kind's own sequence. A fault's
 * id is its kind and its place in that sequence, so kinds don't disturb each other.
 */
final class SwarmFaults {
    private static final long MILLI = 1_000_000;
    private static final int FAULTS_PER_KIND_MAX = 60;

    /** Faults begin when the first leader may be settled, and end a moment before the healing. */
    private static final long QUIET_START_NANOS = 500 * MILLI;

    private final Draws draws;
    private final Rapids rapids;
    private final ClusterPlan cluster;
    private final PhasePlan phases;
    private final List<FaultPlan> faults = new ArrayList<>();

    SwarmFaults(Draws draws, Rapids rapids, ClusterPlan cluster, PhasePlan phases) {
        this.draws = draws;
        this.rapids = rapids;
        this.cluster = cluster;
        this.phases = phases;
    }

    /** What one kind of trouble is made of, time after time. */
    private interface Maker {
        Fault make(Draws d);
    }

    List<FaultPlan> draw() {
        kind("crash-leader", d -> new Fault.Crash(new Target.TheLeader()));
        kind("crash-any", d -> new Fault.Crash(member(d)));
        kind("crash-many", d -> new Fault.Crash(many(d)));
        kind("pause", d -> new Fault.Pause(leaderOrAny(d)));
        kind("isolate-leader", d -> new Fault.Isolate(new Target.TheLeader()));
        kind("isolate-any", d -> new Fault.Isolate(member(d)));
        if (cluster.members() > 1) {
            kind("partition", d -> new Fault.Partition(halves(d)));
            kind("cut-links", d -> new Fault.CutLinks(links(d)));
            kind("lossy-links", d -> new Fault.LossyLinks(new Ratio(d.pick("loss", 1, 3, 6), 10)));
        }
        kind("slow-disk", d -> new Fault.SlowDisk(leaderOrAny(d), extra(d)));
        kind("clock-jump", d -> new Fault.ClockJump(leaderOrAny(d), jump(d)));
        faults.sort(Comparator.comparingLong(FaultPlan::atNanos).thenComparing(FaultPlan::id));
        return List.copyOf(faults);
    }

    private void kind(String name, Maker maker) {
        Draws d = draws.fork(name);
        if (!d.chance("armed", rapids.armedPercent())) {
            return;
        }
        long pause = rapids.pauseMillis() * MILLI / 2;
        long longest = d.magnitude("longest", 50 * MILLI, 8_000 * MILLI);
        long at = QUIET_START_NANOS + d.between("first", 0, 2 * pause);
        for (int i = 1; i <= FAULTS_PER_KIND_MAX && at < phases.faultsUntilNanos(); i++) {
            Draws one = d.fork("fault", i);
            long lasts = one.between("for", longest / 10, longest);
            faults.add(new FaultPlan(name + "-" + i, at, lasts, maker.make(one)));
            at += lasts / 2 + one.between("pause", pause / 2, 3 * pause);
        }
    }

    private Target member(Draws d) {
        return new Target.Member(d.between("member", 1, cluster.members()));
    }

    private Target leaderOrAny(Draws d) {
        return d.chance("leader", 60) ? new Target.TheLeader() : member(d);
    }

    private static Target many(Draws d) {
        return switch (d.between("many", 0, 2)) {
            case 0 -> new Target.AMinority();
            case 1 -> new Target.AMajority();
            default -> new Target.Everyone();
        };
    }

    /** Every member falls to one of two sides, or, seldom, to none: then it is alone. */
    private List<List<Integer>> halves(Draws d) {
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
    private List<Fault.Link> links(Draws d) {
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

    private long extra(Draws d) {
        return d.magnitude("extra", 20 * MILLI, 4 * cluster.electionTimeoutNanos());
    }

    private long jump(Draws d) {
        return d.magnitude("jump", 10 * MILLI, 10 * cluster.electionTimeoutNanos());
    }
}
