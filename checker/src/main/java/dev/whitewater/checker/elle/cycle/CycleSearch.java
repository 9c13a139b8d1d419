package dev.whitewater.checker.elle.cycle;

import dev.whitewater.checker.elle.graph.Components;
import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out, for every knot of a transaction graph (strongly connected component), which classes of
 * cycles it contains, and one short example of each that isn't implied by a worse one in the same
 * knot.
 *
 * <p>Polynomial throughout, whatever the size of a knot. Whether a class occurs is decided by
 * Tarjan's algorithm on subsets of the edges, or on the product with an automaton that remembers
 * whether the last edge was an anti-dependency; only cycles with exactly one anti-dependency need
 * reachability, which is computed for 64 at a time. Examples come from breadth-first searches.
 */
public final class CycleSearch {
    private CycleSearch() {}

    /** All kinds at once. */
    private static final int ALL =
            EdgeKind.WW | EdgeKind.WR | EdgeKind.ANY_RW | EdgeKind.PROCESS | EdgeKind.REALTIME;

    /**
     * The cycles of a graph, knot by knot in the order of their first transactions.
     *
     * @param purse what the search may cost
     * @param reasons the kinds of edges in the order in which one is preferred where two
     *     transactions have several: a cycle is called by the best reason for each of its steps
     */
    public static List<Cycle> in(Graph graph, Purse purse, int... reasons) {
        Components components = Components.of(graph, ALL, purse);
        if (!components.cyclic()) {
            return List.of();
        }
        purse.take((long) Integer.BYTES * 2 * graph.nodes());
        int[] scratch = new int[graph.nodes()];
        Arrays.fill(scratch, -1);
        List<Cycle> cycles = new ArrayList<>();
        for (int[] members : components.nontrivial()) {
            long held = purse.held();
            purse.steps(members.length);
            Graph part = graph.within(members, scratch);
            purse.take(part.bytes());
            Graph knot = part.strongest(purse, reasons);
            for (Cycle cycle : new Knot(knot, purse).cycles()) {
                cycles.add(renamed(cycle, members));
            }
            purse.backTo(held);
        }
        return cycles;
    }

    private static Cycle renamed(Cycle cycle, int[] members) {
        List<Cycle.Step> steps = new ArrayList<>(cycle.steps().size());
        for (Cycle.Step step : cycle.steps()) {
            steps.add(new Cycle.Step(members[step.from()], members[step.to()], step.kind()));
        }
        return new Cycle(cycle.type(), steps);
    }
}
