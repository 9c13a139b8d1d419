package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.ElleOptions.Order;
import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.elle.graph.GraphBuilder;
import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.search.Purse;

import java.util.Set;

/**
 * The dependencies of transactions over lists, by Adya's definitions (thesis §3.1) on the order of
 * versions: a write follows the write of the version before, a read follows the write of the last
 * element it saw, and a write follows all reads of the version before.
 *
 * <p>An append that no read shows comes after the longest list that was read: its version is not
 * known, but that much is.
 */
final class ListGraph {
    private final TransactionHistory history;
    private final ListVersions versions;
    private final Purse purse;
    private final GraphBuilder graph;
    private int[] slotStarts = {};

    private ListGraph(TransactionHistory history, ListVersions versions, Purse purse) {
        this.purse = purse;
        this.history = history;
        this.versions = versions;
        this.graph =
                new GraphBuilder(history.size(), history.operations() * 2 + history.size(), purse);
    }

    /** The graph, or an empty one (without even a node) when nothing relates two transactions. */
    static Graph of(
            TransactionHistory history, ListVersions versions, Set<Order> orders, Purse purse) {
        return new ListGraph(history, versions, purse).build(orders);
    }

    private Graph build(Set<Order> orders) {
        int[] readers = readersBySlot();
        followReaders(readers);
        boolean related = graph.edges() > 0;
        OrderEdges order = new OrderEdges(history, graph, purse);
        if (orders.contains(Order.PROCESS)) {
            related |= order.addProcess();
        }
        if (orders.contains(Order.REALTIME)) {
            related |= order.addRealtime();
        }
        return related ? graph.build() : new GraphBuilder(0, 0).build();
    }

    /** Adds ww and wr on the way; sorts the readers by the version they saw. */
    private int[] readersBySlot() {
        purse.take(3L * Integer.BYTES * versions.slots());
        slotStarts = new int[versions.slots() + 1];
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (history.isFailed(t)) {
                continue;
            }
            for (int m = history.start(t); m < history.end(t); m++) {
                if (history.kind(m) == TransactionHistory.WRITE) {
                    followWriter(t, m);
                } else if (history.kind(m) == TransactionHistory.READ) {
                    int slot = read(t, m);
                    slotStarts[slot + 1]++;
                }
            }
        }
        // Reads whose last element is in no order were counted as slot -1.
        slotStarts[0] = 0;
        for (int s = 0; s < versions.slots(); s++) {
            slotStarts[s + 1] += slotStarts[s];
        }
        return sortReaders();
    }

    private int[] sortReaders() {
        purse.take((long) Integer.BYTES * slotStarts[versions.slots()]);
        int[] readers = new int[slotStarts[versions.slots()]];
        int[] next = slotStarts.clone();
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (history.isFailed(t)) {
                continue;
            }
            for (int m = history.start(t); m < history.end(t); m++) {
                if (history.kind(m) == TransactionHistory.READ) {
                    int place = versions.next(m);
                    if (place >= 0) {
                        readers[next[versions.slot(history.key(m), place)]++] = t;
                    }
                }
            }
        }
        return readers;
    }

    /**
     * Adds the edge from the writer of what was read; says which version follows, -1 if unknown.
     */
    private int read(int t, int read) {
        int key = history.key(read);
        int next = versions.next(read);
        if (next < 0) {
            return -1;
        }
        if (next > 0) {
            int writer = versions.possibleWriter(key, next - 1);
            if (writer >= 0) {
                graph.edge(writer, t, EdgeKind.WR);
            }
        }
        return versions.slot(key, next);
    }

    private void followWriter(int t, int append) {
        int key = history.key(append);
        int place = versions.place(append);
        int before = (place >= 0 ? place : versions.count(key)) - 1;
        if (before >= 0) {
            int writer = versions.possibleWriter(key, before);
            if (writer >= 0) {
                graph.edge(writer, t, EdgeKind.WW);
            }
        }
    }

    private void followReaders(int[] readers) {
        for (int key = 0; key < history.keys(); key++) {
            for (int place = 0; place < versions.count(key); place++) {
                purse.step();
                int writer = versions.possibleWriter(key, place);
                if (writer >= 0) {
                    int slot = versions.slot(key, place);
                    for (int r = slotStarts[slot]; r < slotStarts[slot + 1]; r++) {
                        graph.edge(readers[r], writer, EdgeKind.RW);
                    }
                }
            }
        }
        followLastReaders(readers);
    }

    /** The readers of each key's last version come before all appends that nobody saw. */
    private void followLastReaders(int[] readers) {
        IntList[] unseen = new IntList[history.keys()];
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (history.isFailed(t)) {
                continue;
            }
            for (int m = history.start(t); m < history.end(t); m++) {
                if (history.kind(m) == TransactionHistory.WRITE && versions.place(m) < 0) {
                    int key = history.key(m);
                    unseen[key] = unseen[key] == null ? new IntList() : unseen[key];
                    addOnce(unseen[key], t);
                }
            }
        }
        for (int key = 0; key < history.keys(); key++) {
            if (unseen[key] != null) {
                IntList last = new IntList();
                int slot = versions.slot(key, versions.count(key));
                for (int r = slotStarts[slot]; r < slotStarts[slot + 1]; r++) {
                    addOnce(last, readers[r]);
                }
                graph.allToAll(last, unseen[key], EdgeKind.RW);
            }
        }
    }

    private static void addOnce(IntList list, int item) {
        if (list.isEmpty() || list.last() != item) {
            list.add(item);
        }
    }
}
