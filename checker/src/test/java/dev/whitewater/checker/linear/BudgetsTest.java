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
import dev.whitewater.checker.runner.GeneratedEtcd;
import dev.whitewater.checker.runner.GeneratedKv;
import dev.whitewater.checker.runner.Runner;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

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

    /** A clock that runs out after so many looks at it, and a purse of so many bytes. */
    private static final class Counted implements Budget {
        private final long most;
        private final AtomicLong looksLeft;
        private final AtomicLong held = new AtomicLong();

        Counted(long looks, long most) {
            this.looksLeft = new AtomicLong(looks);
            this.most = most;
        }

        @Override
        public boolean outOfTime() {
            return looksLeft.decrementAndGet() < 0;
        }

        @Override
        public boolean reserve(long bytes) {
            if (held.addAndGet(bytes) <= most) {
                return true;
            }
            held.addAndGet(-bytes);
            return false;
        }

        @Override
        public void release(long bytes) {
            held.addAndGet(-bytes);
        }
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
        Counted budget = new Counted(3, Long.MAX_VALUE);
        assertEquals("out of time", reason(algorithm, budget));
        assertEquals(0, budget.held.get());
        assertTrue(budget.looksLeft.get() > -10, "it went on after it had been told to stop");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void memoryThatRanOutIsToldByEveryMethod(Algorithm algorithm) {
        Counted budget = new Counted(Long.MAX_VALUE, 100_000);
        assertEquals("out of memory", reason(algorithm, budget));
        assertEquals(0, budget.held.get());
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
