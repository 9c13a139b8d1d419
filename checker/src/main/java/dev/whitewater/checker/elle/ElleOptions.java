package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.elle.model.ConsistencyModel;
import dev.whitewater.checker.elle.model.Lattice;
import dev.whitewater.checker.port.Budget;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What to look for. Immutable; start from {@link #defaults()} and change what differs.
 *
 * @param consistencyModels the models that are expected to hold; strict serializability unless said
 *     otherwise
 * @param anomalies further anomalies that must not be there
 * @param orders orders to use in any case, beyond what the expected models call for
 * @param keys what may be assumed about single registers (rw-register only)
 * @param findingsMax of how many instances of one anomaly to give the proof
 * @param budget what the check may cost; nothing is held against it when it returns
 */
public record ElleOptions(
        List<ConsistencyModel> consistencyModels,
        List<Anomaly> anomalies,
        List<Order> orders,
        Keys keys,
        int findingsMax,
        Budget budget) {

    private static final int FINDINGS = 64;

    /** An order between transactions beyond that of their data. */
    public enum Order {
        PROCESS,
        REALTIME
    }

    /**
     * Assumptions from which the order of a register's versions is inferred.
     *
     * @param sequential each register alone is sequentially consistent
     * @param linearizable each register alone is linearizable
     * @param writesFollowReads within one transaction, a write comes after the version it read
     * @param revisions the order of the transactions' revisions is the order of their writes
     */
    public record Keys(
            boolean sequential,
            boolean linearizable,
            boolean writesFollowReads,
            boolean revisions) {
        public static final Keys NO_ASSUMPTION = new Keys(false, false, false, false);
    }

    public ElleOptions {
        consistencyModels = List.copyOf(consistencyModels);
        anomalies = List.copyOf(anomalies);
        orders = List.copyOf(orders);
        if (findingsMax < 1) {
            throw new IllegalArgumentException(
                    "findingsMax: expected at least 1, got " + findingsMax);
        }
    }

    /** Strict serializability, no assumption about keys. */
    public static ElleOptions defaults() {
        return new ElleOptions(
                List.of(ConsistencyModel.STRONG_SERIALIZABLE),
                List.of(),
                List.of(),
                Keys.NO_ASSUMPTION,
                FINDINGS,
                Budget.UNLIMITED);
    }

    /** These models are expected, and only these. */
    public ElleOptions expecting(ConsistencyModel... models) {
        return new ElleOptions(List.of(models), anomalies, orders, keys, findingsMax, budget);
    }

    /** These anomalies must not be there, besides what the expected models forbid. */
    public ElleOptions without(Anomaly... unwanted) {
        return new ElleOptions(
                consistencyModels, List.of(unwanted), orders, keys, findingsMax, budget);
    }

    public ElleOptions using(Order... further) {
        return new ElleOptions(
                consistencyModels, anomalies, List.of(further), keys, findingsMax, budget);
    }

    public ElleOptions assuming(Keys assumed) {
        return new ElleOptions(consistencyModels, anomalies, orders, assumed, findingsMax, budget);
    }

    public ElleOptions withFindingsMax(int max) {
        return new ElleOptions(consistencyModels, anomalies, orders, keys, max, budget);
    }

    /** The check gives up, with verdict unknown, when it would cost more than this. */
    public ElleOptions within(Budget limits) {
        return new ElleOptions(consistencyModels, anomalies, orders, keys, findingsMax, limits);
    }

    /** What makes the history invalid. */
    Set<Anomaly> forbidden() {
        Set<Anomaly> forbidden = Lattice.forbiddenBy(consistencyModels);
        forbidden.addAll(Lattice.implying(anomalies));
        return forbidden;
    }

    /**
     * The orders to put into the graph. Time contains the order of each process, so where time is
     * wanted the processes are not linked again.
     */
    Set<Order> ordersNeeded() {
        Set<Order> needed = EnumSet.noneOf(Order.class);
        Set<Anomaly> forbidden = forbidden();
        if (forbidden.stream().anyMatch(Anomaly::needsRealtimeOrder)) {
            needed.add(Order.REALTIME);
        } else if (forbidden.stream().anyMatch(Anomaly::needsProcessOrder)) {
            needed.add(Order.PROCESS);
        }
        needed.addAll(orders);
        return needed;
    }
}
