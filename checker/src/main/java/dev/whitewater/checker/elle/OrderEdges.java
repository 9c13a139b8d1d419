package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.GraphBuilder;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;

/** The orders that don't come from data: that of each process, and that of time. */
final class OrderEdges {
    private final TransactionHistory history;
    private final GraphBuilder graph;
    private final Purse purse;

    OrderEdges(TransactionHistory history, GraphBuilder graph, Purse purse) {
        this.purse = purse;
        this.history = history;
        this.graph = graph;
    }

    /**
     * Links the committed transactions of each process; says whether there was anything to link.
     */
    boolean addProcess() {
        int[] last = new int[history.processes()];
        Arrays.fill(last, -1);
        boolean any = false;
        for (int t = 0; t < history.size(); t++) {
            if (!history.isOk(t)) {
                continue;
            }
            int process = history.denseProcess(t);
            if (last[process] >= 0) {
                graph.edge(last[process], t, EdgeKind.PROCESS);
                any = true;
            }
            last[process] = t;
        }
        return any;
    }

    /**
     * Links each committed transaction to all that began after it had completed, by a chain of
     * barriers: a transaction leads to the first barrier after its completion, a barrier to the
     * next one and to the transactions that began between the two. Two or three edges each, instead
     * of a transitive reduction that grows with the number of clients.
     *
     * @return whether there was anything to link, aborted transactions included
     */
    boolean addRealtime() {
        purse.take(4L * Integer.BYTES * history.size());
        int[] before = lastCompletedBefore();
        boolean[] needed = new boolean[history.size()];
        boolean any = false;
        for (int t = 0; t < history.size(); t++) {
            if (before[t] >= 0) {
                needed[before[t]] |= !history.isFailed(t);
                any = true;
            }
        }
        int[] barrier = chain(needed);
        for (int t = 0; t < history.size(); t++) {
            if (before[t] >= 0 && !history.isFailed(t)) {
                graph.edge(barrier[before[t]], t, EdgeKind.CARRY);
            }
        }
        return any;
    }

    private int[] chain(boolean[] needed) {
        int[] barrier = new int[needed.length];
        int first = 0;
        int previous = -1;
        for (int t = 0; t < needed.length; t++) {
            if (!needed[t]) {
                continue;
            }
            int node = graph.addNode(t);
            for (; first <= t; first++) {
                if (history.isOk(first)) {
                    graph.edge(first, node, EdgeKind.REALTIME);
                }
            }
            if (previous >= 0) {
                graph.edge(previous, node, EdgeKind.CARRY);
            }
            barrier[t] = node;
            previous = node;
        }
        return barrier;
    }

    /** For each transaction the last that had committed when it began; -1 if there is none. */
    private int[] lastCompletedBefore() {
        int size = history.size();
        int[] lastOk = new int[size];
        int last = -1;
        for (int t = 0; t < size; t++) {
            last = history.isOk(t) ? t : last;
            lastOk[t] = last;
        }
        int[] before = new int[size];
        for (int t = 0; t < size; t++) {
            purse.step();
            int completed = completedBefore(t, history.invoked(t));
            before[t] = completed < 0 ? -1 : lastOk[completed];
        }
        return before;
    }

    /**
     * The last transaction below t that completed before a position; gallops back from t, because
     * few transactions complete while another is under way.
     */
    private int completedBefore(int t, int position) {
        int step = 1;
        int high = t;
        int low = t - 1;
        while (low >= 0 && history.completed(low) >= position) {
            high = low;
            low -= step;
            step *= 2;
        }
        low = Math.max(low, -1);
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (history.completed(middle) >= position) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }
}
