package dev.whitewater.checker.elle.cycle;

import dev.whitewater.checker.elle.graph.Components;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.elle.graph.IntList;

/** Edges known to lie on a cycle. */
final class Starts {
    private final IntList froms = new IntList();
    private final IntList edges = new IntList();

    /** The edges of some kinds that stay within their component. */
    static Starts inside(Graph graph, Components components, int kinds) {
        Starts starts = new Starts();
        for (int v = 0; v < graph.nodes(); v++) {
            for (int e = graph.start(v); e < graph.start(v + 1); e++) {
                if ((graph.kind(e) & kinds) != 0 && components.together(v, graph.target(e))) {
                    starts.add(v, e);
                }
            }
        }
        return starts;
    }

    void add(int from, int edge) {
        froms.add(from);
        edges.add(edge);
    }

    int size() {
        return edges.size();
    }

    int from(int start) {
        return froms.get(start);
    }

    int edge(int start) {
        return edges.get(start);
    }
}
