package dev.whitewater.scenarios.swarm;

import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.plan.Target;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws moments at which several faults belong together, at the pace of elections: each is a
 * schedule that led some system astray, with all that may vary in it drawn.
 */
final class SwarmMoments {
    private static final long MILLI = 1_000_000;

    private final SwarmSetting setting;
    private final ClusterPlan cluster;
    private final Aims aims;
    private final List<FaultPlan> faults = new ArrayList<>();

    SwarmMoments(SwarmSetting setting) {
        this.setting = setting;
        this.cluster = setting.cluster();
        this.aims = new Aims(cluster);
    }

    List<FaultPlan> draw() {
        flurries();
        usurpers();
        lateWords();
        successors();
        if (setting.changesMembership()) {
            reshuffles();
        }
        return List.copyOf(faults);
    }

    /**
     * Several faults at once, at the pace of elections: what goes wrong while something else is
     * being put right.
     */
    private void flurries() {
        boolean membership = setting.changesMembership();
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
            case 2 -> new Fault.Isolate(aims.member(d));
            case 3 -> new Fault.Crash(aims.leaderOrAny(d));
            case 4 -> new Fault.Transfer(aims.member(d));
            case 5 -> new Fault.Pause(aims.leaderOrAny(d));
            case 6 -> new Fault.CutLinks(aims.links(d));
            case 7 -> new Fault.SlowDisk(aims.leaderOrAny(d), aims.extra(d));
            case 8 -> new Fault.Isolate(leaderAndOthers(d));
            case 9 -> new Fault.Demote(aims.leaderOrAny(d));
            default -> new Fault.Remove(aims.leaderOrAny(d));
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
                    Target target = aims.member(one);
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
                    Target target = aims.member(one);
                    long gap = 3 * election / 2;
                    Ratio late = new Ratio(one.pick("late", 4, 6, 8), 10);
                    long by = one.between("by", 4 * election, 16 * election);
                    long lasts = one.between("for", election / 4, election / 2);
                    add(id, at + gap, lasts, new Fault.ReorderedLinks(late, by));
                    long then = at + gap + one.between("then", 0, lasts / 2);
                    if (setting.changesMembership() && one.chance("learns", 60)) {
                        add(id + "-lead", then, election, new Fault.Transfer(target));
                        long leaves = then + election + one.between("leaves", 0, election / 2);
                        add(id + "-leaves", leaves, gap + by, new Fault.Demote(target));
                        return;
                    }
                    add(id + "-lead", at, election, new Fault.Transfer(target));
                    Fault ends =
                            one.chance("cut off", 40)
                                    ? new Fault.Isolate(new Target.TheLeader())
                                    : new Fault.Transfer(aims.member(one.fork("next")));
                    add(id + "-ends", then, 2 * election, ends);
                    long again = then + one.between("again", election, 5 * election);
                    add(id + "-again", again, election, new Fault.Transfer(target));
                    // Of who is silent then, its new leader knows nothing but by old words.
                    Target silent = aims.member(one.fork("silent"));
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
                setting.changesMembership() && d.chance("many", 30)
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
        Draws d = setting.draws().fork(name);
        if (!d.chance("armed", setting.rapids().armedPercent() * 2 * setting.share() / 300)) {
            return;
        }
        long pause = setting.rapids().pauseMillis() * MILLI;
        long at = SwarmSetting.QUIET_START_NANOS + d.between("first", 0, 2 * pause);
        for (int i = 1; !setting.isOver(at); i++) {
            Draws one = d.fork("moment", i);
            moment.draw(one, at, name + "-" + i);
            at += one.between("pause", pause, 4 * pause);
        }
    }

    private void add(String id, long at, long lasts, Fault fault) {
        if (!setting.isOver(at)) {
            faults.add(new FaultPlan(id, at, lasts, fault));
        }
    }
}
