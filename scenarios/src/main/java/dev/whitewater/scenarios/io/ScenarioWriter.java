package dev.whitewater.scenarios.io;

import dev.whitewater.scenarios.Claim;
import dev.whitewater.scenarios.Durations;
import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.Scenario;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.CompanyPlan;
import dev.whitewater.sim.plan.DiskPlan;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.HabitPlan;
import dev.whitewater.sim.plan.LatencyPlan;
import dev.whitewater.sim.plan.NetworkPlan;
import dev.whitewater.sim.plan.OperationMix;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.plan.WorkloadPlan;

/**
 * Writes a plan in the grammar of scenario files, with every field. Reading it back gives an equal
 * plan.
 *
 * <p>Written by hand rather than with a YAML emitter, which has no notion of which tables read best
 * on one line.
 */
public final class ScenarioWriter {
    private final StringBuilder out = new StringBuilder();

    private ScenarioWriter() {}

    /** The whole file. */
    public static String write(PlannedRun run) {
        ScenarioWriter writer = new ScenarioWriter();
        writer.head(run);
        writer.plan(run.scenario().plan());
        return writer.out.toString();
    }

    private void head(PlannedRun run) {
        Scenario scenario = run.scenario();
        line("format: " + ScenarioFile.FORMAT);
        line("name: " + scenario.name());
        line("title: " + quoted(scenario.title()));
        line("story: " + quoted(scenario.story()));
        line("teaches: " + quoted(scenario.teaches()));
        line(scenario.mustShow().isEmpty() ? "must-show: []" : "must-show:");
        for (Claim claim : scenario.mustShow()) {
            line("  - " + claim.kind().fileName() + ": " + claim.argument());
        }
        if (scenario.question().isAsked()) {
            line("question:");
            line("  who-can-win-after: " + scenario.question().after());
        }
        line("seed: " + scenario.plan().seed());
        line("bugs: [" + String.join(", ", run.bugs()) + "]");
        if (!run.rapids().isEmpty()) {
            line("rapids: " + run.rapids());
        }
    }

    private void plan(RunPlan plan) {
        cluster(plan.cluster());
        network(plan.network());
        disk(plan.disk());
        line("clocks:");
        field("offset", nanos(plan.clocks().offsetNanosMax()));
        field("drift-ppm", plan.clocks().driftPpmMax());
        workload(plan.workload());
        line(plan.faults().isEmpty() ? "faults: []" : "faults:");
        plan.faults().forEach(this::fault);
        // Last on purpose: a file that was cut off lacks it and is refused.
        line("phases:");
        field("faults-until", nanos(plan.phases().faultsUntilNanos()));
        field("liveness-bound", nanos(plan.phases().livenessBoundNanos()));
        field("still-cut", FaultWriter.links(plan.phases().stillCut()));
    }

    private void cluster(ClusterPlan cluster) {
        ClusterPlan.Limits limits = cluster.limits();
        line("cluster:");
        field("members", cluster.members());
        field("election-timeout", nanos(cluster.electionTimeoutNanos()));
        field("heartbeat", nanos(cluster.heartbeatNanos()));
        field("pre-vote", cluster.preVote());
        field("check-quorum", cluster.checkQuorum());
        field("wal-segment-bytes", cluster.walSegmentBytes());
        field("read-lease-permille", cluster.readLeasePermille());
        field("tick", nanos(limits.tickNanos()));
        field("request-timeout", nanos(limits.requestTimeoutNanos()));
        field("append-bytes-max", limits.maxBytesPerAppend());
        field("appends-in-flight-max", limits.maxInFlightAppends());
        field("uncommitted-bytes-max", limits.maxUncommittedBytes());
        field("snapshot-entries", limits.snapshotEntries());
        field("snapshot-chunk-bytes", limits.snapshotChunkBytes());
        field("in-flight-bytes-max", limits.maxInFlightBytes());
        field("apply-bytes-max", limits.maxBytesPerApply());
        field("watch-answer-bytes", cluster.services().watchAnswerBytes());
        field("watch-progress", nanos(cluster.services().watchProgressNanos()));
        field("lease-checkpoint", nanos(cluster.services().leaseCheckpointNanos()));
        field("watch-room", cluster.services().watchRoom());
    }

    private void network(NetworkPlan network) {
        line("network:");
        field(
                "delay",
                "{min: "
                        + nanos(network.delay().minNanos())
                        + ", typical: "
                        + nanos(network.delay().typicalNanos())
                        + ", max: "
                        + nanos(network.delay().maxNanos())
                        + "}");
        field("loss", network.loss());
        field("duplication", network.duplication());
        field("reorder", network.reorder());
        field("late", network.late());
        field("late-by", nanos(network.lateNanosMax()));
        field("client-loss", network.clientLoss());
    }

    private void disk(DiskPlan disk) {
        line("disk:");
        field("write", latency(disk.write()));
        field("sync", latency(disk.sync()));
        field("slow", disk.slow());
        field("slow-by", nanos(disk.slowNanosMax()));
        field("survives-crash", disk.survivesCrash());
        field("torn", disk.torn());
    }

    private void workload(WorkloadPlan workload) {
        OperationMix mix = workload.mix();
        line("workload:");
        field("clients", workload.clients());
        field("keys", workload.keys());
        field("operations", workload.operations());
        field("think", latency(workload.think()));
        field(
                "mix",
                "{put: "
                        + mix.put()
                        + ", get: "
                        + mix.get()
                        + ", delete: "
                        + mix.delete()
                        + ", cas: "
                        + mix.cas()
                        + ", serializable-get: "
                        + mix.serializableGet()
                        + ", range: "
                        + mix.range()
                        + ", delete-range: "
                        + mix.deleteRange()
                        + ", txn: "
                        + mix.txn()
                        + ", compact: "
                        + mix.compact()
                        + "}");
        field("value-bytes", workload.valueBytes());
        field("timeout", nanos(workload.timeoutNanos()));
        company(workload.company());
        HabitPlan habits = workload.habits();
        field("forwarded", habits.forwarded());
        field(
                "quiet",
                "{every: "
                        + nanos(habits.quietEveryNanos())
                        + ", for: "
                        + nanos(habits.quietNanos())
                        + "}");
    }

    private void company(CompanyPlan company) {
        field(
                "company",
                "{appenders: "
                        + company.appenders()
                        + ", watchers: "
                        + company.watchers()
                        + ", lessees: "
                        + company.lessees()
                        + ", lockers: "
                        + company.lockers()
                        + ", users: "
                        + company.users()
                        + "}");
    }

    private void fault(FaultPlan plan) {
        line("  - id: " + plan.id());
        line("    at: " + nanos(plan.atNanos()));
        line("    for: " + nanos(plan.forNanos()));
        line("    " + plan.fault().kind() + ": " + FaultWriter.describe(plan.fault()));
    }

    private static String latency(LatencyPlan latency) {
        return "{min: " + nanos(latency.minNanos()) + ", max: " + nanos(latency.maxNanos()) + "}";
    }

    private static String nanos(long nanos) {
        return Durations.write(nanos);
    }

    private void field(String name, Object value) {
        line("  " + name + ": " + value);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** A double-quoted scalar, in which only the quote, the backslash and line ends are special. */
    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return '"' + escaped + '"';
    }
}
