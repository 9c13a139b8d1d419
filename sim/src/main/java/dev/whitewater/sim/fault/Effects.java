package dev.whitewater.sim.fault;

import dev.whitewater.sim.client.Operator;
import dev.whitewater.sim.client.Operator.Place;
import dev.whitewater.sim.cluster.Member;
import dev.whitewater.sim.disk.DiskTrouble;
import dev.whitewater.sim.disk.DiskTrouble.Failing;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.net.Links;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.Fault.Link;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What each kind of fault does when it begins and when it ends. Faults overlap freely: a link
 * passes frames when no fault cuts it, a member runs when no fault holds it down, and a disk or a
 * clock is in the worst state that any fault wants it in.
 */
final class Effects {

    private final List<Member> members;
    private final Links links;
    private final EventQueue<SimEvent> queue;
    private final Targets targets;
    private final Journal journal;
    private final FaultAtlas atlas;
    private final Operator operator;
    private final int[] downs;
    private final int[] pauses;

    Effects(Surroundings around, FaultAtlas atlas) {
        this.members = around.members();
        this.links = around.links();
        this.queue = around.queue();
        this.targets = around.targets();
        this.journal = around.journal();
        this.operator = around.operator();
        this.atlas = atlas;
        downs = new int[members.size() + 1];
        pauses = new int[members.size() + 1];
    }

    /** {@code active} are all faults that last, this one among them. */
    void begin(Active fault, Collection<Active> active) {
        for (Link link : fault.cut()) {
            links.cut(link.from(), link.to());
        }
        if (fault.fault() instanceof Fault.OfMembers) {
            for (int member : fault.hit()) {
                begin(fault, member(member));
            }
        }
        onLinks(fault);
        disks(active);
        clocks(active);
        membership(active);
    }

    private void begin(Active fault, Member member) {
        String id = fault.plan().id();
        long key = targets.key(fault.plan());
        switch (fault.fault()) {
            case Fault.Crash _ -> down(member, id, true);
            // Most writes are of one sector, and those can't be torn.
            case Fault.CrashInWrite _ -> member.appointments().crashInWrite(id, (key & 3) != 0);
            case Fault.KillInWrite _ -> member.appointments().killInWrite(id);
            case Fault.Kill _ -> down(member, id, false);
            case Fault.CrashAt it -> member.appointments().crashAt(it.point(), id);
            case Fault.Pause _ -> {
                pauses[member.number()]++;
                member.pause();
            }
            case Fault.Restart _ -> {
                downs[member.number()]++;
                member.stop(fault.event());
                member.changeConfig(key);
            }
            case Fault.Wipe(var _, boolean rejoins) -> wipe(member, id, rejoins);
            case Fault.BitRot(var _, int sectors, boolean lastCopy) -> {
                if (lastCopy || atlas.mayDamage(member)) {
                    member.disk().rot(key, sectors);
                }
            }
            case Fault.MisdirectedWrite(var _, boolean lastCopy) -> {
                if (lastCopy || atlas.mayDamage(member)) {
                    member.disk().misdirectNext(key);
                }
            }
            case Fault.ClockJump(var _, long nanos) -> member.jumpClock(nanos);
            case Fault.Transfer _ -> operator.handOver(member.number());
            case Fault.Defragment _ -> operator.defragment(member.number());
            case Fault.NoSpaceAlarm _ -> operator.wantAlarm(member.number(), true);
            default -> {}
        }
    }

    private void down(Member member, String id, boolean powerFails) {
        downs[member.number()]++;
        if (member.isRunning()) {
            journal.fault(powerFails ? member.crash() : member.kill(), id);
        }
    }

    private void wipe(Member member, String id, boolean rejoins) {
        boolean may = rejoins || atlas.mayDamage(member);
        downs[member.number()]++;
        if (may && member.isRunning()) {
            journal.fault(member.crash(), id);
        }
        if (may) {
            member.disk().wipe();
        }
        if (may && !rejoins) {
            member.goAway();
        }
    }

    private void onLinks(Active fault) {
        long key = targets.key(fault.plan());
        long until = fault.untilNanos();
        switch (fault.fault()) {
            case Fault.LossyLinks(var loss) -> links.addLoss(key, loss);
            case Fault.DropFrame drop -> links.addDrop(key, drop);
            case Fault.SlowLinks(var slow, long extra) ->
                    links.addSlow(key, new Links.Slow(slow, Ratio.ALWAYS, extra, true));
            case Fault.ReorderedLinks(var ratio, long extra) ->
                    links.addSlow(key, new Links.Slow(List.of(), ratio, extra, false));
            case Fault.Clog(var clogged) -> {
                List<Links.Clog> windows = new ArrayList<>();
                for (Link link : clogged) {
                    windows.add(new Links.Clog(link, journal.now(), until));
                }
                links.addClogs(key, windows);
            }
            case Fault.Swizzle _ -> {
                Swizzles.Time time =
                        new Swizzles.Time(targets.decisions(), key, journal.now(), until);
                links.addClogs(key, Swizzles.windows(fault.hit(), members.size(), time));
            }
            default -> {}
        }
    }

    void end(Active fault, Collection<Active> stillActive) {
        for (Link link : fault.cut()) {
            links.mend(link.from(), link.to());
        }
        long key = targets.key(fault.plan());
        links.removeLoss(key);
        links.removeDrop(key);
        links.removeSlow(key);
        links.removeClogs(key);
        for (int member : fault.hit()) {
            end(fault, member(member));
        }
        disks(stillActive);
        clocks(stillActive);
        membership(stillActive);
    }

    private void end(Active fault, Member member) {
        switch (fault.fault()) {
            case Fault.Crash _, Fault.Kill _, Fault.Wipe _ -> up(member);
            case Fault.CrashAt _ -> {
                member.appointments().crashNowhere();
                restartIfFree(member);
            }
            case Fault.Restart _ -> {
                if (member.isRunning()) {
                    journal.fault(member.kill(), fault.plan().id());
                }
                up(member);
            }
            case Fault.Pause _ -> {
                pauses[member.number()]--;
                if (pauses[member.number()] == 0) {
                    member.resume();
                }
            }
            case Fault.KillInWrite _ -> {
                member.appointments().killInNoWrite();
                restartIfFree(member);
            }
            case Fault.CrashInWrite _ -> {
                member.appointments().crashInNoWrite();
                restartIfFree(member);
            }
            case Fault.MisdirectedWrite _ -> member.disk().misdirectNone();
            case Fault.NoSpaceAlarm _ -> operator.wantAlarm(member.number(), false);
            // Whom his disk has stopped is started again when it is well.
            case Fault.DiskError _, Fault.FullDisk _ -> restartIfFree(member);
            default -> {}
        }
    }

    private void up(Member member) {
        downs[member.number()]--;
        restartIfFree(member);
    }

    /** Starts a member that is down, unless a fault holds it there. */
    void restartIfFree(Member member) {
        if (downs[member.number()] == 0 && !member.isRunning() && !member.isGone()) {
            queue.push(journal.now(), new SimEvent.MemberStarts(member.number()));
        }
    }

    private void disks(Collection<Active> active) {
        for (Member member : members) {
            DiskTrouble trouble = DiskTrouble.NONE;
            for (Active fault : active) {
                if (fault.hit().contains(member.number())) {
                    trouble = worse(trouble, fault);
                }
            }
            member.disk().setTrouble(trouble);
        }
    }

    private DiskTrouble worse(DiskTrouble than, Active fault) {
        long extra = than.extraNanosMax();
        long stalled = than.stalledUntil();
        boolean full = than.full();
        List<Failing> failing = new ArrayList<>(than.failing());
        switch (fault.fault()) {
            case Fault.SlowDisk(var _, long more) -> extra = Math.max(extra, more);
            case Fault.StalledSync _ -> stalled = Math.max(stalled, fault.untilNanos());
            case Fault.FullDisk _ -> full = true;
            case Fault.DiskError(var _, var on, Ratio ratio) ->
                    failing.add(new Failing(targets.key(fault.plan()), on, ratio));
            default -> {
                return than;
            }
        }
        return new DiskTrouble(extra, stalled, full, failing);
    }

    private void clocks(Collection<Active> active) {
        int[] drifts = new int[members.size() + 1];
        boolean[] frozen = new boolean[members.size() + 1];
        for (Active fault : active) {
            for (int member : fault.hit()) {
                if (fault.fault() instanceof Fault.ClockDrift drift) {
                    drifts[member] += drift.ppm();
                }
                frozen[member] |= fault.fault() instanceof Fault.ClockFreeze;
            }
        }
        for (Member member : members) {
            if (frozen[member.number()]) {
                member.freezeClock();
            } else {
                member.driftClock(drifts[member.number()]);
            }
        }
    }

    private void membership(Collection<Active> active) {
        Place[] places = new Place[members.size() + 1];
        Arrays.fill(places, Place.VOTER);
        for (Active fault : active) {
            for (int member : fault.hit()) {
                if (fault.fault() instanceof Fault.Remove) {
                    places[member] = Place.OUTSIDE;
                } else if (fault.fault() instanceof Fault.Demote && places[member] == Place.VOTER) {
                    places[member] = Place.LEARNER;
                }
            }
        }
        operator.want(places);
    }

    private Member member(int number) {
        return members.get(number - 1);
    }

    /**
     * A fault that has begun, with whom it hit and which links it cut.
     *
     * @param untilNanos when it ends at the latest
     * @param event the trace's event of its beginning
     */
    record Active(FaultPlan plan, List<Integer> hit, List<Link> cut, long untilNanos, long event) {
        Fault fault() {
            return plan.fault();
        }
    }
}
