package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.ElleOptions.Order;
import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.elle.graph.GraphBuilder;
import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;
import java.util.Set;

/**
 * The dependencies of transactions over registers, as far as the order of versions is known: a
 * reader follows the writer of what it read, and the writer of a version follows the writer and the
 * readers of each version known to be older.
 */
final class RegisterGraph {
    private final TransactionHistory history;
    private final RegisterVersions versions;
    private final Graph orders;
    private final Purse purse;
    private final GraphBuilder graph;
    private boolean related;

    private RegisterGraph(
            TransactionHistory history, RegisterVersions versions, Graph orders, Purse purse) {
        this.purse = purse;
        this.history = history;
        this.versions = versions;
        this.orders = orders;
        this.graph = new GraphBuilder(history.size(), history.operations() + history.size(), purse);
    }

    /** The graph, or an empty one (without even a node) when nothing relates two transactions. */
    static Graph of(
            TransactionHistory history,
            RegisterVersions versions,
            Graph versionOrders,
            Set<Order> orders,
            Purse purse) {
        return new RegisterGraph(history, versions, versionOrders, purse).build(orders);
    }

    private Graph build(Set<Order> needed) {
        for (int version = 0; version < versions.count(); version++) {
            purse.step();
            int[] readers = versions.readers(version);
            int writer = versions.writer(version);
            for (int i = 0; writer >= 0 && i < readers.length; i++) {
                edge(writer, readers[i], EdgeKind.WR);
            }
            if (version < history.keys()) {
                initialReaders(readers, version);
            } else {
                followers(writer, readers, version);
            }
        }
        OrderEdges order = new OrderEdges(history, graph, purse);
        if (needed.contains(Order.PROCESS)) {
            related |= order.addProcess();
        }
        if (needed.contains(Order.REALTIME)) {
            related |= order.addRealtime();
        }
        return related ? graph.build() : new GraphBuilder(0, 0).build();
    }

    private void followers(int writer, int[] readers, int version) {
        for (int e = orders.start(version); e < orders.start(version + 1); e++) {
            int next = versions.writer(orders.target(e));
            if (next < 0) {
                continue;
            }
            if (writer >= 0) {
                edge(writer, next, EdgeKind.WW);
            }
            for (int reader : readers) {
                edge(reader, next, EdgeKind.RW);
            }
        }
    }

    /** Everybody who saw the initial version comes before everybody who wrote the key. */
    private void initialReaders(int[] readers, int version) {
        if (readers.length == 0) {
            return;
        }
        purse.steps(orders.start(version + 1) - orders.start(version));
        int[] next = new int[orders.start(version + 1) - orders.start(version)];
        int count = 0;
        for (int e = orders.start(version); e < orders.start(version + 1); e++) {
            int writer = versions.writer(orders.target(e));
            if (writer >= 0) {
                next[count++] = writer;
            }
        }
        Arrays.sort(next, 0, count);
        IntList writers = new IntList(count);
        for (int i = 0; i < count; i++) {
            writers.add(next[i]);
        }
        IntList first = new IntList(readers.length);
        for (int reader : readers) {
            first.add(reader);
        }
        related |= count > 0;
        graph.allToAll(first, writers, EdgeKind.RW);
    }

    /**
     * What would relate a transaction to itself shows at least that there is something to judge.
     */
    private void edge(int from, int to, int kind) {
        related = true;
        graph.edge(from, to, kind);
    }
}
