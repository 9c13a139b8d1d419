package dev.whitewater.checker.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.port.CountedBudget;
import dev.whitewater.checker.runner.GeneratedEtcd;
import dev.whitewater.checker.runner.GeneratedKv;
import dev.whitewater.checker.runner.Runner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

/** Every method stops when its budget is spent, says so, and gives back what it took. */
final class BudgetsTest {
    private static final History KEYS =
            HistoryReader.read(
                    ByteSource.of(
                            new GeneratedKv(new GeneratedKv.Shape(40_000, 2, 20, 0, false), 7)
                                    .edn()));
    private static final History STORE =
            HistoryReader.read(
                    ByteSource.of(
                            new GeneratedEtcd(new GeneratedEtcd.Shape(20_000, 50, 10, 0, true), 7)
                                    .jsonl()));

    private static final History SINGLE = single();

    /** One client that puts and gets one of ten keys by turns. */
    private static History single() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            String start = "{\"client\":1,\"invoke\":" + 2 * i + ",\"return\":" + (2 * i + 1);
            String key = ",\"key\":\"k" + i / 2 % 10 + "\",\"outcome\":\"ok\",";
            String revision = ",\"revision\":" + (i / 2 + 2) + "}\n";
            String rest =
                    i % 2 == 0
                            ? "\"value\":\"" + i + "\",\"kind\":\"put\""
                            : "\"result\":\"" + (i - 1) + "\",\"kind\":\"get\"";
            lines.append(start).append(key).append(rest).append(revision);
        }
        return HistoryReader.parse(lines.toString());
    }

    private static History history(Algorithm algorithm) {
        return algorithm == Algorithm.REVISION ? STORE : KEYS;
    }

    private static Model<?> model(Algorithm algorithm) {
        return algorithm == Algorithm.REVISION ? Models.etcdKv() : Models.kv();
    }

    private static String reason(Algorithm algorithm, Budget budget) {
        Options options = Options.DEFAULT.with(algorithm).with(budget);
        Verdict verdict = Linearizability.check(history(algorithm), model(algorithm), options);
        return assertInstanceOf(Verdict.Unknown.class, verdict, verdict.toString()).reason();
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void timeThatRanOutIsToldByEveryMethod(Algorithm algorithm) {
        CountedBudget budget = CountedBudget.looks(3);
        assertEquals("out of time", reason(algorithm, budget));
        assertEquals(0, budget.held());
        assertTrue(budget.looked() < 13, "it went on after it had been told to stop");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void memoryThatRanOutIsToldByEveryMethod(Algorithm algorithm) {
        CountedBudget budget = CountedBudget.bytes(100_000);
        assertEquals("out of memory", reason(algorithm, budget));
        assertEquals(0, budget.held());
    }

    /** A whole store: single keys, and ranges and transactions. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void checksByRevisionLookAtTheClockAllTheWay(boolean whole) {
        History history = whole ? STORE : SINGLE;
        CountedBudget budget = CountedBudget.plenty();
        Options options = Options.DEFAULT.with(budget);
        assertTrue(Linearizability.check(history, Models.etcdKv(), options).isValid());
        long looks = budget.looked();
        assertTrue(looks > history.size() / 512, "only " + looks + " looks");
        for (long part = 1; part < looks; part += Math.max(1, looks / 20)) {
            CountedBudget less = CountedBudget.looks(part);
            Verdict verdict =
                    Linearizability.check(history, Models.etcdKv(), Options.DEFAULT.with(less));
            assertEquals(new Verdict.Unknown("out of time"), verdict);
            assertEquals(0, less.held());
        }
    }

    @Test
    void aCheckByRevisionOfSingleKeysCountsItsMemory() {
        CountedBudget budget = CountedBudget.bytes(10_000);
        Options options = Options.DEFAULT.with(budget);
        assertEquals(
                new Verdict.Unknown("out of memory"),
                Linearizability.check(SINGLE, Models.etcdKv(), options));
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"AUTO", "REVISION"})
    void aBudgetThatIsEnoughChangesNothing(Algorithm algorithm) {
        Options options =
                Options.DEFAULT
                        .with(algorithm)
                        .with(Runner.budget(Duration.ofMinutes(5), 1L << 30))
                        .with(Runner.threads());
        Verdict verdict = Linearizability.check(history(algorithm), model(algorithm), options);
        assertTrue(verdict.isValid(), verdict::toString);
    }
}
