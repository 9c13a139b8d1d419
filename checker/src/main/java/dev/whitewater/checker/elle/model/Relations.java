package dev.whitewater.checker.elle.model;

import static dev.whitewater.checker.elle.model.Anomaly.*;
import static dev.whitewater.checker.elle.model.ConsistencyModel.*;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The three tables behind {@link Lattice}, written down once. */
final class Relations {
    private Relations() {}

    /** Model to the models it directly promises. */
    static Map<ConsistencyModel, Set<ConsistencyModel>> weaker() {
        Table<ConsistencyModel> table = new Table<>(ConsistencyModel.class);
        itemModels(table);
        snapshotModels(table);
        sessionModels(table);
        objectModels(table);
        return table.rows;
    }

    private static void itemModels(Table<ConsistencyModel> table) {
        table.row(READ_COMMITTED, READ_UNCOMMITTED);
        table.row(MONOTONIC_ATOMIC_VIEW, READ_COMMITTED);
        table.row(MONOTONIC_VIEW, READ_COMMITTED);
        table.row(MONOTONIC_SNAPSHOT_READ, READ_COMMITTED);
        table.row(CURSOR_STABILITY, READ_COMMITTED);
        table.row(CONSISTENT_VIEW, CURSOR_STABILITY, MONOTONIC_VIEW);
        table.row(FORWARD_CONSISTENT_VIEW, CONSISTENT_VIEW);
        table.row(UPDATE_SERIALIZABLE, FORWARD_CONSISTENT_VIEW);
        table.row(REPEATABLE_READ, CURSOR_STABILITY, MONOTONIC_ATOMIC_VIEW);
        table.row(
                SERIALIZABLE,
                REPEATABLE_READ,
                UPDATE_SERIALIZABLE,
                SNAPSHOT_ISOLATION,
                VIEW_SERIALIZABLE);
    }

    private static void snapshotModels(Table<ConsistencyModel> table) {
        table.row(READ_ATOMIC, MONOTONIC_ATOMIC_VIEW);
        table.row(UPDATE_ATOMIC, READ_ATOMIC);
        table.row(CAUSAL_CERONE, READ_ATOMIC);
        table.row(PREFIX, CAUSAL_CERONE);
        table.row(PARALLEL_SNAPSHOT_ISOLATION, CAUSAL_CERONE, UPDATE_ATOMIC);
        table.row(
                SNAPSHOT_ISOLATION,
                FORWARD_CONSISTENT_VIEW,
                MONOTONIC_ATOMIC_VIEW,
                MONOTONIC_SNAPSHOT_READ,
                PARALLEL_SNAPSHOT_ISOLATION,
                PREFIX);
    }

    private static void sessionModels(Table<ConsistencyModel> table) {
        table.row(STRONG_SESSION_READ_UNCOMMITTED, READ_UNCOMMITTED);
        table.row(STRONG_SESSION_READ_COMMITTED, READ_COMMITTED, STRONG_SESSION_READ_UNCOMMITTED);
        table.row(
                STRONG_SESSION_SNAPSHOT_ISOLATION,
                SNAPSHOT_ISOLATION,
                STRONG_SESSION_READ_COMMITTED);
        table.row(STRONG_SESSION_SERIALIZABLE, SERIALIZABLE, STRONG_SESSION_SNAPSHOT_ISOLATION);
        table.row(STRONG_READ_UNCOMMITTED, STRONG_SESSION_READ_UNCOMMITTED);
        table.row(STRONG_READ_COMMITTED, STRONG_SESSION_READ_COMMITTED, STRONG_READ_UNCOMMITTED);
        table.row(
                STRONG_SNAPSHOT_ISOLATION,
                STRONG_SESSION_SNAPSHOT_ISOLATION,
                STRONG_READ_COMMITTED);
        table.row(SESSION_SERIALIZABLE, ONE_COPY_SERIALIZABLE);
        table.row(
                STRONG_SERIALIZABLE,
                SERIALIZABLE,
                LINEARIZABLE,
                SNAPSHOT_ISOLATION,
                STRONG_SNAPSHOT_ISOLATION,
                STRONG_SESSION_SERIALIZABLE,
                SESSION_SERIALIZABLE);
    }

    private static void objectModels(Table<ConsistencyModel> table) {
        table.row(LINEARIZABLE, SEQUENTIAL);
        table.row(SEQUENTIAL, CAUSAL);
        table.row(CAUSAL, WRITES_FOLLOW_READS, PRAM);
        table.row(PRAM, MONOTONIC_READS, MONOTONIC_WRITES, READ_YOUR_WRITES);
    }

    /** Anomaly to the anomalies of which it is directly a case. */
    static Map<Anomaly, Set<Anomaly>> implied() {
        Table<Anomaly> table = new Table<>(Anomaly.class);
        cyclesOfWritesAndReads(table);
        cyclesWithOneAntiDependency(table);
        cyclesWithSeveralAntiDependencies(table);
        table.row(GSIA, GSI);
        table.row(GSIB, GSI);
        // Two reads that fit no common timeline: at least one saw what never was committed.
        table.row(INCOMPATIBLE_ORDER, G1A);
        // The shortest circle of information: a transaction that reads from itself ahead of time.
        table.row(FUTURE_READ, G1C);
        // A write can build on an aborted state just as a read can return one.
        table.row(DIRTY_UPDATE, G1A);
        table.row(LOST_UPDATE, WRITE_SKEW, G2_ITEM);
        table.row(WRITE_SKEW, G2);
        return table.rows;
    }

    private static void cyclesOfWritesAndReads(Table<Anomaly> table) {
        table.row(G0, G1C, G0_PROCESS);
        // One process does one thing at a time, so its order is part of the order of time.
        table.row(G0_PROCESS, G1C_PROCESS, G0_REALTIME);
        table.row(G0_REALTIME, G1C_REALTIME);
        table.row(G1A, G1);
        table.row(G1B, G1);
        table.row(G1C, G1, G1C_PROCESS);
        table.row(G1C_PROCESS, G1C_REALTIME, G1_PROCESS);
        table.row(G1C_REALTIME, G1_REALTIME);
        table.row(G1, G1_PROCESS);
        table.row(G1_PROCESS, G1_REALTIME);
    }

    private static void cyclesWithOneAntiDependency(Table<Anomaly> table) {
        table.row(G_SINGLE_ITEM, G_SINGLE, G_SINGLE_ITEM_PROCESS, G_NONADJACENT_ITEM);
        table.row(
                G_SINGLE_ITEM_PROCESS,
                G_SINGLE_PROCESS,
                G_SINGLE_ITEM_REALTIME,
                G_NONADJACENT_ITEM_PROCESS);
        table.row(G_SINGLE_ITEM_REALTIME, G_SINGLE_REALTIME, G_NONADJACENT_ITEM_REALTIME);
        table.row(G_SINGLE, G_NONADJACENT, GSIB, G_SINGLE_PROCESS);
        table.row(G_SINGLE_PROCESS, G_NONADJACENT_PROCESS, G_SINGLE_REALTIME);
        table.row(G_SINGLE_REALTIME, G_NONADJACENT_REALTIME);
    }

    private static void cyclesWithSeveralAntiDependencies(Table<Anomaly> table) {
        table.row(G_NONADJACENT_ITEM, G_NONADJACENT, G2_ITEM, G_NONADJACENT_ITEM_PROCESS);
        table.row(
                G_NONADJACENT_ITEM_PROCESS,
                G_NONADJACENT_PROCESS,
                G2_ITEM_PROCESS,
                G_NONADJACENT_ITEM_REALTIME);
        table.row(G_NONADJACENT_ITEM_REALTIME, G2_ITEM_REALTIME, G_NONADJACENT_REALTIME);
        table.row(G_NONADJACENT, G2, G_NONADJACENT_PROCESS);
        table.row(G_NONADJACENT_PROCESS, G2_PROCESS, G_NONADJACENT_REALTIME);
        table.row(G_NONADJACENT_REALTIME, G2_REALTIME);
        table.row(G2, G2_PROCESS);
        table.row(G2_ITEM, G2, G2_ITEM_PROCESS);
        table.row(G2_ITEM_PROCESS, G2_PROCESS, G2_ITEM_REALTIME);
        table.row(G2_ITEM_REALTIME, G2_REALTIME);
        table.row(G2_PROCESS, G2_REALTIME);
    }

    /** Model to the anomalies it forbids beyond what the models it promises forbid. */
    static Map<ConsistencyModel, Set<Anomaly>> forbidden() {
        Map<ConsistencyModel, Set<Anomaly>> rows = new EnumMap<>(ConsistencyModel.class);
        rows.put(
                READ_UNCOMMITTED,
                EnumSet.of(G0, DUPLICATE_ELEMENTS, CYCLIC_VERSIONS, PL_1_CYCLE_EXISTS));
        rows.put(READ_COMMITTED, EnumSet.of(G1, PL_2_CYCLE_EXISTS));
        rows.put(CURSOR_STABILITY, EnumSet.of(G1, G_CURSOR, LOST_UPDATE));
        rows.put(MONOTONIC_VIEW, EnumSet.of(G1, G_MONOTONIC));
        rows.put(MONOTONIC_SNAPSHOT_READ, EnumSet.of(G1, G_MSR));
        rows.put(CONSISTENT_VIEW, EnumSet.of(G1, G_SINGLE));
        rows.put(FORWARD_CONSISTENT_VIEW, EnumSet.of(G1, G_SIB));
        rows.put(UPDATE_SERIALIZABLE, EnumSet.of(G1, G_UPDATE));
        rows.put(REPEATABLE_READ, EnumSet.of(G1, G2_ITEM, PL_2_99_CYCLE_EXISTS, LOST_UPDATE));
        rows.put(
                SERIALIZABLE, EnumSet.of(G1, G2, INTERNAL, PREDICATE_READ_MISS, PL_3_CYCLE_EXISTS));
        rows.put(CAUSAL_CERONE, EnumSet.of(INTERNAL, G1A));
        rows.put(PREFIX, EnumSet.of(INTERNAL, G1A));
        rows.put(PARALLEL_SNAPSHOT_ISOLATION, EnumSet.of(INTERNAL, G1A));
        // Seeing one's own later write means not seeing the version that visibility demands.
        rows.put(READ_ATOMIC, EnumSet.of(INTERNAL, G1A, FUTURE_READ));
        rows.put(UPDATE_ATOMIC, EnumSet.of(LOST_UPDATE));
        // Generalized SI allows a cycle only if two anti-dependencies follow each other in it
        // (Fekete et al. 2005; Cerone and Gotsman 2016).
        rows.put(
                SNAPSHOT_ISOLATION,
                EnumSet.of(INTERNAL, G1, G_SI, G_NONADJACENT, PL_SI_CYCLE_EXISTS));
        forbiddenInOrder(rows);
        return rows;
    }

    private static void forbiddenInOrder(Map<ConsistencyModel, Set<Anomaly>> rows) {
        rows.put(
                STRONG_SESSION_READ_UNCOMMITTED,
                EnumSet.of(STRONG_SESSION_PL_1_CYCLE_EXISTS, G0_PROCESS));
        rows.put(
                STRONG_SESSION_READ_COMMITTED,
                EnumSet.of(STRONG_SESSION_PL_2_CYCLE_EXISTS, G1C_PROCESS));
        rows.put(
                STRONG_SESSION_SNAPSHOT_ISOLATION,
                EnumSet.of(
                        INTERNAL,
                        G1_PROCESS,
                        G_NONADJACENT_PROCESS,
                        STRONG_SESSION_SI_CYCLE_EXISTS));
        rows.put(
                STRONG_SESSION_SERIALIZABLE,
                EnumSet.of(G1_PROCESS, G2_PROCESS, STRONG_SESSION_SERIALIZABLE_CYCLE_EXISTS));
        rows.put(STRONG_READ_UNCOMMITTED, EnumSet.of(STRONG_PL_1_CYCLE_EXISTS, G0_REALTIME));
        rows.put(STRONG_READ_COMMITTED, EnumSet.of(STRONG_PL_2_CYCLE_EXISTS, G1C_REALTIME));
        rows.put(
                STRONG_SNAPSHOT_ISOLATION,
                EnumSet.of(INTERNAL, G1_REALTIME, G_NONADJACENT_REALTIME, STRONG_SI_CYCLE_EXISTS));
        rows.put(
                STRONG_SERIALIZABLE, EnumSet.of(G1, G1C_REALTIME, G2_REALTIME, PL_SS_CYCLE_EXISTS));
    }

    private static final class Table<E extends Enum<E>> {
        private final Class<E> type;
        private final Map<E, Set<E>> rows;

        Table(Class<E> type) {
            this.type = type;
            this.rows = new EnumMap<>(type);
        }

        @SafeVarargs
        final void row(E from, E... to) {
            Set<E> row = rows.computeIfAbsent(from, e -> EnumSet.noneOf(type));
            for (E target : to) {
                row.add(target);
            }
        }
    }
}
