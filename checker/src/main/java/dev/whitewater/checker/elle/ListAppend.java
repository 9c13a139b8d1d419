package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.cycle.Cycle;
import dev.whitewater.checker.elle.cycle.CycleSearch;
import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.search.Purse;

import java.util.List;
import java.util.Optional;

/**
 * Judges transactions that append unique elements to lists and read whole lists. Every read then
 * shows the order in which a list's versions were made, and with it nearly all dependencies between
 * transactions (Kingsbury and Alvaro, "Elle", VLDB 2020). Linear in the history as long as it is
 * valid.
 */
public final class ListAppend {
    private ListAppend() {}

    /**
     * Looks for the anomalies that the options forbid. Running out of the budget before one is
     * found is {@link Verdict#UNKNOWN}, never a pass.
     */
    public static ElleResult check(TransactionHistory history, ElleOptions options) {
        if (history.workload() != Workload.LIST_APPEND) {
            throw new IllegalArgumentException(
                    "history: expected list-append, got " + history.workload().label());
        }
        return Findings.of(options, (found, purse) -> check(history, options, found, purse));
    }

    private static ElleResult check(
            TransactionHistory history, ElleOptions options, Findings findings, Purse purse) {
        ListVersions versions = new ListVersions(history, purse);
        Optional<String> duplicate = versions.duplicateAppend();
        if (duplicate.isPresent()) {
            return Findings.unusable(duplicate.get());
        }
        new ListAnomalies(history, versions, findings, purse).find();
        Graph graph = ListGraph.of(history, versions, options.ordersNeeded(), purse);
        Explanation explanation = new ListExplanation(history, versions, purse);
        List<Cycle> cycles =
                CycleSearch.in(
                        graph, purse, EdgeKind.WW, EdgeKind.WR, EdgeKind.RW, EdgeKind.PROCESS);
        addCycles(cycles, new CycleText(history, explanation), findings);
        addEmpty(graph, findings);
        return findings.result(options);
    }

    static void addCycles(List<Cycle> cycles, CycleText text, Findings findings) {
        for (Cycle cycle : cycles) {
            findings.add(cycle.type(), () -> text.finding(cycle));
        }
    }

    static void addEmpty(Graph graph, Findings findings) {
        if (graph.nodes() == 0) {
            findings.add(
                    Anomaly.EMPTY_TRANSACTION_GRAPH,
                    List.of(),
                    () -> "nothing in the history relates two transactions");
        }
    }
}
