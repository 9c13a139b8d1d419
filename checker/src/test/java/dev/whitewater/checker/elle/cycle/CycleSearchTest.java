package dev.whitewater.checker.elle.cycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.elle.cycle.Cycle.Step;
import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.elle.graph.GraphBuilder;
import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.elle.model.Lattice;
import dev.whitewater.checker.elle.sim.Chance;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.search.Purse;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/** The search against the enumeration of all simple cycles of small graphs. */
class CycleSearchTest {
    private static final int[] REASONS = {
        EdgeKind.WW, EdgeKind.WR, EdgeKind.RW, EdgeKind.RWP, EdgeKind.PROCESS, EdgeKind.REALTIME
    };
    private static final int GRAPHS = 30_000;
    private static final int ORDERS = EdgeKind.PROCESS | EdgeKind.REALTIME;

    @Test
    void classesFoundInSmallGraphsAreThoseThatEnumerationFinds() {
        int cyclic = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            Graph graph = random(new Chance(seed));
            Set<Anomaly> all = enumerated(graph);
            Set<Anomaly> found = EnumSet.noneOf(Anomaly.class);
            for (Cycle cycle : CycleSearch.in(graph, new Purse(Budget.UNLIMITED), REASONS)) {
                found.add(cycle.type());
            }
            String where = "seed " + seed + ": all " + all + ", found " + found;
            cyclic += all.isEmpty() ? 0 : 1;
            assertTrue(all.containsAll(found), where);
            assertEquals(Lattice.ruledOutBy(all), Lattice.ruledOutBy(found), where);
            if (all.stream().noneMatch(CycleSearchTest::isFreeOfAntiDependencies)) {
                assertEquals(worst(all), worst(found), where);
            }
        }
        assertTrue(cyclic > GRAPHS / 4, "only " + cyclic + " graphs had a cycle");
    }

    @Test
    void stepsOfEachCycleAreEdgesAndVisitNoTransactionTwice() {
        for (int seed = 0; seed < GRAPHS / 10; seed++) {
            Graph graph = random(new Chance(seed));
            for (Cycle cycle : CycleSearch.in(graph, new Purse(Budget.UNLIMITED), REASONS)) {
                long distinct = cycle.steps().stream().map(Step::from).distinct().count();
                assertEquals(cycle.steps().size(), distinct, cycle::toString);
                assertTrue(cycle.steps().stream().allMatch(step -> hasEdge(graph, step)));
            }
        }
    }

    @Test
    void everyAnomalyThatNothingElseImpliesIsFoundAlone() {
        for (CycleSpec spec : CycleSpec.ALL) {
            Graph graph = example(spec);
            List<Cycle> cycles = CycleSearch.in(graph, new Purse(Budget.UNLIMITED), REASONS);
            assertEquals(List.of(spec.type()), cycles.stream().map(Cycle::type).toList());
        }
    }

    /** One circle through all: what is quadratic in its length would not end. */
    @Test
    void cycleOfManyTransactionsIsOfTheClassThatItsStepsMake() {
        int size = 300_000;
        assertEquals(Anomaly.G0, circle(size, v -> EdgeKind.WW));
        assertEquals(Anomaly.G1C, circle(size, v -> v == 7 ? EdgeKind.WR : EdgeKind.WW));
        assertEquals(Anomaly.G_SINGLE_ITEM, circle(size, v -> v == 7 ? EdgeKind.RW : EdgeKind.WR));
        assertEquals(
                Anomaly.G_NONADJACENT_ITEM,
                circle(size, v -> v % 2 == 0 ? EdgeKind.RW : EdgeKind.WR));
        assertEquals(
                Anomaly.G2_ITEM,
                circle(size, v -> v % 2 == 0 || v == 7 ? EdgeKind.RW : EdgeKind.WR));
        assertEquals(Anomaly.G2_ITEM, circle(size, v -> EdgeKind.RW));
    }

    /** The class of the only cycle of a graph that is one. */
    private static Anomaly circle(int size, IntUnaryOperator kind) {
        GraphBuilder graph = new GraphBuilder(size, size);
        for (int v = 0; v < size; v++) {
            int next = (v + 1) % size;
            graph.edge(v, next, kind.applyAsInt(v));
        }
        List<Cycle> cycles = CycleSearch.in(graph.build(), new Purse(Budget.UNLIMITED), REASONS);
        assertEquals(1, cycles.size());
        assertEquals(size, cycles.getFirst().steps().size());
        return cycles.getFirst().type();
    }

    /**
     * Halves that only anti-dependencies lead between: none of them closes a cycle alone, and to
     * know that takes reachability from one end of time to the other for all of them.
     */
    @Test
    void manyAntiDependenciesOverAllTimeAreDecidedToCloseNoCycleAlone() {
        int size = 100_000;
        Chance chance = new Chance(7);
        GraphBuilder graph = new GraphBuilder(size, 3 * size);
        for (int v = 0; v < size; v++) {
            for (int i = 0; i < 2; i++) {
                int later = v + 2 + 2 * chance.below(Math.max(1, (size - v) / 2));
                if (later < size) {
                    graph.edge(v, later, EdgeKind.WR);
                }
            }
            int other = chance.below(size / 2) * 2 + 1 - v % 2;
            graph.edge(v, other, EdgeKind.RW);
        }
        List<Cycle> cycles = CycleSearch.in(graph.build(), new Purse(Budget.UNLIMITED), REASONS);
        assertTrue(
                cycles.stream()
                        .map(Cycle::type)
                        .allMatch(
                                type ->
                                        type == Anomaly.G2_ITEM
                                                || type == Anomaly.G_NONADJACENT_ITEM),
                cycles::toString);
        assertFalse(cycles.isEmpty());
    }

    @Test
    void everySourceReachesEveryTargetButItselfThroughABundle() {
        int size = 12;
        for (int seed = 0; seed < 500; seed++) {
            Chance chance = new Chance(seed);
            IntList sources = some(chance, size);
            IntList targets = some(chance, size);
            GraphBuilder builder = new GraphBuilder(size, 16);
            builder.allToAll(sources, targets, EdgeKind.RW);
            Graph graph = builder.build();
            for (int v = 0; v < size; v++) {
                Set<Integer> expected = new TreeSet<>();
                for (int i = 0; contains(sources, v) && i < targets.size(); i++) {
                    if (targets.get(i) != v) {
                        expected.add(targets.get(i));
                    }
                }
                assertEquals(expected, successors(graph, v), "seed " + seed);
            }
        }
    }

    @Test
    void shortestCycleOfAKnotIsShown() {
        GraphBuilder graph = new GraphBuilder(6, 8);
        for (int v = 0; v < 6; v++) {
            graph.edge(v, (v + 1) % 6, EdgeKind.WW);
        }
        graph.edge(3, 2, EdgeKind.WW);
        Cycle cycle =
                CycleSearch.in(graph.build(), new Purse(Budget.UNLIMITED), REASONS).getFirst();
        assertEquals(2, cycle.steps().size());
    }

    private static IntList some(Chance chance, int size) {
        IntList chosen = new IntList();
        for (int v = 0; v < size; v++) {
            if (chance.percent(60)) {
                chosen.add(v);
            }
        }
        return chosen;
    }

    private static boolean contains(IntList list, int item) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == item) {
                return true;
            }
        }
        return false;
    }

    /** A ring of just what the class needs. */
    private static Graph example(CycleSpec spec) {
        List<Integer> kinds = new ArrayList<>();
        int anti = (spec.anti() & EdgeKind.RWP) != 0 ? EdgeKind.RWP : EdgeKind.RW;
        switch (spec.rule()) {
            case NONE -> kinds.addAll(List.of(spec.type().label().startsWith("G1c") ? 2 : 1, 1));
            case ONE -> kinds.addAll(List.of(anti, EdgeKind.WR));
            case NONADJACENT -> kinds.addAll(List.of(anti, EdgeKind.WR, anti, EdgeKind.WW));
            case MANY -> kinds.addAll(List.of(anti, anti, EdgeKind.WW));
        }
        if ((spec.free() & ORDERS) != 0) {
            kinds.add(spec.needed() & ORDERS);
        }
        GraphBuilder graph = new GraphBuilder(kinds.size(), 8);
        for (int v = 0; v < kinds.size(); v++) {
            graph.edge(v, (v + 1) % kinds.size(), kinds.get(v));
        }
        return graph.build();
    }

    /** Time is a total order here, processes are part of it, data goes anywhere. */
    private static Graph random(Chance chance) {
        int size = 2 + chance.below(6);
        GraphBuilder graph = new GraphBuilder(size, 32);
        int density = 8 + chance.below(25);
        int data = 1 + chance.below(4);
        boolean orders = chance.percent(50);
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                if (a != b && chance.percent(density)) {
                    graph.edge(a, b, REASONS[chance.below(data)]);
                }
                if (orders && a < b && chance.percent(density)) {
                    graph.edge(a, b, chance.percent(50) ? EdgeKind.PROCESS : EdgeKind.REALTIME);
                }
            }
        }
        return graph.build();
    }

    private static boolean isFreeOfAntiDependencies(Anomaly type) {
        return type.label().startsWith("G0") || type.label().startsWith("G1c");
    }

    /** What isn't implied by another member. */
    private static Set<Anomaly> worst(Set<Anomaly> types) {
        Set<Anomaly> worst = EnumSet.noneOf(Anomaly.class);
        for (Anomaly type : types) {
            Set<Anomaly> others = EnumSet.copyOf(types);
            others.remove(type);
            if (!Lattice.impliedBy(others).contains(type)) {
                worst.add(type);
            }
        }
        return worst;
    }

    private static Set<Anomaly> enumerated(Graph graph) {
        Set<Anomaly> types = EnumSet.noneOf(Anomaly.class);
        Graph single = graph.strongest(new Purse(Budget.UNLIMITED), REASONS);
        for (int start = 0; start < graph.nodes(); start++) {
            extend(single, start, start, new ArrayList<>(), types);
        }
        return types;
    }

    private static void extend(
            Graph graph, int start, int at, List<Step> path, Set<Anomaly> types) {
        for (int e = graph.start(at); e < graph.start(at + 1); e++) {
            int to = graph.target(e);
            Step step = new Step(at, to, graph.kind(e));
            boolean visited = path.stream().anyMatch(s -> s.from() == to);
            if (to == start) {
                List<Step> cycle = new ArrayList<>(path);
                cycle.add(step);
                if (cycle.stream().anyMatch(s -> (s.kind() & ORDERS) == 0)) {
                    types.add(CycleClass.of(cycle));
                }
            } else if (to > start && !visited && to != at) {
                path.add(step);
                extend(graph, start, to, path, types);
                path.removeLast();
            }
        }
    }

    private static boolean hasEdge(Graph graph, Step step) {
        for (int e = graph.start(step.from()); e < graph.start(step.from() + 1); e++) {
            if (graph.target(e) == step.to() && graph.kind(e) == step.kind()) {
                return true;
            }
        }
        return false;
    }

    private static Set<Integer> successors(Graph graph, int from) {
        Set<Integer> reached = new TreeSet<>();
        List<Integer> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            int v = open.removeLast();
            for (int e = graph.start(v); e < graph.start(v + 1); e++) {
                if (v == from || v >= graph.transactions()) {
                    if (graph.target(e) < graph.transactions()) {
                        reached.add(graph.target(e));
                    } else {
                        open.add(graph.target(e));
                    }
                }
            }
        }
        return reached;
    }
}
