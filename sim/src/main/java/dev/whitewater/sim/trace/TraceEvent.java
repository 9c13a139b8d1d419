package dev.whitewater.sim.trace;

import java.util.List;

/**
 * One line of a trace.
 *
 * @param event numbered from 1 in the order of happening; the same with and without a full trace
 * @param nanos simulated time
 * @param node the member it happened at, from 1; 0 for none
 * @param peer the other member of a message, or 0
 * @param message the number of the message, from 1: its SEND and DELIVER share it; 0 for none
 * @param what in words
 * @param changes of {@code node}'s state by handling this
 * @param notes the member's own reasons
 * @param fault the id of the fault that caused it; empty for none
 * @param arriveNanos when a sent frame will arrive (the first time); 0 if never
 */
public record TraceEvent(
        long event,
        long nanos,
        TraceKind kind,
        int node,
        int peer,
        long message,
        String what,
        List<StateChange> changes,
        List<String> notes,
        String fault,
        long arriveNanos,
        Fate fate) {}
