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

    /** Faults begin when the first leader may be settled, and end a moment before the healing. */
    private static final long QUIET_START_NANOS = 500 * MILLI;

    private final Draws draws;
    private final Rapids rapids;
    private final ClusterPlan cluster;
    private final PhasePlan phases;
    private final int lastLeader;

    /** How many in a hundred of the kinds that the grade would arm are armed in this run. */
    private final int share;

    private final List<FaultPlan> faults = new ArrayList<>();

    SwarmFaults(Draws all, Rapids rapids, ClusterPlan cluster, PhasePlan phases) {
        draws = all.fork("faults");
        lastLeader =
                phases.stillCut().isEmpty() ? 0 : PartialGraphs.outsider(all, cluster.members());
        share = draws.pick("share", 100, 100, 100, 50, 20);
        this.rapids = rapids;
        this.cluster = cluster;
        this.phases = phases;
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
            flurries();
            usurpers();
            lateWords();
            successors();
            if (changesMembership()) {
                reshuffles();
            }
        }
        if (cluster.members() > 1) {
            echoes();
        }
        faults.sort(Comparator.comparingLong(FaultPlan::atNanos).thenComparing(FaultPlan::id));
        return List.copyOf(faults);
    }

    private void processes() {
        kind("crash-leader", d -> new Fault.Crash(new Target.TheLeader()));
        kind("crash-any", d -> new Fault.Crash(member(d)));
        kind("crash-many", d -> new Fault.Crash(many(d)));
        for (CrashPoint point : CrashPoint.values()) {
            rarely("crash-at-" + point, d -> new Fault.CrashAt(leaderOrAny(d), point));
        }
        kind("pause", d -> new Fault.Pause(leaderOrAny(d)));
        kind("crash-in-write", d -> new Fault.CrashInWrite(leaderOrAny(d)));
        half("kill-in-write", d -> new Fault.KillInWrite(leaderOrAny(d)));
        half("kill", d -> new Fault.Kill(leaderOrAny(d)));
        if (phases.stillCut().isEmpty()) {
            half("restart", d -> new Fault.Restart(member(d)));
        }
    }

    private void network() {
        kind("isolate-leader", d -> new Fault.Isolate(new Target.TheLeader()));
        kind("isolate-any", d -> new Fault.Isolate(member(d)));
        kind("partition", d -> new Fault.Partition(halves(d)));
        kind("cut-links", d -> new Fault.CutLinks(links(d)));
        kind("lossy-links", d -> new Fault.LossyLinks(new Ratio(d.pick("loss", 1, 3, 6), 10)));
        half("black-hole", d -> new Fault.BlackHole(member(d)));
        half("swizzle", d -> new Fault.Swizzle(many(d)));
        half("clog", d -> new Fault.Clog(links(d)));
        half("slow-links", d -> new Fault.SlowLinks(links(d), extra(d)));
        half(
                "reordered-links",
                d -> new Fault.ReorderedLinks(new Ratio(d.pick("of", 1, 3, 10), 10), extra(d)));
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
        kind("slow-disk", d -> new Fault.SlowDisk(leaderOrAny(d), extra(d)));
        half("stalled-sync", d -> new Fault.StalledSync(leaderOrAny(d)));
        half("full-disk", d -> new Fault.FullDisk(leaderOrAny(d)));
        half("failed-write", d -> new Fault.DiskError(leaderOrAny(d), Step.WRITE, often(d)));
        half("failed-sync", d -> new Fault.DiskError(leaderOrAny(d), Step.SYNC, often(d)));
    }

    /** Members come and go in some runs, disks are damaged in others: see the fault atlas. */
    private void operators() {
        long election = cluster.electionTimeoutNanos();
        half("transfer", d -> new Fault.Transfer(member(d)));
        half("defragment", d -> new Fault.Defragment(leaderOrAny(d)));
        rarely("no-space-alarm", d -> new Fault.NoSpaceAlarm(leaderOrAny(d)));
        if (!phases.stillCut().isEmpty()) {
            // Who leads when all but some links heal should be one that few of them reach.
            Target outsider = new Target.Member(lastLeader);
            long healing = phases.faultsUntilNanos();
            add("last-transfer", healing - election, election, new Fault.Transfer(outsider));
            // What the links leave must be a majority, of all members and with all guards.
            return;
        }
        if (changesMembership()) {
            half("remove", d -> new Fault.Remove(leaderOrAny(d)));
            half("remove-many", d -> new Fault.Remove(many(d)));
            half("demote", d -> new Fault.Demote(leaderOrAny(d)));
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
            Target target = one.chance("other member", 25) ? member(one) : member(d);
            int kind = one.chance("other kind", 20) ? one.between("kind", 0, 9) : usual;
            long at = QUIET_START_NANOS + one.between("at", 0, phases.faultsUntilNanos());
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

    private boolean changesMembership() {
        return phases.stillCut().isEmpty() && draws.fork("operators").chance("membership", 50);
    }

    private void clocks() {
        kind("clock-jump", d -> new Fault.ClockJump(leaderOrAny(d), jump(d)));
        half("clock-freeze", d -> new Fault.ClockFreeze(leaderOrAny(d)));
        half("clock-drift", d -> new Fault.ClockDrift(leaderOrAny(d), drift(d)));
    }

    /**
     * Several faults at once, at the pace of elections: what goes wrong while something else is
     * being put right.
     */
    private void flurries() {
        boolean membership = changesMembership();
        long election = cluster.electionTimeoutNanos();
        moments(
                "flurry",
                (one, at, id) -> {
                    int count = one.between("count", 3, 8);
                    for (int i = 1; i <= count; i++) {
                        Draws each = one.fork("of", i);
                        long begins = at + each.between("begins", 0, 6 * election);
                        long lasts = each.magnitude("for", election / 8, 4 * election);
                        add(id + "-" + i, begins, lasts, ofFlurry(each, membership));
                    }
                });
    }

    private Fault ofFlurry(Draws d, boolean membership) {
        return switch (d.between("kind", 0, membership ? 11 : 8)) {
            case 0, 1 -> new Fault.Isolate(new Target.TheLeader());
            case 2 -> new Fault.Isolate(member(d));
            case 3 -> new Fault.Crash(leaderOrAny(d));
            case 4 -> new Fault.Transfer(member(d));
            case 5 -> new Fault.Pause(leaderOrAny(d));
            case 6 -> new Fault.CutLinks(links(d));
            case 7 -> new Fault.SlowDisk(leaderOrAny(d), extra(d));
            case 8 -> new Fault.Isolate(leaderAndOthers(d));
            case 9 -> new Fault.Demote(leaderOrAny(d));
            default -> new Fault.Remove(leaderOrAny(d));
        };
    }

    /**
     * One leader after the other is cut off, alone or with others but short of a majority, and goes
     * on taking writes in; then all come back at about the same time, each with a tail of its own
     * (thesis figure 3.6 and 3.7).
     */
    private void usurpers() {
        long election = cluster.electionTimeoutNanos();
        moments(
                "usurper",
                (one, at, id) -> {
                    int count = one.between("count", 2, 4);
                    long gap = one.between("gap", election, 4 * election);
                    long over = at + (count + 1) * gap;
                    for (int i = 1; i <= count; i++) {
                        Draws each = one.fork("of", i);
                        long ends = over + each.between("ends", 0, 2 * election);
                        long begins = at + (i - 1) * gap;
                        Target target =
                                each.chance("alone", 50)
                                        ? new Target.TheLeader()
                                        : leaderAndOthers(each);
                        add(id + "-" + i, begins, ends - begins, new Fault.Isolate(target));
                        if (each.chance("stalls", 30)) {
                            // What it takes in waits for its disk until after it is back.
                            long lasts =
                                    ends - begins + each.between("stalls for", 0, 4 * election);
                            Fault stalls = new Fault.StalledSync(new Target.TheLeader());
                            add(id + "-" + i + "-stalls", begins, lasts, stalls);
                        }
                    }
                });
    }

    /**
     * A member is to lead and, soon after, not to vote any more, while what it is told arrives late
     * and in any order: words to who it was reach who it is.
     */
    private void reshuffles() {
        long election = cluster.electionTimeoutNanos();
        moments(
                "reshuffle",
                (one, at, id) -> {
                    Target target = member(one);
                    Ratio late = new Ratio(one.pick("late", 1, 2, 4), 10);
                    long by = one.between("by", 2 * election, 10 * election);
                    add(id + "-late", at, 4 * election, new Fault.ReorderedLinks(late, by));
                    int count = one.between("count", 2, 5);
                    for (int i = 1; i <= count; i++) {
                        long when = at + one.fork("of", i).between("when", 0, 3 * election);
                        add(id + "-lead-" + i, when, election, new Fault.Transfer(target));
                    }
                    long leaves = at + one.between("leaves", election / 2, 4 * election);
                    long lasts = one.between("for", 2 * election, 10 * election);
                    Fault place =
                            one.chance("learns", 70)
                                    ? new Fault.Demote(target)
                                    : new Fault.Remove(target);
                    add(id + "-leaves", leaves, lasts, place);
                });
    }

    /**
     * What is said in a moment arrives long after, and what is said next at once: no longer than
     * anybody needs to doubt its leader. By then who was to lead has no vote any more, or who led
     * leads again.
     */
    private void lateWords() {
        long election = cluster.electionTimeoutNanos();
        moments(
                "late-words",
                (one, at, id) -> {
                    Target target = member(one);
                    long gap = 3 * election / 2;
                    Ratio late = new Ratio(one.pick("late", 4, 6, 8), 10);
                    long by = one.between("by", 4 * election, 16 * election);
                    long lasts = one.between("for", election / 4, election / 2);
                    add(id, at + gap, lasts, new Fault.ReorderedLinks(late, by));
                    long then = at + gap + one.between("then", 0, lasts / 2);
                    if (changesMembership() && one.chance("learns", 60)) {
                        add(id + "-lead", then, election, new Fault.Transfer(target));
                        long leaves = then + election + one.between("leaves", 0, election / 2);
                        add(id + "-leaves", leaves, gap + by, new Fault.Demote(target));
                        return;
                    }
                    add(id + "-lead", at, election, new Fault.Transfer(target));
                    Fault ends =
                            one.chance("cut off", 40)
                                    ? new Fault.Isolate(new Target.TheLeader())
                                    : new Fault.Transfer(member(one.fork("next")));
                    add(id + "-ends", then, 2 * election, ends);
                    long again = then + one.between("again", election, 5 * election);
                    add(id + "-again", again, election, new Fault.Transfer(target));
                    // Of who is silent then, its new leader knows nothing but by old words.
                    Target silent = member(one.fork("silent"));
                    add(id + "-silent", again, 4 * election, new Fault.Isolate(silent));
                });
    }

    /**
     * A leader does not hear of its successor: from the one it hands over to nothing reaches it, or
     * whoever it counts on forgets it in a crash while another, who does not hear it, asks for
     * votes. Its lease, if it has one, must have ended by then (thesis §6.4.1).
     */
    private void successors() {
        long election = cluster.electionTimeoutNanos();
        moments(
                "successor",
                (one, at, id) -> {
                    int leads = one.between("leads", 1, cluster.members());
                    int next = 1 + leads % cluster.members();
                    add(id + "-lead", at, election, new Fault.Transfer(new Target.Member(leads)));
                    long then = at + 3 * election / 2;
                    if (cluster.members() == 2 || one.chance("hands over", 50)) {
                        Fault unheard = new Fault.CutLinks(List.of(new Fault.Link(next, leads)));
                        add(id + "-unheard", then, election, unheard);
                        Fault over = new Fault.Transfer(new Target.Member(next));
                        add(id + "-over", then, election, over);
                        return;
                    }
                    Fault deaf = new Fault.CutLinks(List.of(new Fault.Link(leads, next)));
                    add(id + "-deaf", then, 5 * election, deaf);
                    int voter = 1 + next % cluster.members();
                    Fault lonely = new Fault.CutLinks(List.of(new Fault.Link(leads, voter)));
                    for (int i = 1; i <= 3; i++) {
                        Draws each = one.fork("crash", i);
                        long when = then + i * election + each.between("when", 0, election);
                        long down = each.between("down", election / 16, election / 2);
                        Fault forgets = new Fault.Crash(new Target.Member(voter));
                        add(id + "-forgets-" + i, when, down, forgets);
                        add(id + "-lonely-" + i, when, election, lonely);
                    }
                });
    }

    private Target leaderAndOthers(Draws d) {
        // With learners the leader's side may be more than half of all and yet no majority.
        int most =
                changesMembership() && d.chance("many", 30)
                        ? cluster.members() - 2
                        : (cluster.members() - 1) / 2 - 1;
        return most < 1
                ? new Target.TheLeader()
                : new Target.TheLeaderAnd(d.between("others", 1, most));
    }

    /** What happens at one moment of many. */
    private interface Moment {
        void draw(Draws d, long atNanos, String id);
    }

    private void moments(String name, Moment moment) {
        Draws d = draws.fork(name);
        if (!d.chance("armed", rapids.armedPercent() * 2 * share / 300)) {
            return;
        }
        long pause = rapids.pauseMillis() * MILLI;
        long at = QUIET_START_NANOS + d.between("first", 0, 2 * pause);
        for (int i = 1; at < phases.faultsUntilNanos(); i++) {
            Draws one = d.fork("moment", i);
            moment.draw(one, at, name + "-" + i);
            at += one.between("pause", pause, 4 * pause);
        }
    }

    private void add(String id, long at, long lasts, Fault fault) {
        if (at < phases.faultsUntilNanos()) {
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
        if (!d.chance("armed", percent * share / 100)) {
            return;
        }
        long pause = rapids.pauseMillis() * MILLI / 2;
        long longest = d.magnitude("longest", 50 * MILLI, 8_000 * MILLI);
        long at = QUIET_START_NANOS + d.between("first", 0, 2 * pause);
        for (int i = 1; i <= most && at < phases.faultsUntilNanos(); i++) {
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
