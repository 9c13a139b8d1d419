package dev.whitewater.checker.elle.model;

import java.util.List;

/**
 * Everything that can be wrong with a transactional history, by the names Adya, Bailis, Cerone and
 * Elle gave it. Some are found by the checks, others exist only so that a model can be said to
 * forbid them (E5 of the feature list). In order of severity within each family; that order is the
 * one in which cycles are searched and results are listed.
 *
 * <p>The suffix {@code _ITEM} says that no predicate is involved, {@code _PROCESS} that the cycle
 * needs the order in which one process did its transactions, {@code _REALTIME} that it needs the
 * order of transactions that did not overlap in time.
 */
public enum Anomaly {
    G0("G0"),
    G1C("G1c"),
    G_SINGLE_ITEM("G-single-item"),
    G_SINGLE("G-single"),
    G_NONADJACENT_ITEM("G-nonadjacent-item"),
    G_NONADJACENT("G-nonadjacent"),
    G2_ITEM("G2-item"),
    G2("G2"),
    G0_PROCESS("G0-process"),
    G1C_PROCESS("G1c-process"),
    G_SINGLE_ITEM_PROCESS("G-single-item-process"),
    G_SINGLE_PROCESS("G-single-process"),
    G_NONADJACENT_ITEM_PROCESS("G-nonadjacent-item-process"),
    G_NONADJACENT_PROCESS("G-nonadjacent-process"),
    G2_ITEM_PROCESS("G2-item-process"),
    G2_PROCESS("G2-process"),
    G0_REALTIME("G0-realtime"),
    G1C_REALTIME("G1c-realtime"),
    G_SINGLE_ITEM_REALTIME("G-single-item-realtime"),
    G_SINGLE_REALTIME("G-single-realtime"),
    G_NONADJACENT_ITEM_REALTIME("G-nonadjacent-item-realtime"),
    G_NONADJACENT_REALTIME("G-nonadjacent-realtime"),
    G2_ITEM_REALTIME("G2-item-realtime"),
    G2_REALTIME("G2-realtime"),

    /** A read of what an aborted transaction wrote. */
    G1A("G1a"),
    /** A read of what its writer overwrote later in the same transaction. */
    G1B("G1b"),
    /** A transaction contradicts its own earlier read or write. */
    INTERNAL("internal"),
    /** A transaction reads what it writes only later. */
    FUTURE_READ("future-read"),
    /** A committed write on top of an aborted one. */
    DIRTY_UPDATE("dirty-update"),
    /** One appended element seen twice in one list. */
    DUPLICATE_ELEMENTS("duplicate-elements"),
    /** Two reads of one key of which neither is a prefix of the other. */
    INCOMPATIBLE_ORDER("incompatible-order"),
    /** Two transactions replaced the same version of a key, each knowing only that version. */
    LOST_UPDATE("lost-update"),
    /** What is known of one register's versions can't be put into an order. */
    CYCLIC_VERSIONS("cyclic-versions"),
    /** A predicate read missed a version that matches whatever the predicate is. */
    PREDICATE_READ_MISS("predicate-read-miss"),

    G1("G1"),
    G1_PROCESS("G1-process"),
    G1_REALTIME("G1-realtime"),
    G_CURSOR("G-cursor"),
    G_MONOTONIC("G-monotonic"),
    G_MSR("G-MSR"),
    G_SI("G-SI"),
    G_SIB("G-SIb"),
    G_UPDATE("G-update"),
    GSI("GSI"),
    GSIA("GSIa"),
    GSIB("GSIb"),
    WRITE_SKEW("write-skew"),

    PL_1_CYCLE_EXISTS("PL-1-cycle-exists"),
    PL_2_CYCLE_EXISTS("PL-2-cycle-exists"),
    PL_SI_CYCLE_EXISTS("PL-SI-cycle-exists"),
    PL_2_99_CYCLE_EXISTS("PL-2.99-cycle-exists"),
    PL_3_CYCLE_EXISTS("PL-3-cycle-exists"),
    STRONG_SESSION_PL_1_CYCLE_EXISTS("strong-session-PL-1-cycle-exists"),
    STRONG_SESSION_PL_2_CYCLE_EXISTS("strong-session-PL-2-cycle-exists"),
    STRONG_SESSION_SI_CYCLE_EXISTS("strong-session-snapshot-isolation-cycle-exists"),
    STRONG_SESSION_SERIALIZABLE_CYCLE_EXISTS("strong-session-serializable-cycle-exists"),
    STRONG_PL_1_CYCLE_EXISTS("strong-PL-1-cycle-exists"),
    STRONG_PL_2_CYCLE_EXISTS("strong-PL-2-cycle-exists"),
    STRONG_SI_CYCLE_EXISTS("strong-snapshot-isolation-cycle-exists"),
    PL_SS_CYCLE_EXISTS("PL-SS-cycle-exists"),

    /** Nothing in the history relates two transactions: there was nothing to judge. */
    EMPTY_TRANSACTION_GRAPH("empty-transaction-graph"),
    /** Known for the sake of other tools' reports; the search here needs no time limit. */
    CYCLE_SEARCH_TIMEOUT("cycle-search-timeout");

    private final String label;

    Anomaly(String label) {
        this.label = label;
    }

    /** The name as reports and options spell it. */
    public String label() {
        return label;
    }

    /** Whether it says that nothing was proven, rather than that something is wrong. */
    public boolean leavesUnknown() {
        return this == EMPTY_TRANSACTION_GRAPH || this == CYCLE_SEARCH_TIMEOUT;
    }

    /** Whether it is one of the 24 classes of cycles. */
    public boolean isCycle() {
        return compareTo(G2_REALTIME) <= 0;
    }

    /** Whether a cycle of this class needs the order of a process. */
    public boolean needsProcessOrder() {
        return isCycle() && label.endsWith("-process");
    }

    /** Whether a cycle of this class needs the order of time. */
    public boolean needsRealtimeOrder() {
        return isCycle() && label.endsWith("-realtime");
    }

    /**
     * The anomaly of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Anomaly named(String label) {
        for (Anomaly anomaly : values()) {
            if (anomaly.label.equals(label)) {
                return anomaly;
            }
        }
        throw new IllegalArgumentException(
                "anomaly: expected one of " + labels() + ", got " + label);
    }

    private static List<String> labels() {
        return List.of(values()).stream().map(Anomaly::label).toList();
    }
}
