package dev.whitewater.checker.elle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.elle.ElleOptions.Keys;
import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.elle.model.ConsistencyModel;

import org.junit.jupiter.api.Test;

import java.util.List;

class RwRegisterTest {
    private static final ElleOptions STRICT = ElleOptions.defaults();
    private static final ElleOptions SERIALIZABLE = STRICT.expecting(ConsistencyModel.SERIALIZABLE);

    @Test
    void valueWrittenTwiceAndReadMakesTheHistoryUnusable() {
        ElleResult result = check(STRICT, "ok 0 wx1", "ok 1 wx1", "ok 2 rx1");
        assertEquals(Verdict.UNKNOWN, result.verdict());
        assertTrue(result.reason().contains("key :x was set to 1 by more than one transaction"));
    }

    @Test
    void circleOfReadsIsG1cWithoutAnyAssumption() {
        assertTypes(SERIALIZABLE, List.of("G1c"), "ok 0 wx1 ry1", "ok 1 wy1 rx1");
    }

    @Test
    void readOfTheInitialStateComesBeforeEveryWrite() {
        assertTypes(SERIALIZABLE, List.of("G-single-item"), "ok 0 rx ry1", "ok 1 wy1 wx2");
    }

    @Test
    void writesFollowingReadsOrderVersions() {
        String[] history = {"ok 0 ry1 wx1 wy2", "ok 1 rx1 ry1", "ok 2 wy1"};
        assertEquals(Verdict.VALID, check(SERIALIZABLE, history).verdict());
        assertTypes(
                SERIALIZABLE.assuming(new Keys(false, false, true, false)),
                List.of("G-single-item"),
                history);
    }

    @Test
    void sequentialKeysOrderVersionsByProcess() {
        String[] history = {
            "invoke 0", "ok 0 wx1 wy2", "invoke 1", "ok 1 wx2 wy1", "ok 0 rx2", "ok 1 ry2"
        };
        assertTypes(
                STRICT.expecting(ConsistencyModel.READ_UNCOMMITTED)
                        .assuming(new Keys(true, false, false, false)),
                List.of("G0"),
                history);
    }

    @Test
    void linearizableKeysThatAreNotAreCyclicVersions() {
        assertTypes(
                STRICT.assuming(new Keys(false, true, false, false)),
                List.of("cyclic-versions"),
                "invoke 0 wx1",
                "ok 0 wx1",
                "invoke 0 r?x",
                "ok 0 rx2",
                "invoke 0 r?x",
                "ok 0 rx1");
    }

    @Test
    void revisionsOrderVersions() {
        String[] history = {"ok 0 @2 rx wy2", "ok 1 @1 wx3 wy4"};
        assertEquals(Verdict.VALID, check(SERIALIZABLE, history).verdict());
        assertTypes(
                SERIALIZABLE.assuming(new Keys(false, false, false, true)),
                List.of("G-single-item"),
                history);
    }

    @Test
    void revisionsShowWriteSkewAcrossFourTransactions() {
        assertTypes(
                SERIALIZABLE.assuming(new Keys(false, false, false, true)),
                List.of("G2-item"),
                "ok 0 @1 wx1 wy2 wz3",
                "ok 1 @4 rx1 wy5",
                "ok 2 @2 rz3 wx4",
                "ok 3 @3 wz7 wy8");
    }

    @Test
    void readOfAnAbortedWriteIsG1a() {
        assertTypes(
                SERIALIZABLE, List.of("G1a", "empty-transaction-graph"), "ok 0 rx1", "fail 1 wx1");
    }

    @Test
    void readOfAnOverwrittenWriteIsG1b() {
        assertTypes(
                SERIALIZABLE,
                List.of("G1b", "empty-transaction-graph"),
                "ok 0 wx1 wx2",
                "ok 1 rx1");
    }

    @Test
    void readThatContradictsTheTransactionItselfIsInternal() {
        assertTypes(
                STRICT.expecting().without(Anomaly.INTERNAL),
                List.of("empty-transaction-graph", "internal"),
                "ok 0 rx1 rx2");
    }

    @Test
    void transactionsThatReplaceTheSameVersionLoseAnUpdate() {
        ElleResult result = check(STRICT, "ok 0 rx0 wx1", "ok 1 rx0 wx2");
        // Without calls nothing is known of time, so no two transactions are related.
        assertEquals(List.of("empty-transaction-graph", "lost-update"), result.anomalyTypes());
    }

    @Test
    void indeterminateWriteCountsOnceItWasRead() {
        String[] history = {"info 0 wx1 wy1", "ok 1 rx1 ry"};
        assertTypes(SERIALIZABLE, List.of("G-single-item"), history);
        assertEquals(Verdict.UNKNOWN, check(STRICT, "info 0 wx1 wy1", "ok 1 rx ry").verdict());
    }

    @Test
    void explanationNamesTheOlderVersion() {
        ElleResult result = check(SERIALIZABLE, "ok 0 rx ry1", "ok 1 wy1 wx2");
        String text = result.anomalies().getFirst().findings().getFirst().explanation();
        assertTrue(
                text.contains("T1 read key :x as nil, an older version than 2, which T2 wrote"),
                text);
    }

    private static void assertTypes(ElleOptions options, List<String> types, String... events) {
        ElleResult result = check(options, events);
        assertEquals(types, result.anomalyTypes(), result::toString);
        assertEquals(Verdict.INVALID, result.verdict());
    }

    private static ElleResult check(ElleOptions options, String... events) {
        return RwRegister.check(Sketch.registers(events), options);
    }
}
