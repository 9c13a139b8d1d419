package dev.whitewater.checker.elle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.elle.ElleOptions.Keys;
import dev.whitewater.checker.elle.SessionLevels.Level;
import dev.whitewater.checker.elle.sim.Isolation;
import dev.whitewater.checker.elle.sim.SimulatedDatabase;
import dev.whitewater.checker.elle.sim.SimulationPlan;
import dev.whitewater.checker.port.CountedBudget;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Elle's checks stop when their budget is spent, say so, and give back what they took. */
class ElleBudgetsTest {
    private static final int TRANSACTIONS = 3000;
    private static final int SAMPLES = 40;

    private static TransactionHistory history(Workload workload, Isolation isolation) {
        return SimulatedDatabase.history(
                SimulationPlan.usual(TRANSACTIONS), isolation, 5, workload);
    }

    private static ElleResult check(TransactionHistory history, CountedBudget budget) {
        ElleOptions options =
                ElleOptions.defaults().assuming(new Keys(true, true, true, false)).within(budget);
        ElleResult result =
                history.workload() == Workload.LIST_APPEND
                        ? ListAppend.check(history, options)
                        : RwRegister.check(history, options);
        assertEquals(0, budget.held());
        return result;
    }

    private static void isUnknown(String reason, ElleResult result) {
        assertEquals(Verdict.UNKNOWN, result.verdict());
        assertEquals(reason, result.reason());
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void whereverTheTimeEndsAValidHistoryIsUnknown(Workload workload) {
        TransactionHistory history = history(workload, Isolation.STRICT_SERIALIZABLE);
        CountedBudget plenty = CountedBudget.plenty();
        assertEquals(Verdict.VALID, check(history, plenty).verdict());
        long looks = plenty.looked();
        assertTrue(looks > history.operations() / 256, "only " + looks + " looks");
        for (int i = 0; i < SAMPLES; i++) {
            isUnknown("out of time", check(history, CountedBudget.looks(looks * i / SAMPLES)));
        }
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void whereverTheMemoryEndsAValidHistoryIsUnknown(Workload workload) {
        TransactionHistory history = history(workload, Isolation.STRICT_SERIALIZABLE);
        CountedBudget plenty = CountedBudget.plenty();
        check(history, plenty);
        assertTrue(plenty.highest() > 100L * TRANSACTIONS, "only " + plenty.highest() + " bytes");
        for (int i = 0; i < SAMPLES; i++) {
            long bytes = plenty.highest() * i / SAMPLES;
            isUnknown("out of memory", check(history, CountedBudget.bytes(bytes)));
        }
        CountedBudget enough = CountedBudget.bytes(plenty.highest());
        assertEquals(Verdict.VALID, check(history, enough).verdict());
    }

    /** An anomaly found in time is one; that there may be more is said. */
    @ParameterizedTest
    @EnumSource(Workload.class)
    void anInvalidHistoryIsNeverCalledValid(Workload workload) {
        TransactionHistory history = history(workload, Isolation.READ_COMMITTED);
        CountedBudget plenty = CountedBudget.plenty();
        ElleResult whole = check(history, plenty);
        assertEquals(Verdict.INVALID, whole.verdict());
        assertEquals("", whole.reason());
        boolean early = false;
        for (int i = 0; i < SAMPLES; i++) {
            ElleResult part = check(history, CountedBudget.looks(plenty.looked() * i / SAMPLES));
            if (part.verdict() == Verdict.INVALID) {
                early = true;
                assertEquals("out of time, so there may be more than this", part.reason());
                assertTrue(whole.anomalyTypes().containsAll(part.anomalyTypes()));
            } else {
                isUnknown("out of time", part);
            }
        }
        assertTrue(early, "nothing is found before the end");
    }

    @Test
    void levelsOfSessionsThatWereNotReachedAreMissingWithTheReason() {
        TransactionHistory history = history(Workload.RW_REGISTER, Isolation.STRICT_SERIALIZABLE);
        CountedBudget plenty = CountedBudget.plenty();
        SessionLevels.Judged whole = SessionLevels.judge(history, plenty);
        assertEquals(Level.values().length, whole.circles().size());
        assertEquals("", whole.reason());
        for (int i = 0; i < SAMPLES; i++) {
            CountedBudget less = CountedBudget.looks(plenty.looked() * i / SAMPLES);
            SessionLevels.Judged part = SessionLevels.judge(history, less);
            assertEquals("out of time", part.reason());
            assertFalse(part.circles().containsKey(Level.CAUSAL));
            assertEquals(0, less.held());
        }
        CountedBudget poor = CountedBudget.bytes(plenty.highest() - 1);
        assertEquals("out of memory", SessionLevels.judge(history, poor).reason());
    }
}
