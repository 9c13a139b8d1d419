package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.Durations;
import dev.whitewater.scenarios.PlanDefaults;
import dev.whitewater.sim.plan.ClockPlan;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.CompanyPlan;
import dev.whitewater.sim.plan.DelayPlan;
import dev.whitewater.sim.plan.DiskPlan;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.HabitPlan;
import dev.whitewater.sim.plan.LatencyPlan;
import dev.whitewater.sim.plan.NetworkPlan;
import dev.whitewater.sim.plan.OperationMix;
import dev.whitewater.sim.plan.PhasePlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.plan.ServicePlan;
import dev.whitewater.sim.plan.WorkloadPlan;

import java.util.ArrayList;
import java.util.List;

/**
 * The sections of a scenario file that make up its plan. Limits are those of the plan's records.
 */
final class PlanSections {
    private static final int MILLION = 1_000_000;

    static final List<String> CLUSTER =
            List.of(
                    "members",
                    "election-timeout",
                    "heartbeat",
                    "pre-vote",
                    "check-quorum",
                    "wal-segment-bytes",
                    "read-lease-permille",
                    "tick",
                    "request-timeout",
                    "append-bytes-max",
                    "appends-in-flight-max",
                    "uncommitted-bytes-max",
                    "snapshot-entries",
                    "snapshot-chunk-bytes",
                    "in-flight-bytes-max",
                    "apply-bytes-max",
                    "watch-answer-bytes",
                    "watch-progress",
                    "lease-checkpoint",
                    "watch-room");
    static final List<String> NETWORK =
            List.of("delay", "loss", "duplication", "reorder", "late", "late-by", "client-loss");
    static final List<String> DISK =
            List.of("write", "sync", "slow", "slow-by", "survives-crash", "torn");
    static final List<String> CLOCKS = List.of("offset", "drift-ppm");
    static final List<String> WORKLOAD =
            List.of(
                    "clients",
                    "keys",
                    "operations",
                    "think",
                    "mix",
                    "value-bytes",
                    "timeout",
                    "company",
                    "forwarded",
                    "quiet");
    static final List<String> MIX =
            List.of(
                    "put",
                    "get",
                    "delete",
                    "cas",
                    "serializable-get",
                    "range",
                    "delete-range",
                    "txn",
                    "compact");
    static final List<String> COMPANY =
            List.of("appenders", "watchers", "lessees", "lockers", "users");
    static final List<String> PHASES = List.of("faults-until", "liveness-bound", "still-cut");

    private static final List<String> RANGE = List.of("min", "max");
    private static final List<String> DELAY = List.of("min", "typical", "max");

    private final Fields root;

    PlanSections(Fields root) {
        this.root = root;
    }

    ClusterPlan cluster() {
        return root.section("cluster", PlanDefaults.CLUSTER, CLUSTER, PlanSections::cluster);
    }

    private static ClusterPlan cluster(Fields f) {
        ClusterPlan d = PlanDefaults.CLUSTER;
        ClusterPlan.Limits limits = limits(f);
        int members = f.whole("members", d.members(), 1, ClusterPlan.MEMBERS_MAX);
        long heartbeat = f.nanos("heartbeat", d.heartbeatNanos(), limits.tickNanos());
        long election =
                f.nanos("election-timeout", d.electionTimeoutNanos(), 2 * limits.tickNanos());
        if (election <= heartbeat) {
            String present = f.has("election-timeout") ? "election-timeout" : "heartbeat";
            throw InputRefused.expected(
                    f.item(present).place(),
                    f.at(present),
                    "an election-timeout longer than the heartbeat",
                    Durations.write(election) + " and " + Durations.write(heartbeat));
        }
        return f.checked(
                () ->
                        new ClusterPlan(
                                members,
                                election,
                                heartbeat,
                                f.truth("pre-vote", d.preVote()),
                                f.truth("check-quorum", d.checkQuorum()),
                                f.whole("wal-segment-bytes", d.walSegmentBytes(), 1024, 1 << 30),
                                f.whole("read-lease-permille", 0, 0, 999),
                                limits,
                                services(f)));
    }

    private static ServicePlan services(Fields f) {
        ServicePlan d = PlanDefaults.CLUSTER.services();
        return new ServicePlan(
                f.whole("watch-answer-bytes", d.watchAnswerBytes(), 1, 1 << 28),
                f.nanos("watch-progress", d.watchProgressNanos(), 1_000_000),
                f.nanos("lease-checkpoint", d.leaseCheckpointNanos(), 0),
                f.whole("watch-room", d.watchRoom(), 1, 1 << 16));
    }

    private static ClusterPlan.Limits limits(Fields f) {
        ClusterPlan.Limits d = PlanDefaults.CLUSTER.limits();
        long tick = f.nanos("tick", d.tickNanos(), 1);
        return f.checked(
                () ->
                        new ClusterPlan.Limits(
                                tick,
                                f.nanos("request-timeout", d.requestTimeoutNanos(), tick),
                                f.whole("append-bytes-max", d.maxBytesPerAppend(), 1, 1 << 28),
                                f.whole(
                                        "appends-in-flight-max",
                                        d.maxInFlightAppends(),
                                        1,
                                        1 << 20),
                                f.whole(
                                        "uncommitted-bytes-max",
                                        d.maxUncommittedBytes(),
                                        1,
                                        1 << 30),
                                f.whole("snapshot-entries", d.snapshotEntries(), 0, 1 << 30),
                                f.whole("snapshot-chunk-bytes", d.snapshotChunkBytes(), 1, 1 << 28),
                                bytes(f, "in-flight-bytes-max"),
                                bytes(f, "apply-bytes-max")));
    }

    private static long bytes(Fields f, String name) {
        long unbounded = ClusterPlan.Limits.UNBOUNDED;
        return f.has(name) ? f.whole(name, 1, unbounded) : unbounded;
    }

    NetworkPlan network() {
        return root.section("network", PlanDefaults.NETWORK, NETWORK, PlanSections::network);
    }

    private static NetworkPlan network(Fields f) {
        NetworkPlan d = PlanDefaults.NETWORK;
        return new NetworkPlan(
                f.section("delay", d.delay(), DELAY, PlanSections::delay),
                f.ratio("loss", d.loss()),
                f.ratio("duplication", d.duplication()),
                f.ratio("reorder", d.reorder()),
                f.ratio("late", d.late()),
                f.nanos("late-by", d.lateNanosMax(), 0),
                f.ratio("client-loss", d.clientLoss()));
    }

    private static DelayPlan delay(Fields f) {
        long min = f.nanos("min", 0);
        long typical = f.nanos("typical", min);
        return new DelayPlan(min, typical, f.nanos("max", typical));
    }

    private static LatencyPlan latency(Fields f) {
        long min = f.nanos("min", 0);
        return new LatencyPlan(min, f.nanos("max", min));
    }

    DiskPlan disk() {
        return root.section("disk", PlanDefaults.DISK, DISK, PlanSections::disk);
    }

    private static DiskPlan disk(Fields f) {
        DiskPlan d = PlanDefaults.DISK;
        return new DiskPlan(
                f.section("write", d.write(), RANGE, PlanSections::latency),
                f.section("sync", d.sync(), RANGE, PlanSections::latency),
                f.ratio("slow", d.slow()),
                f.nanos("slow-by", d.slowNanosMax(), 0),
                f.ratio("survives-crash", d.survivesCrash()),
                f.truth("torn", d.torn()));
    }

    ClockPlan clocks() {
        return root.section("clocks", PlanDefaults.CLOCKS, CLOCKS, PlanSections::clocks);
    }

    private static ClockPlan clocks(Fields f) {
        ClockPlan d = PlanDefaults.CLOCKS;
        return new ClockPlan(
                f.nanos("offset", d.offsetNanosMax(), 0),
                f.whole("drift-ppm", d.driftPpmMax(), 0, 500_000));
    }

    WorkloadPlan workload() {
        return root.section("workload", PlanDefaults.WORKLOAD, WORKLOAD, PlanSections::workload);
    }

    private static WorkloadPlan workload(Fields f) {
        WorkloadPlan d = PlanDefaults.WORKLOAD;
        return new WorkloadPlan(
                f.whole("clients", d.clients(), 0, 10_000),
                f.whole("keys", d.keys(), 1, MILLION),
                f.has("operations") ? f.whole("operations", 0, 1_000_000_000L) : d.operations(),
                f.section("think", d.think(), RANGE, PlanSections::latency),
                f.section("mix", d.mix(), MIX, PlanSections::mix),
                f.whole("value-bytes", d.valueBytes(), 0, 1 << 20),
                f.nanos("timeout", d.timeoutNanos(), 1),
                f.section("company", d.company(), COMPANY, PlanSections::company),
                habits(f));
    }

    private static CompanyPlan company(Fields f) {
        return new CompanyPlan(
                f.whole("appenders", 0, 0, CompanyPlan.MOST),
                f.whole("watchers", 0, 0, CompanyPlan.MOST),
                f.whole("lessees", 0, 0, CompanyPlan.MOST),
                f.whole("lockers", 0, 0, CompanyPlan.MOST),
                f.whole("users", 0, 0, CompanyPlan.MOST));
    }

    private static HabitPlan habits(Fields f) {
        HabitPlan d = PlanDefaults.WORKLOAD.habits();
        Ratio forwarded = f.ratio("forwarded", d.forwarded());
        return f.section(
                "quiet",
                new HabitPlan(forwarded, d.quietEveryNanos(), d.quietNanos()),
                List.of("every", "for"),
                quiet ->
                        quiet.checked(
                                () ->
                                        new HabitPlan(
                                                forwarded,
                                                quiet.nanos("every", 0),
                                                quiet.nanos("for", 0))));
    }

    private static OperationMix mix(Fields f) {
        int put = f.whole("put", 0, 0, MILLION);
        int get = f.whole("get", 0, 0, MILLION);
        int delete = f.whole("delete", 0, 0, MILLION);
        int cas = f.whole("cas", 0, 0, MILLION);
        int serializable = f.whole("serializable-get", 0, 0, MILLION);
        int range = f.whole("range", 0, 0, MILLION);
        int deleteRange = f.whole("delete-range", 0, 0, MILLION);
        int txn = f.whole("txn", 0, 0, MILLION);
        int compact = f.whole("compact", 0, 0, MILLION);
        if (put + get + delete + cas + serializable + range + deleteRange + txn + compact == 0) {
            throw InputRefused.expected(
                    f.place(), "workload.mix", "at least one weight above 0", "none");
        }
        return new OperationMix(
                put, get, delete, cas, serializable, range, deleteRange, txn, compact);
    }

    PhasePlan phases() {
        int members = cluster().members();
        Fields f = root.section("phases", PHASES);
        return new PhasePlan(
                f.nanos("faults-until", 1),
                f.nanos("liveness-bound", PlanDefaults.LIVENESS_BOUND_DERIVED, 0),
                f.has("still-cut")
                        ? FaultReader.links(f.item("still-cut"), f.at("still-cut"), members)
                        : List.of());
    }

    /** In the order of the file; an id that is left out is "f" and the place in the list. */
    List<FaultPlan> faults() {
        int members = cluster().members();
        List<FaultPlan> faults = new ArrayList<>();
        for (Item item : root.listOrNone("faults")) {
            FaultPlan fault = FaultReader.read(item, faults.size() + 1, members);
            if (faults.stream().anyMatch(earlier -> earlier.id().equals(fault.id()))) {
                throw InputRefused.expected(
                        item.place(), "faults", "each id once", "\"" + fault.id() + "\" again");
            }
            faults.add(fault);
        }
        return faults;
    }
}
