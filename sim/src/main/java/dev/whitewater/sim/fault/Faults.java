package dev.whitewater.sim.fault;

import dev.whitewater.sim.cluster.Member;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.net.Links;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.random.Mix;
import dev.whitewater.sim.trace.TraceKind;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lets the plan's faults begin and end. Faults overlap freely: a link passes frames when no fault
 * cuts it, a member runs when no fault holds it down.
 */
public final class Faults {

    private final List<FaultPlan> plans;
    private final List<Member> members;
    private final Links links;
    private final EventQueue<SimEvent> queue;
    private final Journal journal;
    private final Targets targets;

    private final TreeMap<Integer, Active> active = new TreeMap<>();
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final int[] crashes;
    private final int[] pauses;

    /** A fault that has begun, with whom it hit and which links it cut. */
    private record Active(FaultPlan plan, List<Integer> hit, List<Fault.Link> cut) {}

    public Faults(
            List<FaultPlan> plans,
            List<Member> members,
            Links links,
            EventQueue<SimEvent> queue,
            Targets targets,
            Journal journal) {
        this.plans = plans;
        this.members = members;
        this.links = links;
        this.queue = queue;
        this.targets = targets;
        this.journal = journal;
        crashes = new int[members.size() + 1];
        pauses = new int[members.size() + 1];
    }

    public void schedule() {
        for (int i = 0; i < plans.size(); i++) {
            queue.push(plans.get(i).atNanos(), new SimEvent.FaultBegins(i));
        }
    }

    public SortedMap<String, Long> counts() {
        return counts;
    }

    public void begins(int number) {
        FaultPlan plan = plans.get(number);
        counts.merge(plan.fault().kind(), 1L, Long::sum);
        List<Integer> hit = targets.resolve(plan);
        Active fault = new Active(plan, hit, Cuts.of(plan.fault(), hit, members.size()));
        active.put(number, fault);
        long event =
                journal.record(
                        TraceKind.FAULT, hit.size() == 1 ? hit.getFirst() : 0, Mix.with(1, number));
        journal.fault(event, plan.id());
        if (journal.isFull()) {
            journal.what(event, FaultWords.begins(plan.fault(), hit));
        }
        apply(fault);
        queue.push(journal.now() + plan.forNanos(), new SimEvent.FaultEnds(number));
    }

    private void apply(Active fault) {
        for (Fault.Link link : fault.cut()) {
            links.cut(link.from(), link.to());
        }
        switch (fault.plan().fault()) {
            case Fault.Crash _ -> {
                for (int member : fault.hit()) {
                    crash(member, fault.plan().id());
                }
            }
            case Fault.Pause _ -> {
                for (int member : fault.hit()) {
                    pauses[member]++;
                    member(member).pause();
                }
            }
            case Fault.SlowDisk _ -> slowDisks();
            case Fault.LossyLinks(var loss) -> links.addLoss(targets.key(fault.plan()), loss);
            case Fault.ClockJump(var _, long nanos) -> {
                for (int member : fault.hit()) {
                    member(member).jumpClock(nanos);
                }
            }
            case Fault.Isolate _, Fault.Partition _, Fault.CutLinks _ -> {}
        }
    }

    private void crash(int member, String id) {
        crashes[member]++;
        if (member(member).isRunning()) {
            journal.fault(member(member).crash(), id);
        }
    }

    /** Whether the fault was still active. */
    public boolean ends(int number) {
        if (!active.containsKey(number)) {
            return false;
        }
        Active fault = active.remove(number);
        long event =
                journal.record(
                        TraceKind.FAULT,
                        fault.hit().size() == 1 ? fault.hit().getFirst() : 0,
                        Mix.with(2, number));
        journal.fault(event, fault.plan().id());
        if (journal.isFull()) {
            journal.what(event, FaultWords.ends(fault.plan().fault(), fault.hit()));
        }
        for (Fault.Link link : fault.cut()) {
            links.mend(link.from(), link.to());
        }
        switch (fault.plan().fault()) {
            case Fault.Crash _ -> {
                for (int member : fault.hit()) {
                    crashes[member]--;
                    restartIfFree(member);
                }
            }
            case Fault.Pause _ -> {
                for (int member : fault.hit()) {
                    pauses[member]--;
                    if (pauses[member] == 0) {
                        member(member).resume();
                    }
                }
            }
            case Fault.SlowDisk _ -> slowDisks();
            case Fault.LossyLinks _ -> links.removeLoss(targets.key(fault.plan()));
            case Fault.ClockJump _, Fault.Isolate _, Fault.Partition _, Fault.CutLinks _ -> {}
        }
        return true;
    }

    /** Every fault ends, and every member that is down starts. */
    public void heal() {
        for (int number : new ArrayList<>(active.keySet())) {
            ends(number);
        }
        for (Member member : members) {
            restartIfFree(member.number());
        }
    }

    private void restartIfFree(int member) {
        if (crashes[member] == 0 && !member(member).isRunning()) {
            queue.push(journal.now(), new SimEvent.MemberStarts(member));
        }
    }

    private void slowDisks() {
        long[] extra = new long[members.size() + 1];
        for (Active fault : active.values()) {
            if (fault.plan().fault() instanceof Fault.SlowDisk slow) {
                for (int member : fault.hit()) {
                    extra[member] = Math.max(extra[member], slow.extraNanosMax());
                }
            }
        }
        for (Member member : members) {
            member.disk().setFaultDelay(extra[member.number()]);
        }
    }

    private Member member(int number) {
        return members.get(number - 1);
    }
}
