package dev.whitewater.sim;

import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.Detail;
import dev.whitewater.sim.trace.Trace;

import java.util.List;

/**
 * All that a run leaves.
 *
 * @param events how often the queue turned a member, a client or a fault
 * @param unclaimed changes of the store that the committed log holds and no answer in the history
 *     claims, each as an operation that may have been under way all the time
 * @param contracts what watches were told, as docs/formats/history.md has it, if the run was traced
 * @param traceHash over every event's time, kind, member and payload: equal runs have equal hashes
 */
public record RunResult(
        Verdict verdict,
        long events,
        long virtualNanos,
        long traceHash,
        List<ClientOperation> history,
        List<ClientOperation> unclaimed,
        Trace trace,
        List<Detail.Fields> contracts,
        Counters counters) {}
