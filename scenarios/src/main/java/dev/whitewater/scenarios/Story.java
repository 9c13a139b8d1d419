package dev.whitewater.scenarios;

import dev.whitewater.sim.RunResult;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.trace.TraceEvent;

import java.util.List;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A traced run as questions see it: its plan, its events, and what its faults came to. */
record Story(RunPlan plan, RunResult result) {

    static Story of(RunPlan plan, RunResult result) {
        return new Story(plan, result);
    }

    List<TraceEvent> events() {
        return result.trace().events();
    }

    FaultPlan fault(String id) {
        return plan.faults().stream()
                .filter(fault -> fault.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault has the id " + id));
    }

    /** When a fault's duration is over: its own, or that of all faults. */
    long endNanos(FaultPlan fault) {
        return Math.min(fault.atNanos() + fault.forNanos(), plan.phases().faultsUntilNanos());
    }

    boolean during(FaultPlan fault, TraceEvent event) {
        return event.nanos() >= fault.atNanos() && event.nanos() < endNanos(fault);
    }

    /** The members that a fault's target came to, in ascending order. */
    List<Integer> hit(String id) {
        TreeSet<Integer> members = new TreeSet<>();
        for (TraceEvent event : events()) {
            if (event.node() > 0 && event.fault().equals(id)) {
                members.add(event.node());
            }
        }
        return List.copyOf(members);
    }

    /** The states after the last event for which {@code before} holds, from the start on. */
    MemberStates statesUntil(Predicate<TraceEvent> before) {
        MemberStates states = new MemberStates(plan.cluster().members());
        for (TraceEvent event : events()) {
            if (!before.test(event)) {
                break;
            }
            states.take(event);
        }
        return states;
    }

    /** How many events pass a test that also sees the states before each. */
    long count(BiPredicate<MemberStates, TraceEvent> test) {
        MemberStates states = new MemberStates(plan.cluster().members());
        long found = 0;
        for (TraceEvent event : events()) {
            found += test.test(states, event) ? 1 : 0;
            states.take(event);
        }
        return found;
    }

    /** How many writes were called from {@code fromNanos} on and answered before the other. */
    long writesBetween(long fromNanos, long untilNanos) {
        return writesFrom(fromNanos)
                .filter(operation -> operation.outcome() == ClientOperation.Outcome.OK)
                .filter(operation -> operation.returnNanos() < untilNanos)
                .count();
    }

    /** How many writes were called from {@code fromNanos} on and before the other. */
    long writesCalledBetween(long fromNanos, long untilNanos) {
        return writesFrom(fromNanos)
                .filter(operation -> operation.invokeNanos() < untilNanos)
                .count();
    }

    private Stream<ClientOperation> writesFrom(long nanos) {
        return result.history().stream()
                .filter(operation -> !operation.kind().isRead())
                .filter(operation -> operation.invokeNanos() >= nanos);
    }
}
