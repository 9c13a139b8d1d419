package dev.whitewater.checker.elle.cycle;

import dev.whitewater.checker.elle.cycle.Cycle.Step;
import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Short cycles through given edges, by breadth-first search. Lengths count transactions: carrying
 * edges are free. In a small knot every start is tried and the cycle is a shortest one; in a large
 * one the search ends when it has looked at enough edges, with the shortest found until then.
 */
final class ShortCycles {
    private static final int BYTES_PER_NODE = 6 * Integer.BYTES;
    private static final int SHORTEST = 2;
    private static final long ENOUGH = 1_000_000;

    private final Graph graph;
    private final int mask;
    private final Purse purse;
    private final int transactions;
    private final int[] distance;
    private final int[] seen;
    private final int[] parent;
    private final int[] parentEdge;
    private IntList level = new IntList();
    private IntList nextLevel = new IntList();
    private int round;
    private long work;

    ShortCycles(Graph graph, int mask, Purse purse) {
        this(graph, mask, graph.transactions(), purse);
    }

    /**
     * @param transactions how many of the first nodes are transactions
     */
    ShortCycles(Graph graph, int mask, int transactions, Purse purse) {
        purse.take((long) BYTES_PER_NODE * graph.nodes());
        this.purse = purse;
        this.graph = graph;
        this.mask = mask | EdgeKind.CARRY;
        this.transactions = transactions;
        distance = new int[graph.nodes()];
        seen = new int[graph.nodes()];
        parent = new int[graph.nodes()];
        parentEdge = new int[graph.nodes()];
    }

    /** The shortest closed walk through one of the starts; none only if there are no starts. */
    Optional<List<Step>> shortest(Starts starts) {
        return shortest(starts, walk -> true);
    }

    /** The shortest that is acceptable. */
    Optional<List<Step>> shortest(Starts starts, Predicate<List<Step>> acceptable) {
        Optional<List<Step>> best = Optional.empty();
        int bound = Integer.MAX_VALUE;
        long enough = Math.max(ENOUGH, 4L * graph.edges());
        for (int i = 0; i < starts.size() && bound > SHORTEST; i++) {
            if (work > enough * (best.isPresent() ? 1 : 4)) {
                break;
            }
            int from = starts.from(i);
            int edge = starts.edge(i);
            if (reaches(graph.target(edge), from, bound - 1)) {
                List<Step> walk = walk(from, edge);
                if (acceptable.test(walk)) {
                    best = Optional.of(walk);
                    bound = walk.size();
                }
            }
        }
        return best;
    }

    /** Whether a path of fewer steps than the bound leads from one node to another. */
    private boolean reaches(int from, int goal, int bound) {
        round++;
        level.clear();
        nextLevel.clear();
        visit(from, 0, -1, -1);
        level.add(from);
        for (int steps = 0; steps < bound && !level.isEmpty(); steps++) {
            for (int i = 0; i < level.size(); i++) {
                int v = level.get(i);
                if (v == goal) {
                    return true;
                }
                if (distance[v] == steps) {
                    expand(v, steps);
                }
            }
            IntList done = level;
            level = nextLevel;
            nextLevel = done;
            nextLevel.clear();
        }
        return false;
    }

    private void expand(int v, int steps) {
        purse.steps(1L + graph.start(v + 1) - graph.start(v));
        for (int e = graph.start(v); e < graph.start(v + 1); e++) {
            work++;
            int kind = graph.kind(e);
            if ((kind & mask) == 0) {
                continue;
            }
            int w = graph.target(e);
            int length = kind == EdgeKind.CARRY ? steps : steps + 1;
            if (seen[w] != round || distance[w] > length) {
                visit(w, length, v, e);
                (length == steps ? level : nextLevel).add(w);
            }
        }
    }

    private void visit(int node, int length, int from, int edge) {
        seen[node] = round;
        distance[node] = length;
        parent[node] = from;
        parentEdge[node] = edge;
    }

    /** The start edge and the path just found, between transactions only. */
    private List<Step> walk(int from, int startEdge) {
        IntList nodes = new IntList();
        IntList kinds = new IntList();
        for (int v = from; parentEdge[v] >= 0; v = parent[v]) {
            nodes.add(v);
            kinds.add(graph.kind(parentEdge[v]));
        }
        nodes.add(graph.target(startEdge));
        kinds.add(graph.kind(startEdge));
        List<Integer> path = new ArrayList<>();
        List<Integer> reasons = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            path.add(nodes.get(i));
            reasons.add(kinds.get(i));
        }
        return Collections.unmodifiableList(steps(from, path, reasons));
    }

    private List<Step> steps(int from, List<Integer> path, List<Integer> reasons) {
        List<Step> steps = new ArrayList<>();
        int last = from;
        int reason = EdgeKind.CARRY;
        for (int i = 0; i < path.size(); i++) {
            if (reasons.get(i) != EdgeKind.CARRY) {
                reason = reasons.get(i);
            }
            if (path.get(i) < transactions) {
                steps.add(new Step(last, path.get(i), reason));
                last = path.get(i);
            }
        }
        return steps;
    }
}
