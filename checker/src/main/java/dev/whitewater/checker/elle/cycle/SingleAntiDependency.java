package dev.whitewater.checker.elle.cycle;

import dev.whitewater.checker.elle.graph.Components;
import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * The anti-dependencies that close a cycle in which no other occurs: those from {@code u} to {@code
 * v} with a path of other edges from {@code v} back to {@code u}.
 *
 * <p>Reachability between many pairs has no linear algorithm. What makes it cheap here: the other
 * edges, their own knots contracted, have a topological order; taken in the order of time where
 * there is a choice, both ends of an anti-dependency lie close together in it (about as far as
 * transactions overlap), and a path between them never leaves the stretch between them. So
 * anti-dependencies are sorted by where they end, and 64 of them are pushed through their common
 * stretch at once, a bit each. Without the closeness the cost is one pass over the knot per 64
 * anti-dependencies.
 */
final class SingleAntiDependency {
    private static final int WIDTH = 64;
    private static final long ENOUGH = 1_000_000;

    private static final int BYTES_PER_NODE = 12 * Integer.BYTES;

    private final Graph graph;
    private final Purse purse;
    private final int free;
    private final int anti;
    private final Components components;

    SingleAntiDependency(Graph graph, int free, int anti, Purse purse) {
        purse.take((long) BYTES_PER_NODE * graph.nodes());
        this.graph = graph;
        this.purse = purse;
        this.free = free | EdgeKind.CARRY;
        this.anti = anti;
        this.components = Components.of(graph, free, purse);
    }

    /** Such anti-dependencies; not necessarily all, but none only if there is none. */
    Starts starts() {
        Starts inside = Starts.inside(graph, components, anti);
        return inside.size() > 0 ? inside : new Sweep().starts();
    }

    /** The topological order, and the pass along it. */
    private final class Sweep {
        private final int[] position = new int[components.count()];
        private final int[] firstNode = new int[components.count() + 1];
        private final int[] nodes = new int[graph.nodes()];
        private final long[] reached = new long[components.count()];
        private final IntList froms = new IntList();
        private final IntList edges = new IntList();
        private long work;

        Starts starts() {
            order();
            long[] candidates = candidates();
            Starts starts = new Starts();
            for (int at = 0; at < candidates.length; at += WIDTH) {
                int end = Math.min(at + WIDTH, candidates.length);
                batch(Arrays.copyOfRange(candidates, at, end), starts);
                if (starts.size() > 0 && work > ENOUGH) {
                    break;
                }
            }
            return starts;
        }

        private int positionOf(int node) {
            return position[components.of(node)];
        }

        /** Kahn's algorithm; of the components that are free to come next, the earliest in time. */
        private void order() {
            int[] incoming = new int[components.count()];
            long[] rank = new long[components.count()];
            Arrays.fill(rank, Integer.MAX_VALUE);
            int[] byComponent = nodesByComponent();
            for (int v = 0; v < graph.nodes(); v++) {
                int from = components.of(v);
                rank[from] = Math.min(rank[from], graph.rank(v));
                for (int e = graph.start(v); e < graph.start(v + 1); e++) {
                    int to = components.of(graph.target(e));
                    incoming[to] += isFree(e) && to != from ? 1 : 0;
                }
            }
            PriorityQueue<Long> ready = new PriorityQueue<>();
            for (int c = 0; c < incoming.length; c++) {
                if (incoming[c] == 0) {
                    ready.add(rank[c] << 32 | c);
                }
            }
            int next = 0;
            int filled = 0;
            while (!ready.isEmpty()) {
                int c = (int) (long) ready.remove();
                position[c] = next;
                firstNode[next++] = filled;
                for (int i = firstOf[c]; i < firstOf[c + 1]; i++) {
                    int v = byComponent[i];
                    nodes[filled++] = v;
                    release(v, incoming, rank, ready);
                }
            }
            firstNode[next] = filled;
        }

        private void release(int v, int[] incoming, long[] rank, PriorityQueue<Long> ready) {
            purse.step();
            for (int e = graph.start(v); e < graph.start(v + 1); e++) {
                int to = components.of(graph.target(e));
                if (isFree(e) && to != components.of(v) && --incoming[to] == 0) {
                    ready.add(rank[to] << 32 | to);
                }
            }
        }

        private int[] firstOf = {};

        private int[] nodesByComponent() {
            firstOf = new int[components.count() + 1];
            for (int v = 0; v < graph.nodes(); v++) {
                firstOf[components.of(v) + 1]++;
            }
            for (int c = 0; c < components.count(); c++) {
                firstOf[c + 1] += firstOf[c];
            }
            int[] sorted = new int[graph.nodes()];
            int[] next = Arrays.copyOf(firstOf, components.count());
            for (int v = 0; v < graph.nodes(); v++) {
                sorted[next[components.of(v)]++] = v;
            }
            return sorted;
        }

        private boolean isFree(int edge) {
            return (graph.kind(edge) & free) != 0;
        }

        /** The anti-dependencies against the order, by where they end. */
        private long[] candidates() {
            for (int v = 0; v < graph.nodes(); v++) {
                for (int e = graph.start(v); e < graph.start(v + 1); e++) {
                    boolean back = positionOf(graph.target(e)) < positionOf(v);
                    if (back && (graph.kind(e) & anti) != 0) {
                        froms.add(v);
                        edges.add(e);
                    }
                }
            }
            long[] sorted = new long[edges.size()];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = (long) positionOf(graph.target(edges.get(i))) << 32 | i;
            }
            Arrays.sort(sorted);
            return sorted;
        }

        private void batch(long[] candidates, Starts starts) {
            int first = (int) (candidates[0] >>> 32);
            int last = first;
            for (int bit = 0; bit < candidates.length; bit++) {
                int from = froms.get((int) candidates[bit]);
                last = Math.max(last, positionOf(from));
                reached[(int) (candidates[bit] >>> 32)] |= 1L << bit;
            }
            push(first, last);
            for (int bit = 0; bit < candidates.length; bit++) {
                int candidate = (int) candidates[bit];
                int from = froms.get(candidate);
                if ((reached[positionOf(from)] & 1L << bit) != 0) {
                    starts.add(from, edges.get(candidate));
                }
            }
            Arrays.fill(reached, first, last + 1, 0);
        }

        private void push(int first, int last) {
            for (int at = first; at <= last; at++) {
                long bits = reached[at];
                if (bits == 0) {
                    continue;
                }
                for (int i = firstNode[at]; i < firstNode[at + 1]; i++) {
                    int v = nodes[i];
                    purse.steps(1L + graph.start(v + 1) - graph.start(v));
                    for (int e = graph.start(v); e < graph.start(v + 1); e++) {
                        work++;
                        int to = positionOf(graph.target(e));
                        if (isFree(e) && to <= last) {
                            reached[to] |= bits;
                        }
                    }
                }
            }
        }
    }
}
