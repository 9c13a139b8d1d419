package dev.whitewater.sim;

import dev.whitewater.sim.plan.ClockPlan;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.DelayPlan;
import dev.whitewater.sim.plan.DiskPlan;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.LatencyPlan;
import dev.whitewater.sim.plan.NetworkPlan;
import dev.whitewater.sim.plan.OperationMix;
import dev.whitewater.sim.plan.PhasePlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.plan.Target;
import dev.whitewater.sim.plan.WorkloadPlan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Plans for tests: a calm one to change, and rough ones by the thousand. */
final class Plans {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    private Plans() {}

    /** Three members, ten seconds, nothing goes wrong. */
    static RunPlan calm(long seed) {
        return new RunPlan(
                "calm",
                seed,
                new ClusterPlan(
                        3,
                        300 * MILLI,
                        50 * MILLI,
                        true,
                        true,
                        64 * 1024,
                        ClusterPlan.Limits.DEFAULT),
                new NetworkPlan(
                        new DelayPlan(MILLI / 5, MILLI, 10 * MILLI),
                        Ratio.NEVER,
                        Ratio.NEVER,
                        Ratio.NEVER,
                        Ratio.NEVER,
                        0,
                        Ratio.NEVER),
                new DiskPlan(
                        new LatencyPlan(MILLI / 50, MILLI / 10),
                        new LatencyPlan(MILLI / 2, 3 * MILLI),
                        Ratio.NEVER,
                        0,
                        new Ratio(1, 2),
                        false),
                ClockPlan.PERFECT,
                new WorkloadPlan(
                        4,
                        4,
                        0,
                        new LatencyPlan(5 * MILLI, 50 * MILLI),
                        new OperationMix(4, 4, 1, 2, 1),
                        0,
                        SECOND),
                List.of(),
                new PhasePlan(10 * SECOND, 0));
    }

    /** The same with values of different sizes and a new segment every few records. */
    static RunPlan tinySegments(RunPlan plan) {
        ClusterPlan cluster = plan.cluster();
        return new RunPlan(
                plan.name(),
                plan.seed(),
                new ClusterPlan(
                        cluster.members(),
                        cluster.electionTimeoutNanos(),
                        cluster.heartbeatNanos(),
                        cluster.preVote(),
                        cluster.checkQuorum(),
                        2048,
                        cluster.limits()),
                plan.network(),
                plan.disk(),
                plan.clocks(),
                new WorkloadPlan(
                        3,
                        4,
                        0,
                        new LatencyPlan(5 * MILLI, 30 * MILLI),
                        plan.workload().mix(),
                        400,
                        SECOND),
                plan.faults(),
                plan.phases());
    }

    /** Anything goes wrong, more or less of it. */
    static RunPlan rough(long seed) {
        Random random = new Random(seed * 7919);
        int members = new int[] {1, 2, 3, 3, 3, 4, 5, 5, 7}[random.nextInt(9)];
        RunPlan calm = calm(seed);
        long until = 20 * SECOND;
        return new RunPlan(
                "rough",
                seed,
                new ClusterPlan(
                        members,
                        (100 + random.nextInt(400)) * MILLI,
                        (10 + random.nextInt(60)) * MILLI,
                        random.nextInt(4) > 0,
                        random.nextInt(4) > 0,
                        1 << (10 + random.nextInt(8)),
                        limits(random)),
                network(random),
                new DiskPlan(
                        new LatencyPlan(MILLI / 50, MILLI),
                        new LatencyPlan(MILLI / 2, 20 * MILLI),
                        ratio(random, 50),
                        300 * MILLI,
                        new Ratio(random.nextInt(4), 4),
                        random.nextBoolean()),
                new ClockPlan(random.nextInt(2) * SECOND, random.nextInt(3) * 1000),
                new WorkloadPlan(
                        1 + random.nextInt(8),
                        1 + random.nextInt(5),
                        0,
                        new LatencyPlan(MILLI, 80 * MILLI),
                        calm.workload().mix(),
                        random.nextInt(4) == 0 ? 300 : 0,
                        SECOND),
                faults(random, members, until),
                new PhasePlan(until, 0));
    }

    /** The same in the tenth of the time. */
    static RunPlan brief(RunPlan plan) {
        List<FaultPlan> faults = new ArrayList<>();
        for (FaultPlan fault : plan.faults()) {
            faults.add(
                    new FaultPlan(
                            fault.id(),
                            fault.atNanos() / 10,
                            fault.forNanos() / 10,
                            fault.fault()));
        }
        return new RunPlan(
                plan.name(),
                plan.seed(),
                plan.cluster(),
                plan.network(),
                plan.disk(),
                plan.clocks(),
                plan.workload(),
                faults,
                new PhasePlan(plan.phases().faultsUntilNanos() / 10, 0));
    }

    private static ClusterPlan.Limits limits(Random random) {
        ClusterPlan.Limits limits =
                random.nextInt(3) > 0
                        ? ClusterPlan.Limits.DEFAULT
                        : new ClusterPlan.Limits(MILLI, SECOND, 100, 2, 4000);
        int entries = new int[] {0, 5, 10, 30, 100, 300}[random.nextInt(6)];
        return limits.withSnapshots(entries, random.nextBoolean() ? 2_000 : 64 << 10);
    }

    private static NetworkPlan network(Random random) {
        return new NetworkPlan(
                new DelayPlan(MILLI / 10, MILLI, (5 + random.nextInt(80)) * MILLI),
                ratio(random, 20),
                ratio(random, 10),
                ratio(random, 5),
                ratio(random, 100),
                SECOND,
                ratio(random, 50));
    }

    private static Ratio ratio(Random random, int oneIn) {
        return random.nextInt(3) == 0 ? Ratio.NEVER : new Ratio(1, oneIn + random.nextInt(oneIn));
    }

    private static List<FaultPlan> faults(Random random, int members, long until) {
        List<FaultPlan> faults = new ArrayList<>();
        int count = random.nextInt(25);
        for (int i = 0; i < count; i++) {
            long at = random.nextLong(until);
            long duration = random.nextLong(4 * SECOND);
            faults.add(new FaultPlan("f" + i, at, duration, fault(random, members)));
        }
        return faults;
    }

    private static Fault fault(Random random, int members) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> new Fault.Crash(target(random, members));
            case 3 -> new Fault.Pause(target(random, members));
            case 4 -> new Fault.Isolate(target(random, members));
            case 5 -> new Fault.Partition(groups(random, members));
            case 6 -> new Fault.CutLinks(links(random, members));
            case 7 -> new Fault.SlowDisk(target(random, members), 500 * MILLI);
            case 8 -> new Fault.LossyLinks(new Ratio(1 + random.nextInt(8), 10));
            default -> new Fault.ClockJump(target(random, members), random.nextLong(1, SECOND));
        };
    }

    private static Target target(Random random, int members) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Target.Member(1 + random.nextInt(members));
            case 2, 3 -> new Target.TheLeader();
            case 4 -> new Target.AFollower(1 + random.nextInt(Math.max(1, members - 1)));
            case 5 -> new Target.Everyone();
            case 6 -> new Target.AMajority();
            default -> new Target.AMinority();
        };
    }

    private static List<List<Integer>> groups(Random random, int members) {
        List<List<Integer>> groups = List.of(new ArrayList<>(), new ArrayList<>());
        for (int member = 1; member <= members; member++) {
            groups.get(random.nextInt(2)).add(member);
        }
        return groups;
    }

    private static List<Fault.Link> links(Random random, int members) {
        List<Fault.Link> links = new ArrayList<>();
        for (int from = 1; from <= members; from++) {
            for (int to = 1; to <= members; to++) {
                if (from != to && random.nextInt(3) == 0) {
                    links.add(new Fault.Link(from, to));
                }
            }
        }
        return links;
    }
}
