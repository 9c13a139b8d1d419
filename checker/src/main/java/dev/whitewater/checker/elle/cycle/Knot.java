package dev.whitewater.checker.elle.cycle;

import dev.whitewater.checker.elle.cycle.Cycle.Step;
import dev.whitewater.checker.elle.graph.Components;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.elle.graph.LongIntMap;
import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.elle.model.Lattice;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One strongly connected component, and what kinds of cycles are in it. Classes are tried from the
 * worst on, and what an already found class implies is skipped. That isn't only to save time: it is
 * what makes the tests exact. Two examples: in a knot without G-single, a closed walk with several
 * anti-dependencies falls into simple cycles each of which has none or several; in a knot without
 * G0 and G1c, a cycle of data and time needs the time.
 */
final class Knot {
    private final Graph graph;
    private final Purse purse;
    private final int present;

    Knot(Graph graph, Purse purse) {
        this.graph = graph;
        this.purse = purse;
        int kinds = 0;
        for (int e = 0; e < graph.edges(); e++) {
            kinds |= graph.kind(e);
        }
        this.present = kinds;
    }

    List<Cycle> cycles() {
        List<Cycle> cycles = new ArrayList<>();
        Set<Anomaly> known = EnumSet.noneOf(Anomaly.class);
        for (CycleSpec spec : CycleSpec.ALL) {
            boolean possible = (present & spec.needed()) == spec.needed();
            if (possible && !known.contains(spec.type())) {
                long held = purse.held();
                Optional<Cycle> found = find(spec);
                purse.backTo(held);
                if (found.isPresent()) {
                    Cycle cycle = checked(spec, found.get());
                    cycles.add(cycle);
                    known.addAll(spec.implied());
                    known.addAll(Lattice.impliedBy(List.of(cycle.type())));
                }
            }
        }
        return cycles;
    }

    private Optional<Cycle> find(CycleSpec spec) {
        return switch (spec.rule()) {
            case NONE -> within(spec, spec.free());
            case ONE -> one(spec);
            case NONADJACENT -> nonadjacent(spec);
            case MANY -> within(spec, spec.free() | spec.anti());
        };
    }

    /**
     * A cycle through a pivot of edges of these kinds; there is one iff a component has a pivot.
     */
    private Optional<Cycle> within(CycleSpec spec, int mask) {
        Components components = Components.of(graph, mask, purse);
        if (!components.cyclic()) {
            return Optional.empty();
        }
        Starts starts = Starts.inside(graph, components, spec.pivot());
        return new ShortCycles(graph, mask, purse).shortest(starts).map(Cycle::of);
    }

    private Optional<Cycle> one(CycleSpec spec) {
        Starts starts = new SingleAntiDependency(graph, spec.free(), spec.anti(), purse).starts();
        return new ShortCycles(graph, spec.free(), purse).shortest(starts).map(Cycle::of);
    }

    /**
     * The walk found in the product may pass a transaction twice (after an anti-dependency and
     * after something else). It then falls into two closed walks at that transaction, at least one
     * of them without adjacent anti-dependencies; if that one has no anti-dependency at all, the
     * knot has a G0 or G1c (of this or a stronger order) and nothing is lost for the verdict, but
     * another start is tried for a cycle that is of this class.
     */
    private Optional<Cycle> nonadjacent(CycleSpec spec) {
        Graph product = graph.withoutAdjacent(spec.free(), spec.anti(), purse);
        int mask = spec.free() | spec.anti();
        Components components = Components.of(product, mask, purse);
        if (!components.cyclic()) {
            return Optional.empty();
        }
        Starts starts = Starts.inside(product, components, spec.anti());
        ShortCycles search = new ShortCycles(product, mask, graph.transactions() * 2, purse);
        return search.shortest(starts, walk -> simple(halved(walk)).isPresent())
                .flatMap(walk -> simple(halved(walk)))
                .map(Cycle::of);
    }

    private static List<Step> halved(List<Step> walk) {
        return walk.stream()
                .map(step -> new Step(step.from() / 2, step.to() / 2, step.kind()))
                .toList();
    }

    /**
     * The walk without detours, or the first detour that is of the wanted class: goes along the
     * walk and cuts a closed part off whenever it comes back to where it was.
     */
    private static Optional<List<Step>> simple(List<Step> walk) {
        List<Step> path = new ArrayList<>();
        LongIntMap places = new LongIntMap(walk.size());
        for (Step step : walk) {
            places.put(step.from(), path.size());
            path.add(step);
            int place = places.get(step.to());
            boolean closes =
                    place != LongIntMap.ABSENT
                            && place < path.size()
                            && path.get(place).from() == step.to();
            if (closes) {
                List<Step> closed = path.subList(place, path.size());
                if (isNonadjacent(closed)) {
                    return Optional.of(List.copyOf(closed));
                }
                closed.clear();
            }
        }
        return Optional.empty();
    }

    private static boolean isNonadjacent(List<Step> steps) {
        return !CycleClass.hasAdjacent(steps)
                && CycleClass.of(steps).label().startsWith("G-nonadjacent");
    }

    /** The pair of the argument above: what was found is of the class searched for, or worse. */
    private static Cycle checked(CycleSpec spec, Cycle cycle) {
        if (!Lattice.impliedBy(List.of(cycle.type())).contains(spec.type())) {
            throw new IllegalStateException(
                    "cycle class: searched for "
                            + spec.type().label()
                            + ", found "
                            + cycle.type().label()
                            + " in "
                            + cycle.steps());
        }
        return cycle;
    }
}
