package dev.whitewater.scenarios.swarm;

import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.Question;
import dev.whitewater.scenarios.Scenario;
import dev.whitewater.sim.plan.ClockPlan;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.CompanyPlan;
import dev.whitewater.sim.plan.DelayPlan;
import dev.whitewater.sim.plan.DiskPlan;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.HabitPlan;
import dev.whitewater.sim.plan.LatencyPlan;
import dev.whitewater.sim.plan.NetworkPlan;
import dev.whitewater.sim.plan.OperationMix;
import dev.whitewater.sim.plan.PhasePlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.plan.ServicePlan;
import dev.whitewater.sim.plan.WorkloadPlan;

import java.util.List;

/**
 * Makes a plan from a seed and a grade: cluster, limits, network, disks, clocks, clients and
 * faults, each drawn on its own ("Swarm testing", Groce et al., ISSTA 2012: every feature is left
 * out of a good part of the runs, because features hide each other's bugs).
 */
public final class SwarmPlans {

    /** The name of every plan made here. */
    public static final String NAME = "swarm";

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    /** A run is at least this long, and so many operations are called in it. */
    static final long SHORTEST_NANOS = 60 * SECOND;

    static final long OPERATIONS_MIN = 300;

    private final long seed;
    private final Rapids rapids;
    private final Draws draws;

    private SwarmPlans(long seed, Rapids rapids) {
        this.seed = seed;
        this.rapids = rapids;
        this.draws = Draws.ofSeed(seed).fork(rapids.name());
    }

    public static PlannedRun expand(long seed, Rapids rapids) {
        SwarmPlans plans = new SwarmPlans(seed, rapids);
        Scenario scenario =
                new Scenario(
                        "A random run of grade " + rapids.name(),
                        "Cluster, network, disks, clocks, clients and faults are drawn from the"
                                + " seed.",
                        "Nothing on purpose; it is one of very many, to find what nobody thought"
                                + " of.",
                        List.of(),
                        Question.NONE,
                        plans.plan());
        return new PlannedRun(
                scenario, List.of(), rapids.name(), NAME + " --rapids " + rapids.name());
    }

    private RunPlan plan() {
        ClusterPlan cluster = cluster();
        PhasePlan phases =
                new PhasePlan(
                        SHORTEST_NANOS + draws.between("longer", 0, 20) * SECOND,
                        0,
                        stillCut(cluster.members()));
        return new RunPlan(
                NAME,
                seed,
                cluster,
                network(),
                disk(),
                clocks(cluster.readLeasePermille()),
                workload(phases),
                new SwarmFaults(draws, rapids, cluster, phases).draw(),
                phases);
    }

    /** The links that never heal; the first grade has no such. */
    private List<Fault.Link> stillCut(int members) {
        return rapids == Rapids.I ? List.of() : PartialGraphs.stillCut(draws, members);
    }

    private ClusterPlan cluster() {
        Draws d = draws.fork("cluster");
        int members = d.pick("members", 1, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5, 7);
        long heartbeat = d.between("heartbeat", 20, 120) * MILLI;
        long election = heartbeat * d.between("election", 5, 12);
        boolean mustServe = !stillCut(members).isEmpty();
        boolean checkQuorum = mustServe || !d.chance("no check-quorum", 35);
        return new ClusterPlan(
                members,
                election,
                heartbeat,
                mustServe || !d.chance("no pre-vote", 35),
                checkQuorum,
                (int) d.magnitude("segment", 4 << 10, 1 << 20),
                checkQuorum && d.chance("read lease", 30) ? d.pick("lease", 1, 10, 100) : 0,
                limits(d.fork("limits")),
                services(d.fork("services")));
    }

    /** Answers of one change each, or of parts of one, in half of the runs. */
    private static ServicePlan services(Draws d) {
        ServicePlan usual = ServicePlan.DEFAULT;
        return new ServicePlan(
                d.chance("tiny answers", 50)
                        ? d.pick("answer bytes", 1, 30, 300)
                        : usual.watchAnswerBytes(),
                d.chance("progress", 50)
                        ? d.magnitude("progress", 100 * MILLI, 20 * SECOND)
                        : usual.watchProgressNanos(),
                d.chance("lease checkpoints", 50)
                        ? d.magnitude("lease checkpoint", 200 * MILLI, 5 * SECOND)
                        : 0,
                d.chance("little room", 50) ? d.pick("room", 1, 2, 4, 10) : usual.watchRoom());
    }

    /** Tiny limits in half of the runs: what is split over messages is where orders differ. */
    private static ClusterPlan.Limits limits(Draws d) {
        ClusterPlan.Limits usual = ClusterPlan.Limits.DEFAULT;
        return new ClusterPlan.Limits(
                usual.tickNanos(),
                d.between("request timeout", 1, 5) * SECOND,
                d.chance("tiny appends", 50)
                        ? d.pick("append bytes", 1, 64, 256, 1024)
                        : usual.maxBytesPerAppend(),
                d.chance("small window", 50)
                        ? d.pick("in flight", 1, 2, 4, 16)
                        : usual.maxInFlightAppends(),
                d.chance("few uncommitted", 30)
                        ? d.pick("uncommitted bytes", 100, 1_000, 10_000)
                        : usual.maxUncommittedBytes(),
                snapshots(d),
                d.chance("small chunks", 50)
                        ? d.pick("chunk bytes", 1_000, 4_000, 20_000)
                        : usual.snapshotChunkBytes(),
                d.chance("few bytes in flight", 30)
                        ? d.pick("in flight bytes", 1, 200, 2_000)
                        : usual.maxInFlightBytes(),
                d.chance("tiny applies", 40)
                        ? d.pick("apply bytes", 1, 100, 1_000)
                        : usual.maxBytesPerApply());
    }

    /** Mostly so many that logs are let go of all the time, sometimes none at all. */
    private static int snapshots(Draws d) {
        if (d.chance("no snapshots", 20)) {
            return 0;
        }
        return d.chance("usual snapshots", 10)
                ? ClusterPlan.Limits.SNAPSHOT_ENTRIES
                : (int) d.magnitude("snapshot entries", 5, 500);
    }

    private NetworkPlan network() {
        Draws d = draws.fork("network");
        long typical = d.magnitude("typical", 200 * MICRO, 10 * MILLI);
        DelayPlan delay =
                new DelayPlan(typical / 4, typical, typical * d.pick("tail", 2, 5, 10, 20));
        Ratio duplication = disorder(d, "duplication");
        Ratio late = noise(d, "late");
        // Old duplicates are what tells whether a message is still meant.
        boolean someLate = late.isNever() && !duplication.isNever() && d.chance("some late", 70);
        return new NetworkPlan(
                delay,
                noise(d, "loss"),
                duplication,
                disorder(d, "reorder"),
                someLate ? new Ratio(1, 1000) : late,
                d.magnitude("late by", 50 * MILLI, 5 * SECOND),
                noise(d, "client loss"));
    }

    /** Never in a good part of the runs; else up to the grade's worst. */
    private Ratio noise(Draws d, String name) {
        return noise(d, name, rapids.rateOfThousand());
    }

    private Ratio noise(Draws d, String name, int worst) {
        return d.chance(name + " armed", rapids.noisyPercent())
                ? new Ratio(d.between(name, 1, worst), 1000)
                : Ratio.NEVER;
    }

    /** What costs no frame may also be common. */
    private Ratio disorder(Draws d, String name) {
        boolean much = d.chance("much " + name, 20);
        return noise(d, name, rapids.rateOfThousand() * (much ? 8 : 1));
    }

    private DiskPlan disk() {
        Draws d = draws.fork("disk");
        long write = d.magnitude("write", 20 * MICRO, MILLI);
        long sync = d.magnitude("sync", 100 * MICRO, 10 * MILLI);
        Ratio survives =
                switch (d.between("survives", 0, 3)) {
                    case 0, 1 -> Ratio.NEVER;
                    case 2 -> new Ratio(1, 2);
                    default -> new Ratio(9, 10);
                };
        return new DiskPlan(
                new LatencyPlan(write / 4, write),
                new LatencyPlan(sync / 4, sync),
                noise(d, "slow"),
                d.magnitude("slow by", 10 * MILLI, 500 * MILLI),
                survives,
                d.chance("torn", 50));
    }

    /** A lease holds among clocks that drift no more than it allows for. */
    private ClockPlan clocks(int readLeasePermille) {
        Draws d = draws.fork("clocks");
        if (!d.chance("armed", rapids.noisyPercent())) {
            return ClockPlan.PERFECT;
        }
        int permille = rapids.rateOfThousand();
        int driftMax =
                1_000 * (readLeasePermille > 0 ? Math.min(readLeasePermille, permille) : permille);
        return new ClockPlan(
                d.magnitude("offset", MILLI, 100 * SECOND),
                (int) d.magnitude("drift", 10, driftMax));
    }

    private WorkloadPlan workload(PhasePlan phases) {
        Draws d = draws.fork("workload");
        long think = d.magnitude("think", 20 * MILLI, 200 * MILLI);
        long timeout = d.magnitude("timeout", 300 * MILLI, 2 * SECOND);
        // Even if each operation runs into its timeout there are enough of them.
        long slowest = timeout + think;
        HabitPlan habits = habits(d.fork("habits"));
        long busy =
                habits.quietNanos() > 0 ? phases.faultsUntilNanos() / 2 : phases.faultsUntilNanos();
        int enough = (int) (11 * OPERATIONS_MIN * slowest / (10 * busy)) + 1;
        return new WorkloadPlan(
                Math.max(enough, d.between("clients", 2, 10)),
                d.pick("keys", 1, 2, 3, 5, 10),
                d.chance("quiet end", 40) ? OPERATIONS_MIN + d.between("operations", 0, 700) : 0,
                new LatencyPlan(think / 4, think),
                mix(d.fork("mix")),
                d.chance("padded", 50) ? d.pick("value", 32, 200, 700, 1000, 3000) : 0,
                timeout,
                company(d.fork("company")),
                habits);
    }

    /** Nobody but ordinary clients in a good part of the runs. */
    private static CompanyPlan company(Draws d) {
        boolean access = d.chance("access", 35);
        return new CompanyPlan(
                d.chance("appending", 30) ? d.between("appenders", 1, 4) : 0,
                d.chance("watching", access ? 75 : 50) ? d.between("watchers", 1, 6) : 0,
                d.chance("leasing", 40) ? d.between("lessees", 1, 4) : 0,
                d.chance("locking", 30) ? d.between("lockers", 1, 4) : 0,
                access ? d.between("users", 1, 3) : 0);
    }

    private static HabitPlan habits(Draws d) {
        Ratio forwarded =
                d.chance("forwarding", 50)
                        ? new Ratio(d.pick("forwarded", 1, 3, 5, 10), 10)
                        : Ratio.NEVER;
        if (!d.chance("quiet", 40)) {
            return new HabitPlan(forwarded, 0, 0);
        }
        long every = d.between("every", 5, 20);
        return new HabitPlan(forwarded, every * SECOND, d.between("for", 1, every / 2) * SECOND);
    }

    private static OperationMix mix(Draws d) {
        return new OperationMix(
                d.between("put", 1, 8),
                d.between("get", 1, 8),
                d.chance("deletes", 50) ? d.between("delete", 1, 3) : 0,
                d.chance("swaps", 60) ? d.between("cas", 1, 5) : 0,
                d.chance("local reads", 40) ? d.between("serializable", 1, 3) : 0,
                d.chance("ranges", 50) ? d.between("range", 1, 5) : 0,
                d.chance("range deletions", 30) ? d.between("delete range", 1, 2) : 0,
                d.chance("transactions", 60) ? d.between("txn", 1, 8) : 0,
                d.chance("compactions", 50) ? d.between("compact", 1, 2) : 0);
    }
}
