package dev.whitewater.checker.elle.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a database may promise. Each model has the name under which reports speak of it, and further
 * names that mean the same (Adya's PL levels, and the two readings of "strict").
 */
public enum ConsistencyModel {
    READ_UNCOMMITTED("read-uncommitted", "PL-1"),
    READ_COMMITTED("read-committed", "PL-2"),
    MONOTONIC_ATOMIC_VIEW("monotonic-atomic-view"),
    MONOTONIC_VIEW("monotonic-view", "PL-2L"),
    MONOTONIC_SNAPSHOT_READ("monotonic-snapshot-read", "PL-MSR"),
    CURSOR_STABILITY("cursor-stability", "PL-CS"),
    READ_ATOMIC("read-atomic"),
    UPDATE_ATOMIC("update-atomic"),
    CAUSAL_CERONE("causal-cerone"),
    PREFIX("prefix"),
    PARALLEL_SNAPSHOT_ISOLATION("parallel-snapshot-isolation"),
    CONSISTENT_VIEW("consistent-view", "PL-2+"),
    FORWARD_CONSISTENT_VIEW("forward-consistent-view", "PL-FCV"),
    UPDATE_SERIALIZABLE("update-serializable", "PL-3U"),
    REPEATABLE_READ("repeatable-read", "PL-2.99"),
    SNAPSHOT_ISOLATION("snapshot-isolation", "PL-SI"),
    VIEW_SERIALIZABLE("view-serializable"),
    SERIALIZABLE("serializable", "PL-3", "conflict-serializable"),
    STRONG_SESSION_READ_UNCOMMITTED("strong-session-read-uncommitted", "strong-session-PL-1"),
    STRONG_SESSION_READ_COMMITTED("strong-session-read-committed", "strong-session-PL-2"),
    STRONG_SESSION_SNAPSHOT_ISOLATION("strong-session-snapshot-isolation"),
    STRONG_SESSION_SERIALIZABLE("strong-session-serializable"),
    STRONG_READ_UNCOMMITTED("strong-read-uncommitted", "strong-PL-1"),
    STRONG_READ_COMMITTED("strong-read-committed", "strong-PL-2"),
    STRONG_SNAPSHOT_ISOLATION("strong-snapshot-isolation"),
    ONE_COPY_SERIALIZABLE("1SR"),
    SESSION_SERIALIZABLE("session-serializable"),
    MONOTONIC_READS("monotonic-reads"),
    MONOTONIC_WRITES("monotonic-writes"),
    READ_YOUR_WRITES("read-your-writes"),
    WRITES_FOLLOW_READS("writes-follow-reads"),
    PRAM("PRAM"),
    CAUSAL("causal"),
    SEQUENTIAL("sequential"),
    LINEARIZABLE("linearizable"),
    STRONG_SERIALIZABLE("strong-serializable", "strict-serializable", "PL-SS");

    private final String friendly;
    private final String further;

    ConsistencyModel(String friendly, String... further) {
        this.friendly = friendly;
        this.further = String.join(" ", further);
    }

    /** The name that reports use. */
    public String label() {
        return friendly;
    }

    /** All names that mean this model, the friendly one first. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(friendly));
        if (!further.isEmpty()) {
            names.addAll(List.of(further.split(" ", -1)));
        }
        return List.copyOf(names);
    }

    /**
     * The model of this name, whichever of its names it is.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ConsistencyModel named(String name) {
        for (ConsistencyModel model : values()) {
            if (model.names().contains(name)) {
                return model;
            }
        }
        throw new IllegalArgumentException(
                "consistency model: expected one of " + allNames() + ", got " + name);
    }

    private static List<String> allNames() {
        return Stream.of(values()).flatMap(model -> model.names().stream()).sorted().toList();
    }
}
