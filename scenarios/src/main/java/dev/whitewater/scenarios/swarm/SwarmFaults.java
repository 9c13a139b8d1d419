package dev.whitewater.scenarios.swarm;

import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.Fault.DiskError.Step;
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

    private final SwarmSetting setting;
    private final Draws draws;
    private final Rapids rapids;
    private final ClusterPlan cluster;
    private final PhasePlan phases;
    private final Aims aims;
    private final int lastLeader;
    private final List<FaultPlan> faults = new ArrayList<>();

    SwarmFaults(Draws all, Rapids rapids, ClusterPlan cluster, PhasePlan phases) {
        setting = SwarmSetting.of(all, rapids, cluster, phases);
        lastLeader =
                phases.stillCut().isEmpty() ? 0 : PartialGraphs.outsider(all, cluster.members());
        draws = setting.draws();
        this.rapids = rapids;
        this.cluster = cluster;
        this.phases = phases;
        aims = new Aims(cluster);
    }

    /** What one kind of trouble is made of, time after time. */
    private interface Maker {
        Fault make(Draws d);
    }

    List<FaultPlan> draw() {
        processes();
        if (cluster.members() > 1) {
            network();
        }
        disks();
        if (cluster.readLeasePermille() == 0) {
            clocks();
        }
        operators();
        if (cluster.members() > 1) {
            faults.addAll(new SwarmMoments(setting).draw());
            echoes();
        }
        faults.sort(Comparator.comparingLong(FaultPlan::atNanos).thenComparing(FaultPlan::id));
        return List.copyOf(faults);
    }

    private void processes() {
        kind("crash-leader", d -> new Fault.Crash(new Target.TheLeader()));
        kind("crash-any", d -> new Fault.Crash(aims.member(d)));
        kind("crash-many", d -> new Fault.Crash(Aims.many(d)));
        for (CrashPoint point : CrashPoint.values()) {
            rarely("crash-at-" + point, d -> new Fault.CrashAt(aims.leaderOrAny(d), point));
        }
        kind("pause", d -> new Fault.Pause(aims.leaderOrAny(d)));
        kind("crash-in-write", d -> new Fault.CrashInWrite(aims.leaderOrAny(d)));
        half("kill-in-write", d -> new Fault.KillInWrite(aims.leaderOrAny(d)));
        half("kill", d -> new Fault.Kill(aims.leaderOrAny(d)));
        if (phases.stillCut().isEmpty()) {
            half("restart", d -> new Fault.Restart(aims.member(d)));
        }
    }

    private void network() {
        kind("isolate-leader", d -> new Fault.Isolate(new Target.TheLeader()));
        kind("isolate-any", d -> new Fault.Isolate(aims.member(d)));
        kind("partition", d -> new Fault.Partition(aims.halves(d)));
        kind("cut-links", d -> new Fault.CutLinks(aims.links(d)));
        kind("lossy-links", d -> new Fault.LossyLinks(new Ratio(d.pick("loss", 1, 3, 6), 10)));
        half("black-hole", d -> new Fault.BlackHole(aims.member(d)));
        half("swizzle", d -> new Fault.Swizzle(Aims.many(d)));
        half("clog", d -> new Fault.Clog(aims.links(d)));
        half("slow-links", d -> new Fault.SlowLinks(aims.links(d), aims.extra(d)));
        half(
                "reordered-links",
                d ->
                        new Fault.ReorderedLinks(
                                new Ratio(d.pick("of", 1, 3, 10), 10), aims.extra(d)));
    }

    /**
     * Some of the very first words arrive when they are long forgotten, and what was true of an
     * empty log is said to one that has let go of its beginning. Until then nothing else happens,
     * or another leader's term would make them void.
     */
    private void echoes() {
        Draws d = draws.fork("echoes");
        if (d.chance("armed", rapids.armedPercent() / 3)) {
            Ratio late = new Ratio(d.pick("late", 1, 3, 6), 10);
            long by = d.magnitude("by", 1_000 * MILLI, 16_000 * MILLI);
            faults.removeIf(fault -> fault.atNanos() < by);
            long lasts = 2 * cluster.electionTimeoutNanos();
            faults.add(new FaultPlan("echoes", 0, lasts, new Fault.ReorderedLinks(late, by)));
        }
    }

    private void disks() {
        kind("slow-disk", d -> new Fault.SlowDisk(aims.leaderOrAny(d), aims.extra(d)));
        half("stalled-sync", d -> new Fault.StalledSync(aims.leaderOrAny(d)));
        half("full-disk", d -> new Fault.FullDisk(aims.leaderOrAny(d)));
        half("failed-write", d -> new Fault.DiskError(aims.leaderOrAny(d), Step.WRITE, often(d)));
        half("failed-sync", d -> new Fault.DiskError(aims.leaderOrAny(d), Step.SYNC, often(d)));
    }

    /** Members come and go in some runs, disks are damaged in others: see the fault atlas. */
    private void operators() {
        long election = cluster.electionTimeoutNanos();
        half("transfer", d -> new Fault.Transfer(aims.member(d)));
        half("defragment", d -> new Fault.Defragment(aims.leaderOrAny(d)));
        rarely("no-space-alarm", d -> new Fault.NoSpaceAlarm(aims.leaderOrAny(d)));
        if (!phases.stillCut().isEmpty()) {
            // Who leads when all but some links heal should be one that few of them reach.
            Target outsider = new Target.Member(lastLeader);
            long healing = phases.faultsUntilNanos();
            add("last-transfer", healing - election, election, new Fault.Transfer(outsider));
            // What the links leave must be a majority, of all members and with all guards.
            return;
        }
        if (setting.changesMembership()) {
            half("remove", d -> new Fault.Remove(aims.leaderOrAny(d)));
            half("remove-many", d -> new Fault.Remove(Aims.many(d)));
            half("demote", d -> new Fault.Demote(aims.leaderOrAny(d)));
            half("demote-many", d -> new Fault.Demote(new Target.AMinority()));
        } else {
            damage();
        }
    }

    /**
     * Damage that lasts, mostly of one kind and to one disk: few may be damaged. It shows when it
     * is read back, so mostly there is a crash of that member soon after.
     */
    private void damage() {
        Draws d = draws.fork("damage");
        if (cluster.members() < 3 || !d.chance("armed", rapids.armedPercent())) {
            return;
        }
        int usual = d.between("kind", 0, 9);
        int count = d.between("count", 1, 8);
        for (int i = 1; i <= count; i++) {
            Draws one = d.fork("fault", i);
            Target target = one.chance("other member", 25) ? aims.member(one) : aims.member(d);
            int kind = one.chance("other kind", 20) ? one.between("kind", 0, 9) : usual;
            long at =
                    SwarmSetting.QUIET_START_NANOS
                            + one.between("at", 0, phases.faultsUntilNanos());
            long lasts = one.magnitude("for", 50 * MILLI, 4_000 * MILLI);
            add("damage-" + i, at, lasts, damage(kind, target, d.pick("sectors", 1, 1, 3, 20)));
            if (one.chance("read back", 70)) {
                long after = one.magnitude("after", 10 * MILLI, 5_000 * MILLI);
                long down = one.magnitude("down", 50 * MILLI, 2_000 * MILLI);
                add("damage-" + i + "-read", at + after, down, new Fault.Crash(target));
            }
        }
    }

    private static Fault damage(int kind, Target target, int sectors) {
        return switch (kind) {
            case 0 -> new Fault.Wipe(target, false);
            case 1, 2 -> new Fault.MisdirectedWrite(target, false);
            default -> new Fault.BitRot(target, sectors, false);
        };
    }

    private void clocks() {
        kind("clock-jump", d -> new Fault.ClockJump(aims.leaderOrAny(d), jump(d)));
        half("clock-freeze", d -> new Fault.ClockFreeze(aims.leaderOrAny(d)));
        half("clock-drift", d -> new Fault.ClockDrift(aims.leaderOrAny(d), drift(d)));
    }

    private void add(String id, long at, long lasts, Fault fault) {
        if (!setting.isOver(at)) {
            faults.add(new FaultPlan(id, at, lasts, fault));
        }
    }

    private void kind(String name, Maker maker) {
        kind(name, rapids.armedPercent(), FAULTS_PER_KIND_MAX, maker);
    }

    /** A kind that is armed half as often: there are many, and each needs runs without others. */
    private void half(String name, Maker maker) {
        kind(name, rapids.armedPercent() / 2, FAULTS_PER_KIND_MAX, maker);
    }

    /** One of many places of one kind. */
    private void rarely(String name, Maker maker) {
        kind(name, rapids.armedPercent() / 5, 5, maker);
    }

    private void kind(String name, int percent, int most, Maker maker) {
        Draws d = draws.fork(name);
        if (!d.chance("armed", percent * setting.share() / 100)) {
            return;
        }
        long pause = rapids.pauseMillis() * MILLI / 2;
        long longest = d.magnitude("longest", 50 * MILLI, 8_000 * MILLI);
        long at = SwarmSetting.QUIET_START_NANOS + d.between("first", 0, 2 * pause);
        for (int i = 1; i <= most && !setting.isOver(at); i++) {
            Draws one = d.fork("fault", i);
            long lasts = one.between("for", longest / 10, longest);
            faults.add(new FaultPlan(name + "-" + i, at, lasts, maker.make(one)));
            at += lasts / 2 + one.between("pause", pause / 2, 3 * pause);
        }
    }

    private static Ratio often(Draws d) {
        return new Ratio(1, d.pick("one of", 1, 10, 100));
    }

    /** From half as fast to four times as fast. */
    private static int drift(Draws d) {
        int ppm = (int) d.magnitude("ppm", 1_000, 3_000_000);
        return d.chance("slow", 50) ? -Math.min(ppm, 500_000) : ppm;
    }

    private long jump(Draws d) {
        return d.magnitude("jump", 10 * MILLI, 10 * cluster.electionTimeoutNanos());
    }
}
