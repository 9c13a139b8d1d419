package dev.whitewater.checker.elle.cycle;

import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.elle.model.Lattice;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a cycle of one class is made of.
 *
 * @param free the kinds of edges of which there may be any number, anywhere
 * @param anti the kinds that count as anti-dependencies; 0 if the class has none
 * @param rule how many anti-dependencies, and where
 * @param pivot edges of which every such cycle has one, provided that no cycle of a class that
 *     implies this one exists: the search starts from them
 */
record CycleSpec(Anomaly type, int free, int anti, Rule rule, int pivot) {

    /** How many anti-dependencies a cycle has. */
    enum Rule {
        NONE,
        ONE,
        /** Two or more, none directly after another. */
        NONADJACENT,
        /** Two or more. */
        MANY
    }

    /** All classes, the worst first; what implies a class comes before it. */
    static final List<CycleSpec> ALL = all();

    /** All that a cycle of this class also is. */
    Set<Anomaly> implied() {
        return Lattice.impliedBy(List.of(type));
    }

    /** The kinds without which there can be no such cycle. */
    int needed() {
        boolean timed = (free & EdgeKind.REALTIME) != 0;
        int order = timed ? EdgeKind.REALTIME : free & EdgeKind.PROCESS;
        boolean byPredicate = (anti & EdgeKind.RWP) != 0;
        return order | (byPredicate ? EdgeKind.RWP : anti) | (pivot & EdgeKind.WR);
    }

    private static List<CycleSpec> all() {
        List<CycleSpec> specs = new ArrayList<>();
        variant(specs, "", 0);
        variant(specs, "-process", EdgeKind.PROCESS);
        variant(specs, "-realtime", EdgeKind.REALTIME);
        return List.copyOf(specs);
    }

    private static void variant(List<CycleSpec> specs, String suffix, int order) {
        // The order of a process is part of the order of time.
        int allowed = order == EdgeKind.REALTIME ? order | EdgeKind.PROCESS : order;
        int writes = EdgeKind.WW | allowed;
        int data = EdgeKind.WW | EdgeKind.WR | allowed;
        specs.add(plain("G0" + suffix, writes, order == 0 ? EdgeKind.WW : order));
        specs.add(plain("G1c" + suffix, data, order == 0 ? EdgeKind.WR : order));
        specs.add(anti("G-single-item" + suffix, data, EdgeKind.RW, Rule.ONE));
        specs.add(anti("G-single" + suffix, data, EdgeKind.ANY_RW, Rule.ONE));
        specs.add(anti("G-nonadjacent-item" + suffix, data, EdgeKind.RW, Rule.NONADJACENT));
        specs.add(anti("G-nonadjacent" + suffix, data, EdgeKind.ANY_RW, Rule.NONADJACENT));
        specs.add(anti("G2-item" + suffix, data, EdgeKind.RW, Rule.MANY));
        specs.add(anti("G2" + suffix, data, EdgeKind.ANY_RW, Rule.MANY));
    }

    private static CycleSpec plain(String type, int free, int pivot) {
        return new CycleSpec(Anomaly.named(type), free, 0, Rule.NONE, pivot);
    }

    private static CycleSpec anti(String type, int free, int anti, Rule rule) {
        return new CycleSpec(Anomaly.named(type), free, anti, rule, anti);
    }
}
