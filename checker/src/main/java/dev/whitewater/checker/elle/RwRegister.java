package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.cycle.Cycle;
import dev.whitewater.checker.elle.cycle.CycleSearch;
import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.search.Purse;

import java.util.List;
import java.util.Optional;

/**
 * Judges transactions that read and write registers, each write with a value of its own. A read
 * names the write it saw, but not what was overwritten: how much can be said depends on what may be
 * assumed about the order of versions ({@link ElleOptions.Keys}). Given the database's own order of
 * transactions (revisions), it is as much as for lists.
 */
public final class RwRegister {
    private RwRegister() {}

    /**
     * Looks for the anomalies that the options forbid. Running out of the budget before one is
     * found is {@link Verdict#UNKNOWN}, never a pass.
     */
    public static ElleResult check(TransactionHistory history, ElleOptions options) {
        if (history.workload() != Workload.RW_REGISTER) {
            throw new IllegalArgumentException(
                    "history: expected rw-register, got " + history.workload().label());
        }
        return Findings.of(options, (found, purse) -> check(history, options, found, purse));
    }

    private static ElleResult check(
            TransactionHistory history, ElleOptions options, Findings findings, Purse purse) {
        RegisterVersions versions = new RegisterVersions(history, purse);
        Optional<String> ambiguity = versions.ambiguity();
        if (ambiguity.isPresent()) {
            return Findings.unusable(ambiguity.get());
        }
        new RegisterAnomalies(history, versions, findings, purse).find();
        Graph orders = new RegisterOrders(history, versions, findings, purse).infer(options.keys());
        Graph graph = RegisterGraph.of(history, versions, orders, options.ordersNeeded(), purse);
        Explanation explanation = new RegisterExplanation(history, versions, orders, purse);
        // That a transaction read from another is seen; that it overwrote another is inferred.
        List<Cycle> cycles =
                CycleSearch.in(
                        graph, purse, EdgeKind.WR, EdgeKind.WW, EdgeKind.RW, EdgeKind.PROCESS);
        ListAppend.addCycles(cycles, new CycleText(history, explanation), findings);
        ListAppend.addEmpty(graph, findings);
        return findings.result(options);
    }
}
