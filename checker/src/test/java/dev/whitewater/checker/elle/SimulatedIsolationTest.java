package dev.whitewater.checker.elle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.elle.ElleOptions.Keys;
import dev.whitewater.checker.elle.model.ConsistencyModel;
import dev.whitewater.checker.elle.model.Lattice;
import dev.whitewater.checker.elle.sim.Isolation;
import dev.whitewater.checker.elle.sim.SimulatedDatabase;
import dev.whitewater.checker.elle.sim.SimulationPlan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Databases of a known isolation are taken for what they are: not less, and not more. */
class SimulatedIsolationTest {
    private static final int SEEDS = 40;
    private static final SimulationPlan CROWDED = SimulationPlan.crowded(300);

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void noDatabaseIsAccusedOfWhatItsIsolationRulesOut(Isolation isolation) {
        for (int seed = 0; seed < SEEDS; seed++) {
            ElleResult result = lists(CROWDED, isolation, seed, promised(isolation));
            assertEquals(Verdict.VALID, result.verdict(), describe(isolation, seed, result));
        }
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void noRegisterDatabaseIsAccusedOfWhatItsIsolationRulesOut(Isolation isolation) {
        for (int seed = 0; seed < SEEDS; seed++) {
            ElleResult result = registers(isolation, seed, promised(isolation));
            assertEquals(Verdict.VALID, result.verdict(), describe(isolation, seed, result));
        }
    }

    /**
     * Of all models, the one that is simulated and what it implies are never ruled out; and the
     * next stronger one is, sooner or later, with or without assumptions about keys.
     */
    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aDatabaseIsTakenForWhatItIsAndForNothingStronger(Isolation isolation) {
        Set<ConsistencyModel> kept = Lattice.promisedBy(promised(isolation).consistencyModels());
        for (Workload workload : Workload.values()) {
            Set<ConsistencyModel> refuted = EnumSet.noneOf(ConsistencyModel.class);
            for (int seed = 0; seed < SEEDS; seed++) {
                // With the order of time nobody asks for that of processes, which is part of it.
                ElleOptions options =
                        isolation == Isolation.SERIALIZABLE
                                ? promised(Isolation.SESSION_SERIALIZABLE)
                                : ElleOptions.defaults();
                ElleResult result =
                        workload == Workload.LIST_APPEND
                                ? lists(CROWDED, isolation, seed, options)
                                : registers(isolation, seed, options);
                refuted.addAll(result.not());
                refuted.addAll(result.alsoNot());
                assertTrue(Collections.disjoint(refuted, kept), describe(isolation, seed, result));
            }
            assertTrue(refuted.containsAll(stronger(isolation)), workload + ": " + refuted);
        }
    }

    /** The next models up the lattice that anybody offers. */
    private static List<ConsistencyModel> stronger(Isolation isolation) {
        return switch (isolation) {
            case STRICT_SERIALIZABLE -> List.of();
            case SESSION_SERIALIZABLE ->
                    List.of(
                            ConsistencyModel.STRONG_SERIALIZABLE,
                            ConsistencyModel.STRONG_SNAPSHOT_ISOLATION);
            case SERIALIZABLE -> List.of(ConsistencyModel.STRONG_SESSION_SERIALIZABLE);
            case SNAPSHOT_ISOLATION ->
                    List.of(ConsistencyModel.SERIALIZABLE, ConsistencyModel.REPEATABLE_READ);
            case READ_COMMITTED ->
                    List.of(ConsistencyModel.SNAPSHOT_ISOLATION, ConsistencyModel.READ_ATOMIC);
            case READ_UNCOMMITTED -> List.of(ConsistencyModel.READ_COMMITTED);
        };
    }

    @Test
    void staleReadsOfOtherSessionsBreakOnlyTheOrderOfTime() {
        assertEquals(labels("strong-snapshot-isolation"), weakest(Isolation.SESSION_SERIALIZABLE));
    }

    @Test
    void staleReadsBreakSessionsButNotSerializability() {
        ElleOptions options =
                ElleOptions.defaults().expecting(ConsistencyModel.STRONG_SESSION_SERIALIZABLE);
        ElleResult result = lists(CROWDED, Isolation.SERIALIZABLE, 1, options);
        assertEquals(Verdict.INVALID, result.verdict());
        assertTrue(result.anomalyTypes().stream().allMatch(type -> type.endsWith("-process")));
    }

    @Test
    void snapshotIsolationBreaksRepeatableReadByWriteSkew() {
        assertEquals(labels("repeatable-read"), weakest(Isolation.SNAPSHOT_ISOLATION));
    }

    @Test
    void readCommittedLosesUpdatesAndMixesSnapshots() {
        SimulationPlan plan = SimulationPlan.crowded(2000);
        ElleResult result = lists(plan, Isolation.READ_COMMITTED, 1, ElleOptions.defaults());
        assertTrue(
                result.anomalyTypes().containsAll(List.of("G-single-item", "lost-update")),
                result::toString);
        assertTrue(result.not().contains(ConsistencyModel.CURSOR_STABILITY), result::toString);
    }

    @Test
    void readUncommittedShowsAbortedAndIntermediateState() {
        ElleResult result = lists(CROWDED, Isolation.READ_UNCOMMITTED, 1, ElleOptions.defaults());
        assertTrue(result.anomalyTypes().containsAll(List.of("G1a", "G1b")), result::toString);
    }

    private static TreeSet<String> weakest(Isolation isolation) {
        ElleResult result = lists(CROWDED, isolation, 1, ElleOptions.defaults());
        assertEquals(Verdict.INVALID, result.verdict());
        return new TreeSet<>(result.not().stream().map(ConsistencyModel::label).toList());
    }

    private static TreeSet<String> labels(String... labels) {
        return new TreeSet<>(List.of(labels));
    }

    private static ElleOptions promised(Isolation isolation) {
        ElleOptions options = ElleOptions.defaults();
        return switch (isolation) {
            case STRICT_SERIALIZABLE -> options;
            case SESSION_SERIALIZABLE ->
                    options.expecting(ConsistencyModel.STRONG_SESSION_SERIALIZABLE);
            case SERIALIZABLE -> options.expecting(ConsistencyModel.SERIALIZABLE);
            case SNAPSHOT_ISOLATION ->
                    options.expecting(ConsistencyModel.STRONG_SNAPSHOT_ISOLATION);
            case READ_COMMITTED -> options.expecting(ConsistencyModel.STRONG_READ_COMMITTED);
            case READ_UNCOMMITTED -> options.expecting();
        };
    }

    private static ElleResult lists(
            SimulationPlan plan, Isolation isolation, int seed, ElleOptions options) {
        return ListAppend.check(
                SimulatedDatabase.history(plan, isolation, seed, Workload.LIST_APPEND), options);
    }

    private static ElleResult registers(Isolation isolation, int seed, ElleOptions options) {
        boolean linearizable = isolation == Isolation.STRICT_SERIALIZABLE;
        boolean sequential = linearizable || isolation == Isolation.SESSION_SERIALIZABLE;
        boolean writesFollowReads = isolation.compareTo(Isolation.SNAPSHOT_ISOLATION) <= 0;
        return RwRegister.check(
                SimulatedDatabase.history(CROWDED, isolation, seed, Workload.RW_REGISTER),
                options.assuming(new Keys(sequential, linearizable, writesFollowReads, false)));
    }

    private static String describe(Isolation isolation, int seed, ElleResult result) {
        return isolation + ", seed " + seed + ": " + result;
    }
}
