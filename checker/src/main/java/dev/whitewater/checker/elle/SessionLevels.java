package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.graph.Components;
import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.elle.graph.GraphBuilder;
import dev.whitewater.checker.elle.graph.IntList;
import dev.whitewater.checker.elle.graph.LongIntMap;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.search.Exhausted;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The levels below snapshot isolation, judged without any knowledge of the order of writes: read
 * committed, read atomic and causal consistency over sessions (Biswas and Enea, OOPSLA 2019). Each
 * says, in its own way, which writers a reader must have known of; a known writer of a key comes
 * before the one whose value was read. The level holds iff that, with sessions and reads, is no
 * circle. Only what is needed of it is built, as AWDIT does (PLDI 2025): per session the last known
 * writer.
 */
public final class SessionLevels {
    private static final int NONE = -1;
    private static final int BYTES_PER_OPERATION = 48;

    /** A level, the weakest first. */
    public enum Level {
        /** What earlier reads of the same transaction read from is known. */
        READ_COMMITTED("read-committed"),
        /** What the session did before is known, and all that the transaction reads from. */
        READ_ATOMIC("read-atomic"),
        /** All that is known to somebody known is known. */
        CAUSAL("causal");

        private final String label;

        Level(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    private final TransactionHistory history;
    private final Purse purse;
    private final RegisterVersions versions;
    private final IntList base = new IntList();
    private final LongIntMap writes;
    private final Map<Long, IntList> writersInSession = new java.util.TreeMap<>();
    private final int[] place;

    private SessionLevels(TransactionHistory history, Purse purse) {
        purse.take((long) BYTES_PER_OPERATION * history.operations());
        this.history = history;
        this.purse = purse;
        this.versions = new RegisterVersions(history, purse);
        this.writes = new LongIntMap(history.operations());
        this.place = new int[history.size()];
        index();
    }

    /**
     * What was found.
     *
     * @param circles for each level that was judged the transactions of one circle that it forbids;
     *     an empty list if it holds
     * @param reason why levels are missing; empty if none is
     */
    public record Judged(Map<Level, List<Integer>> circles, String reason) {}

    /**
     * Judges all levels, as far as the budget goes.
     *
     * @param history transactions over registers
     */
    public static Judged judge(TransactionHistory history, Budget budget) {
        if (history.workload() != Workload.RW_REGISTER) {
            throw new IllegalArgumentException(
                    "history: expected rw-register, got " + history.workload().label());
        }
        Map<Level, List<Integer>> circles = new EnumMap<>(Level.class);
        try (Purse purse = new Purse(budget)) {
            SessionLevels levels = new SessionLevels(history, purse);
            for (Level level : Level.values()) {
                long held = purse.held();
                circles.put(level, levels.circle(level));
                purse.backTo(held);
            }
            return new Judged(circles, "");
        } catch (Exhausted e) {
            return new Judged(circles, e.getMessage());
        }
    }

    /** Sessions, reads, and who writes what. */
    private void index() {
        int[] last = new int[history.processes()];
        java.util.Arrays.fill(last, NONE);
        int[] counts = new int[history.processes()];
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (!versions.isKnown(t)) {
                continue;
            }
            int session = history.denseProcess(t);
            place[t] = counts[session]++;
            if (last[session] != NONE) {
                addBase(last[session], t);
            }
            last[session] = t;
            for (int m = history.start(t); m < history.end(t); m++) {
                if (history.kind(m) == TransactionHistory.WRITE) {
                    noteWrite(t, history.key(m), session);
                } else {
                    int writer = source(t, m);
                    if (writer != NONE) {
                        addBase(writer, t);
                    }
                }
            }
        }
    }

    private void addBase(int from, int to) {
        base.add(from);
        base.add(to);
    }

    private void noteWrite(int t, int key, int session) {
        if (writes.put(((long) key << 32) | t, 1) == LongIntMap.ABSENT) {
            writersInSession.computeIfAbsent(slot(key, session), s -> new IntList()).add(t);
        }
    }

    private long slot(int key, int session) {
        return (long) key * history.processes() + session;
    }

    private boolean writesKey(int t, int key) {
        return writes.get(((long) key << 32) | t) != LongIntMap.ABSENT;
    }

    /** The other transaction that wrote what an operation read; none if it wrote that itself. */
    private int source(int t, int operation) {
        if (history.kind(operation) != TransactionHistory.READ || !history.isOk(t)) {
            return NONE;
        }
        int writer = versions.writer(versions.versionOf(operation));
        return writer == t ? NONE : writer;
    }

    private boolean readsInitial(int t, int operation) {
        return history.kind(operation) == TransactionHistory.READ
                && history.isOk(t)
                && history.value(operation) == Values.NIL;
    }

    private List<Integer> circle(Level level) {
        // One node more than there are transactions: whoever wrote the initial state.
        int initial = history.size();
        GraphBuilder builder = new GraphBuilder(history.size() + 1, base.size(), purse);
        for (int i = 0; i < base.size(); i += 2) {
            builder.edge(base.get(i), base.get(i + 1), EdgeKind.WR);
        }
        int[][] known = level == Level.CAUSAL ? clocks(builder) : new int[0][];
        if (level == Level.CAUSAL && known.length == 0 && history.size() > 0) {
            return circleIn(builder.build());
        }
        for (int t = 0; t < history.size(); t++) {
            purse.step();
            if (versions.isKnown(t)) {
                builder.edge(initial, t, EdgeKind.WR);
                switch (level) {
                    case READ_COMMITTED -> readCommitted(builder, t, initial);
                    case READ_ATOMIC -> readAtomic(builder, t, initial);
                    case CAUSAL -> causal(builder, t, initial, known[t]);
                }
            }
        }
        return circleIn(builder.build());
    }

    private List<Integer> circleIn(Graph graph) {
        Components components = Components.of(graph, EdgeKind.WR, purse);
        List<Integer> members = new ArrayList<>();
        if (components.cyclic()) {
            for (int member : components.nontrivial()[0]) {
                if (member < history.size()) {
                    members.add(member);
                }
            }
        }
        return members;
    }

    private int writerOfRead(int t, int operation, int initial) {
        return readsInitial(t, operation) ? initial : source(t, operation);
    }

    private void readCommitted(GraphBuilder builder, int t, int initial) {
        IntList earlier = new IntList();
        for (int m = history.start(t); m < history.end(t); m++) {
            int from = writerOfRead(t, m, initial);
            if (from == NONE) {
                continue;
            }
            for (int i = 0; i < earlier.size(); i++) {
                purse.step();
                known(builder, earlier.get(i), history.key(m), from);
            }
            if (from != initial) {
                earlier.add(from);
            }
        }
    }

    /** A writer of the key that the reader knew of comes before the one whose value it read. */
    private void known(GraphBuilder builder, int writer, int key, int from) {
        if (writer != from && writesKey(writer, key)) {
            builder.edge(writer, from, EdgeKind.WR);
        }
    }

    private void readAtomic(GraphBuilder builder, int t, int initial) {
        int session = history.denseProcess(t);
        for (int m = history.start(t); m < history.end(t); m++) {
            int from = writerOfRead(t, m, initial);
            if (from == NONE) {
                continue;
            }
            int key = history.key(m);
            int before = lastWriter(key, session, place[t] - 1);
            if (before != NONE && before != from) {
                builder.edge(before, from, EdgeKind.WR);
            }
            for (int other = history.start(t); other < history.end(t); other++) {
                purse.step();
                int source = source(t, other);
                if (source != NONE) {
                    known(builder, source, key, from);
                }
            }
        }
    }

    private void causal(GraphBuilder builder, int t, int initial, int[] clock) {
        for (int m = history.start(t); m < history.end(t); m++) {
            int from = writerOfRead(t, m, initial);
            if (from == NONE) {
                continue;
            }
            for (int session = 0; session < clock.length; session++) {
                purse.step();
                int writer = lastWriter(history.key(m), session, clock[session]);
                if (writer != NONE && writer != from && writer != t) {
                    builder.edge(writer, from, EdgeKind.WR);
                }
            }
        }
    }

    /** The last of a session's writers of a key up to a place in the session. */
    private int lastWriter(int key, int session, int upTo) {
        IntList writers = writersInSession.get(slot(key, session));
        if (writers == null) {
            return NONE;
        }
        int low = 0;
        int high = writers.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (place[writers.get(middle)] <= upTo) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? NONE : writers.get(low - 1);
    }

    /**
     * For each transaction the last place of each session that it knows of; no clocks at all when
     * sessions and reads alone are a circle.
     */
    private int[][] clocks(GraphBuilder builder) {
        Graph graph = builder.build();
        Components components = Components.of(graph, EdgeKind.WR, purse);
        if (components.cyclic()) {
            return new int[0][];
        }
        int sessions = history.processes();
        purse.take((long) history.size() * (2L * Long.BYTES + (long) Integer.BYTES * sessions));
        int[][] clocks = new int[history.size()][sessions];
        int[] byOrder = new int[components.count()];
        for (int t = 0; t <= history.size(); t++) {
            byOrder[components.count() - 1 - components.of(t)] = t;
        }
        for (int[] clock : clocks) {
            java.util.Arrays.fill(clock, NONE);
        }
        for (int t : byOrder) {
            if (t == history.size()) {
                continue;
            }
            for (int e = graph.start(t); e < graph.start(t + 1); e++) {
                merge(clocks[graph.target(e)], clocks[t], t);
            }
        }
        return clocks;
    }

    private void merge(int[] into, int[] from, int by) {
        purse.steps(into.length);
        for (int session = 0; session < into.length; session++) {
            into[session] = Math.max(into[session], from[session]);
        }
        int own = history.denseProcess(by);
        into[own] = Math.max(into[own], place[by]);
    }
}
