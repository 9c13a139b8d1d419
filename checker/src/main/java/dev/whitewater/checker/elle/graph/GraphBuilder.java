package dev.whitewater.checker.elle.graph;

import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;

/** Collects edges in any order and sorts them into the rows of a {@link Graph}. */
public final class GraphBuilder {
    private static final int BYTES_PER_NODE = 3 * Integer.BYTES;
    private static final int BYTES_PER_EDGE = 2 * Integer.BYTES + 1;

    private final Purse purse;
    private final int transactions;
    private int[] froms;
    private int[] tos;
    private byte[] kinds;
    private int edges;
    private final IntList ranks;

    /**
     * @param transactions the number of transactions, which are nodes from the start, ranked by id
     * @param expectedEdges a guess
     */
    public GraphBuilder(int transactions, int expectedEdges) {
        this(transactions, expectedEdges, new Purse(Budget.UNLIMITED));
    }

    /** The same at the cost of a purse, which pays for what is built as well. */
    public GraphBuilder(int transactions, int expectedEdges, Purse purse) {
        this.purse = purse;
        this.transactions = transactions;
        purse.take((long) BYTES_PER_NODE * transactions);
        this.ranks = new IntList(transactions + 16);
        for (int i = 0; i < transactions; i++) {
            ranks.add(i);
        }
        int capacity = Math.max(16, expectedEdges);
        purse.take((long) BYTES_PER_EDGE * capacity);
        froms = new int[capacity];
        tos = new int[capacity];
        kinds = new byte[capacity];
    }

    /** A new auxiliary node. */
    public int addNode(int rank) {
        purse.step();
        ranks.add(rank);
        return ranks.size() - 1;
    }

    /** An edge; one from a node to itself says nothing and is dropped. */
    public void edge(int from, int to, int kind) {
        if (from == to) {
            return;
        }
        purse.step();
        if (edges == froms.length) {
            int capacity = edges + (edges >> 1) + 16;
            purse.take((long) BYTES_PER_EDGE * (capacity - edges));
            froms = Arrays.copyOf(froms, capacity);
            tos = Arrays.copyOf(tos, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
        }
        froms[edges] = from;
        tos[edges] = to;
        kinds[edges++] = (byte) kind;
    }

    /**
     * Every source before every target except itself, in a number of edges and nodes that grows
     * with the number of both and not with their product.
     *
     * <p>Sources and targets may share members, and a bundle through a single node would then lead
     * a transaction back to itself: a cycle that isn't there. So members are put in one line, with
     * a chain of nodes running down it and another running up: a source enters both chains at its
     * place, a target is reached from the chain one place before and the other one place after.
     *
     * @param sources ascending transactions, {@code targets} likewise
     */
    public void allToAll(IntList sources, IntList targets, int kind) {
        long product = (long) sources.size() * targets.size();
        if (product <= 3L * (sources.size() + targets.size())) {
            for (int i = 0; i < sources.size(); i++) {
                for (int j = 0; j < targets.size(); j++) {
                    edge(sources.get(i), targets.get(j), kind);
                }
            }
            return;
        }
        chain(sources, targets, kind, true);
        chain(sources, targets, kind, false);
    }

    private void chain(IntList sources, IntList targets, int kind, boolean upwards) {
        int s = upwards ? 0 : sources.size() - 1;
        int t = upwards ? 0 : targets.size() - 1;
        int step = upwards ? 1 : -1;
        int sign = step;
        int before = -1;
        while (t >= 0 && t < targets.size()) {
            int target = targets.get(t);
            boolean sourceFirst =
                    s >= 0 && s < sources.size() && sign * sources.get(s) < sign * target;
            if (sourceFirst) {
                int hub = addNode(sources.get(s));
                edge(sources.get(s), hub, kind);
                if (before >= 0) {
                    edge(before, hub, EdgeKind.CARRY);
                }
                before = hub;
                s += step;
            } else {
                if (before >= 0) {
                    edge(before, target, EdgeKind.CARRY);
                }
                t += step;
            }
        }
    }

    public int edges() {
        return edges;
    }

    public Graph build() {
        return build(transactions);
    }

    /** The graph, of whose nodes the first so many are transactions. */
    Graph build(int leading) {
        int nodes = ranks.size();
        purse.look();
        purse.take((long) BYTES_PER_NODE * nodes + (Integer.BYTES + 1L) * edges);
        int[] starts = new int[nodes + 1];
        for (int i = 0; i < edges; i++) {
            starts[froms[i] + 1]++;
        }
        for (int v = 0; v < nodes; v++) {
            starts[v + 1] += starts[v];
        }
        int[] targets = new int[edges];
        byte[] sortedKinds = new byte[edges];
        int[] next = Arrays.copyOf(starts, nodes);
        for (int i = 0; i < edges; i++) {
            int at = next[froms[i]]++;
            targets[at] = tos[i];
            sortedKinds[at] = kinds[i];
        }
        return new Graph(leading, starts, targets, sortedKinds, ranks.toArray());
    }
}
