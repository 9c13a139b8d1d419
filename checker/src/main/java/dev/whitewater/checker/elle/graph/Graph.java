package dev.whitewater.checker.elle.graph;

import dev.whitewater.checker.search.Purse;

import java.util.Arrays;

/**
 * A directed graph with a kind on each edge, in compressed rows: the edges that leave node {@code
 * v} are those from {@code start(v)} to {@code start(v + 1)}. The first {@link #transactions()}
 * nodes are transactions, the rest auxiliary (see {@link EdgeKind#CARRY}). Parallel edges of
 * different kinds are separate edges. Immutable.
 */
public final class Graph {
    private final int transactions;
    private final int[] starts;
    private final int[] targets;
    private final byte[] kinds;
    private final int[] ranks;

    Graph(int transactions, int[] starts, int[] targets, byte[] kinds, int[] ranks) {
        this.transactions = transactions;
        this.starts = starts;
        this.targets = targets;
        this.kinds = kinds;
        this.ranks = ranks;
    }

    public int nodes() {
        return starts.length - 1;
    }

    public int transactions() {
        return transactions;
    }

    public int edges() {
        return targets.length;
    }

    public int start(int node) {
        return starts[node];
    }

    public int target(int edge) {
        return targets[edge];
    }

    public int kind(int edge) {
        return kinds[edge];
    }

    /** Where in time the node belongs, roughly: searches stay local when they go by it. */
    public int rank(int node) {
        return ranks[node];
    }

    /**
     * The part of this graph within some of its nodes. Nodes keep their order, transactions first.
     * Its memory is the caller's to count.
     *
     * @param members ascending ids
     * @param scratch as long as this graph has nodes, all -1; is so again afterwards
     */
    public Graph within(int[] members, int[] scratch) {
        for (int i = 0; i < members.length; i++) {
            scratch[members[i]] = i;
        }
        int[] innerStarts = new int[members.length + 1];
        int[] innerRanks = new int[members.length];
        int count = 0;
        for (int i = 0; i < members.length; i++) {
            innerRanks[i] = ranks[members[i]];
            for (int e = starts[members[i]]; e < starts[members[i] + 1]; e++) {
                if (scratch[targets[e]] >= 0) {
                    count++;
                }
            }
            innerStarts[i + 1] = count;
        }
        int[] innerTargets = new int[count];
        byte[] innerKinds = new byte[count];
        int at = 0;
        for (int member : members) {
            for (int e = starts[member]; e < starts[member + 1]; e++) {
                if (scratch[targets[e]] >= 0) {
                    innerTargets[at] = scratch[targets[e]];
                    innerKinds[at++] = kinds[e];
                }
            }
        }
        int inside = 0;
        for (int member : members) {
            scratch[member] = -1;
            inside += member < transactions ? 1 : 0;
        }
        return new Graph(inside, innerStarts, innerTargets, innerKinds, innerRanks);
    }

    /**
     * This graph with one edge for each pair of nodes that has any: the one whose kind comes first
     * in the list; kinds not in the list come last.
     */
    public Graph strongest(Purse purse, int... kindsInOrder) {
        int[] preference = new int[EdgeKind.CARRY + 1];
        Arrays.fill(preference, kindsInOrder.length);
        for (int i = 0; i < kindsInOrder.length; i++) {
            preference[kindsInOrder[i]] = i;
        }
        GraphBuilder kept = new GraphBuilder(0, edges(), purse);
        int[] best = new int[nodes()];
        Arrays.fill(best, -1);
        for (int v = 0; v < nodes(); v++) {
            kept.addNode(ranks[v]);
            for (int e = starts[v]; e < starts[v + 1]; e++) {
                int known = best[targets[e]];
                if (known < 0 || preference[kinds[e]] < preference[kinds[known]]) {
                    best[targets[e]] = e;
                }
            }
            for (int e = starts[v]; e < starts[v + 1]; e++) {
                if (best[targets[e]] == e) {
                    kept.edge(v, targets[e], kinds[e]);
                }
            }
            for (int e = starts[v]; e < starts[v + 1]; e++) {
                best[targets[e]] = -1;
            }
        }
        return kept.build(transactions);
    }

    /**
     * The graph of two copies of this one, in which the copy remembers whether the last edge was of
     * a barred kind: node {@code v} after any other edge is {@code 2v}, after a barred one {@code
     * 2v + 1}. A barred edge only leaves the first, so that a walk in the product is a walk here
     * without two barred edges in a row. Carrying edges keep what was last.
     */
    public Graph withoutAdjacent(int mask, int barred, Purse purse) {
        GraphBuilder product = new GraphBuilder(0, edges() * 2, purse);
        for (int v = 0; v < nodes(); v++) {
            product.addNode(ranks[v]);
            product.addNode(ranks[v]);
        }
        for (int v = 0; v < nodes(); v++) {
            for (int e = starts[v]; e < starts[v + 1]; e++) {
                int kind = kinds[e];
                int to = 2 * targets[e];
                if (kind == EdgeKind.CARRY) {
                    product.edge(2 * v, to, kind);
                    product.edge(2 * v + 1, to + 1, kind);
                } else if ((kind & barred) != 0) {
                    product.edge(2 * v, to + 1, kind);
                } else if ((kind & mask) != 0) {
                    product.edge(2 * v, to, kind);
                    product.edge(2 * v + 1, to, kind);
                }
            }
        }
        return product.build();
    }

    /** About how much memory it takes. */
    public long bytes() {
        return 2L * Integer.BYTES * nodes() + (Integer.BYTES + 1L) * edges();
    }

    @Override
    public String toString() {
        return "Graph[nodes " + nodes() + ", edges " + Arrays.toString(targets) + "]";
    }
}
