package dev.whitewater.checker.elle.graph;

import dev.whitewater.checker.search.Purse;

import java.util.Arrays;

/**
 * The strongly connected components of a graph, or of the part of it that has certain kinds of
 * edges: Tarjan's algorithm with explicit stacks, so that a component of a million nodes is no
 * deeper than one of two. Components are numbered in reverse topological order: an edge between two
 * never leads to the higher number.
 */
public final class Components {
    private final int[] component;
    private final int count;

    private Components(int[] component, int count) {
        this.component = component;
        this.count = count;
    }

    /** The components by edges whose kind is in the mask, and by carrying edges. */
    public static Components of(Graph graph, int mask, Purse purse) {
        long held = purse.held();
        purse.take((long) Search.BYTES_PER_NODE * graph.nodes());
        Search search = new Search(graph, mask | EdgeKind.CARRY, purse);
        for (int v = 0; v < graph.nodes(); v++) {
            if (search.order[v] == 0) {
                search.from(v);
            }
        }
        purse.backTo(held);
        purse.take((long) Integer.BYTES * graph.nodes());
        return new Components(search.component, search.components);
    }

    public int of(int node) {
        return component[node];
    }

    public int count() {
        return count;
    }

    public boolean together(int a, int b) {
        return component[a] == component[b];
    }

    /** How many nodes each component has. */
    public int[] sizes() {
        int[] sizes = new int[count];
        for (int c : component) {
            sizes[c]++;
        }
        return sizes;
    }

    /** Whether there is a cycle at all (no edge leads from a node to itself). */
    public boolean cyclic() {
        return count < component.length;
    }

    /** The members of the components with more than one, ascending, in the order of the least. */
    public int[][] nontrivial() {
        int[] sizes = sizes();
        int[][] members = new int[count][];
        int[] filled = new int[count];
        int found = 0;
        int[] order = new int[count];
        for (int v = 0; v < component.length; v++) {
            int c = component[v];
            if (sizes[c] > 1) {
                if (members[c] == null) {
                    members[c] = new int[sizes[c]];
                    order[found++] = c;
                }
                members[c][filled[c]++] = v;
            }
        }
        int[][] result = new int[found][];
        for (int i = 0; i < found; i++) {
            result[i] = members[order[i]];
        }
        return result;
    }

    /** The state of one depth-first search. */
    private static final class Search {
        static final int BYTES_PER_NODE = 6 * Integer.BYTES;

        private final Graph graph;
        private final int mask;
        private final Purse purse;
        private final int[] order;
        private final int[] low;
        private final int[] component;
        private final int[] nextEdge;
        private final IntList path = new IntList();
        private final IntList open = new IntList();
        private int visited;
        private int components;

        Search(Graph graph, int mask, Purse purse) {
            this.graph = graph;
            this.mask = mask;
            this.purse = purse;
            order = new int[graph.nodes()];
            low = new int[graph.nodes()];
            component = new int[graph.nodes()];
            Arrays.fill(component, -1);
            nextEdge = new int[graph.nodes()];
        }

        void from(int root) {
            enter(root);
            while (!path.isEmpty()) {
                int v = path.last();
                int w = nextUnvisited(v);
                if (w >= 0) {
                    enter(w);
                    continue;
                }
                path.pop();
                if (low[v] == order[v]) {
                    close(v);
                }
                if (!path.isEmpty()) {
                    int parent = path.last();
                    low[parent] = Math.min(low[parent], low[v]);
                }
            }
        }

        private void enter(int v) {
            purse.steps(1L + graph.start(v + 1) - graph.start(v));
            order[v] = ++visited;
            low[v] = visited;
            nextEdge[v] = graph.start(v);
            path.add(v);
            open.add(v);
        }

        private int nextUnvisited(int v) {
            int end = graph.start(v + 1);
            int least = low[v];
            for (int e = nextEdge[v]; e < end; e++) {
                if ((graph.kind(e) & mask) == 0) {
                    continue;
                }
                int w = graph.target(e);
                if (order[w] == 0) {
                    nextEdge[v] = e + 1;
                    low[v] = least;
                    return w;
                }
                if (component[w] < 0) {
                    least = Math.min(least, order[w]);
                }
            }
            nextEdge[v] = end;
            low[v] = least;
            return -1;
        }

        private void close(int v) {
            int member;
            do {
                member = open.pop();
                component[member] = components;
            } while (member != v);
            components++;
        }
    }
}
