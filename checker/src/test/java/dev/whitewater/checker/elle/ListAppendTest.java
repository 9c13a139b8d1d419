package dev.whitewater.checker.elle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.elle.model.ConsistencyModel;

import org.junit.jupiter.api.Test;

import java.util.List;

class ListAppendTest {
    private static final ElleOptions STRICT = ElleOptions.defaults();
    private static final ElleOptions SERIALIZABLE = STRICT.expecting(ConsistencyModel.SERIALIZABLE);

    @Test
    void readsOfGrowingListsAreValid() {
        ElleResult result =
                check(STRICT, "ok 0 ax1", "ok 1 rx1 ax2", "ok 0 rx12 ry", "ok 1 ay1", "ok 1 ry1");
        assertEquals(Verdict.VALID, result.verdict());
        assertEquals(List.of(), result.not());
    }

    @Test
    void historyWithoutDependenciesIsUnknownRatherThanValid() {
        ElleResult result = check(SERIALIZABLE, "ok 0 ax1", "ok 1 ay1");
        assertEquals(Verdict.UNKNOWN, result.verdict());
        assertEquals(List.of("empty-transaction-graph"), result.anomalyTypes());
        assertEquals(Verdict.UNKNOWN, check(STRICT).verdict());
    }

    @Test
    void elementAppendedTwiceMakesTheHistoryUnusable() {
        ElleResult result = check(STRICT, "ok 0 ax1", "ok 1 ax1");
        assertEquals(Verdict.UNKNOWN, result.verdict());
        assertTrue(result.reason().contains("element 1 was appended to key :x more than once"));
    }

    @Test
    void writesInOppositeOrdersAreADirtyWrite() {
        assertTypes(
                SERIALIZABLE,
                List.of("G0"),
                "ok 0 ax1 ay1",
                "ok 1 ax2 ay2",
                "ok 2 rx12",
                "ok 3 ry21");
    }

    @Test
    void circleOfInformationIsG1c() {
        assertTypes(SERIALIZABLE, List.of("G1c"), "ok 0 ax1 ry1", "ok 1 ay1 rx1");
    }

    @Test
    void readOfAnAbortedAppendIsG1a() {
        assertTypes(
                SERIALIZABLE, List.of("G1a", "empty-transaction-graph"), "fail 0 ax1", "ok 1 rx1");
    }

    @Test
    void readBetweenTwoAppendsOfOneTransactionIsG1bAndMissesTheSecond() {
        assertTypes(SERIALIZABLE, List.of("G-single-item", "G1b"), "ok 0 ax1 ax2", "ok 1 rx1");
    }

    @Test
    void readOfOnlyHalfOfATransactionIsReadSkew() {
        assertTypes(SERIALIZABLE, List.of("G-single-item"), "ok 0 ax1 ay1", "ok 1 rx1 ry");
    }

    @Test
    void twoObserversOfTwoWritesInOppositeOrderAreALongFork() {
        assertTypes(
                SERIALIZABLE,
                List.of("G-nonadjacent-item"),
                "ok 0 ax1",
                "ok 1 ay1",
                "ok 2 rx1 ry",
                "ok 3 rx ry1");
    }

    @Test
    void writeSkewIsG2ItemAndLeavesSnapshotIsolationStanding() {
        ElleResult result = check(SERIALIZABLE, "ok 0 rx ay1", "ok 1 ry ax1");
        assertEquals(List.of("G2-item"), result.anomalyTypes());
        assertEquals(List.of(ConsistencyModel.REPEATABLE_READ), result.not());
        String[] skew = {"ok 0 rx ay1", "ok 1 ry ax1"};
        ElleOptions snapshots = STRICT.expecting(ConsistencyModel.SNAPSHOT_ISOLATION);
        assertEquals(Verdict.VALID, check(snapshots, skew).verdict());
    }

    @Test
    void transactionsThatReplaceTheSameVersionLoseAnUpdate() {
        ElleResult result =
                check(SERIALIZABLE, "ok 0 ax1", "ok 1 rx1 ax2", "ok 2 rx1 ax3", "ok 3 rx123");
        assertTrue(result.anomalyTypes().contains("lost-update"), result::toString);
    }

    @Test
    void readThatContradictsTheTransactionItselfIsInternal() {
        assertTypes(
                STRICT.expecting().without(Anomaly.INTERNAL),
                List.of("internal"),
                "ok 0 ax1 rx2",
                "ok 1 ax2");
        assertTypes(
                STRICT.expecting().without(Anomaly.INTERNAL),
                List.of("internal"),
                "ok 0 ax1",
                "ok 1 rx1 ax2 rx1");
    }

    @Test
    void readOfOnesOwnLaterAppendIsAFutureRead() {
        assertTypes(
                STRICT.expecting(ConsistencyModel.READ_COMMITTED),
                List.of("empty-transaction-graph", "future-read"),
                "ok 0 rx1 ax1");
    }

    @Test
    void commitOnTopOfAnAbortedAppendIsADirtyUpdate() {
        assertTypes(
                STRICT.expecting().without(Anomaly.DIRTY_UPDATE),
                List.of("dirty-update"),
                "fail 0 ax1",
                "info 1 ax2",
                "ok 2 ax3",
                "ok 3 rx123");
    }

    @Test
    void elementSeenTwiceInOneListIsADuplicate() {
        ElleResult result =
                check(
                        STRICT.expecting().without(Anomaly.DUPLICATE_ELEMENTS),
                        "ok 0 ax1",
                        "ok 1 rx11");
        assertEquals(Verdict.INVALID, result.verdict());
        assertEquals(List.of(ConsistencyModel.READ_UNCOMMITTED), result.not());
    }

    @Test
    void listsThatCannotGrowIntoEachOtherAreIncompatible() {
        assertTypes(
                STRICT.expecting().without(Anomaly.INCOMPATIBLE_ORDER),
                List.of("incompatible-order"),
                "ok 0 ax1",
                "ok 1 ax2",
                "ok 2 rx12",
                "ok 3 rx21",
                "ok 4 rx2");
    }

    @Test
    void staleReadInAnotherProcessBreaksOnlyTheOrderOfTime() {
        String[] stale = {
            "invoke 0 ax1", "ok 0 ax1", "invoke 1 r?x", "ok 1 rx", "invoke 2 r?x", "ok 2 rx1"
        };
        assertTypes(STRICT, List.of("G-single-item-realtime"), stale);
        assertEquals(Verdict.VALID, check(SERIALIZABLE, stale).verdict());
    }

    @Test
    void staleReadInTheSameProcessBreaksTheSession() {
        assertTypes(
                STRICT.expecting(ConsistencyModel.STRONG_SESSION_SNAPSHOT_ISOLATION),
                List.of("G-single-item-process"),
                "invoke 0 ax1",
                "ok 0 ax1",
                "invoke 0 r?x",
                "ok 0 rx");
    }

    @Test
    void overlappingTransactionsMayHappenInEitherOrder() {
        ElleResult result = check(STRICT, "invoke 0 ax1", "invoke 1 r?x", "ok 0 ax1", "ok 1 rx");
        assertEquals(Verdict.VALID, result.verdict());
    }

    @Test
    void whatNeverCompletedIsNeitherMissedNorForbidden() {
        ElleResult seen = check(STRICT, "invoke 0 ax1", "invoke 1 r?x", "ok 1 rx1");
        assertEquals(Verdict.VALID, seen.verdict());
        ElleResult unseen = check(STRICT, "invoke 0 ax1", "invoke 1 r?x", "ok 1 rx");
        assertEquals(Verdict.VALID, unseen.verdict());
    }

    @Test
    void cycleIsExplainedStepByStep() {
        ElleResult result = check(SERIALIZABLE, "ok 0 ax1 ay1", "ok 1 rx1 ry");
        assertEquals(
                """
                Let:
                  T1 = {:index 1, :process 1, :type :ok, :value [[:r :x [1]] [:r :y []]]}
                  T2 = {:index 0, :process 0, :type :ok, :value [[:append :x 1] [:append :y 1]]}

                Then:
                  - T1 < T2, because T1 read key :y as [], without 1, which T2 appended.
                  - However, T2 < T1, because T1 read key :x with 1 as its last element, which T2 \
                had appended: a contradiction!\
                """,
                result.anomalies().getFirst().findings().getFirst().explanation());
    }

    @Test
    void findingsAreCountedBeyondThoseThatAreKept() {
        ElleResult result =
                check(
                        SERIALIZABLE.withFindingsMax(1),
                        "ok 0 ax1 ay1",
                        "ok 1 rx1 ry",
                        "ok 0 av1 aw1",
                        "ok 1 rv1 rw");
        assertEquals(2, result.anomalies().getFirst().count());
        assertEquals(1, result.anomalies().getFirst().findings().size());
    }

    private static void assertTypes(ElleOptions options, List<String> types, String... events) {
        ElleResult result = check(options, events);
        assertEquals(types, result.anomalyTypes(), result::toString);
        assertEquals(Verdict.INVALID, result.verdict());
    }

    private static ElleResult check(ElleOptions options, String... events) {
        return ListAppend.check(Sketch.lists(events), options);
    }
}
