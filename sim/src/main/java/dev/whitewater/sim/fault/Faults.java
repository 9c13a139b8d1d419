package dev.whitewater.sim.fault;

import dev.whitewater.sim.cluster.Member;
import dev.whitewater.sim.fault.Effects.Active;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.random.Mix;
import dev.whitewater.sim.trace.TraceKind;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lets the plan's faults begin and end, and tells the trace. What they do is {@link Effects}'. */
public final class Faults {

    private final List<FaultPlan> plans;
    private final long healsAt;
    private final List<Member> members;
    private final EventQueue<SimEvent> queue;
    private final Journal journal;
    private final Targets targets;
    private final Effects effects;

    private final TreeMap<Integer, Active> active = new TreeMap<>();
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private int blackHoles;

    public Faults(RunPlan plan, Surroundings around) {
        this.plans = plan.faults();
        this.healsAt = plan.phases().faultsUntilNanos();
        this.members = around.members();
        this.queue = around.queue();
        this.targets = around.targets();
        this.journal = around.journal();
        effects = new Effects(around, new FaultAtlas(members, plan.changesMembership()));
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
        long event = tell(plan, hit, Mix.with(1, number));
        if (journal.isFull()) {
            journal.what(event, FaultWords.begins(plan.fault(), hit));
        }
        long until = journal.now() + plan.forNanos();
        List<Fault.Link> cut = Cuts.of(plan.fault(), hit, members.size());
        // What waits for the end of a fault must not wait beyond the end of all faults.
        Active fault = new Active(plan, hit, cut, Math.min(until, healsAt), event);
        active.put(number, fault);
        blackHoles += plan.fault() instanceof Fault.BlackHole ? 1 : 0;
        effects.begin(fault, active.values());
        queue.push(until, new SimEvent.FaultEnds(number));
    }

    private long tell(FaultPlan plan, List<Integer> hit, long payload) {
        long event = journal.record(TraceKind.FAULT, hit.size() == 1 ? hit.getFirst() : 0, payload);
        journal.fault(event, plan.id());
        return event;
    }

    /** Whether the fault was still active. */
    public boolean ends(int number) {
        if (!active.containsKey(number)) {
            return false;
        }
        Active fault = active.remove(number);
        long event = tell(fault.plan(), fault.hit(), Mix.with(2, number));
        if (journal.isFull()) {
            journal.what(event, FaultWords.ends(fault.fault(), fault.hit()));
        }
        blackHoles -= fault.fault() instanceof Fault.BlackHole ? 1 : 0;
        effects.end(fault, active.values());
        return true;
    }

    /** After every event: a black hole is over when its member can only be helped by a snapshot. */
    public void look() {
        if (blackHoles == 0) {
            return;
        }
        for (var entry : new ArrayList<>(active.entrySet())) {
            Active fault = entry.getValue();
            if (fault.fault() instanceof Fault.BlackHole && isOverdue(fault.hit())) {
                ends(entry.getKey());
            }
        }
    }

    private boolean isOverdue(List<Integer> hit) {
        for (Member leader : members) {
            for (int number : hit) {
                if (leader.state().isLeader()
                        && leader.state().raft().compactedIndex()
                                > members.get(number - 1).state().last()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Every fault ends, and every member that is down starts. */
    public void heal() {
        for (int number : new ArrayList<>(active.keySet())) {
            ends(number);
        }
        for (Member member : members) {
            effects.restartIfFree(member);
        }
    }
}
