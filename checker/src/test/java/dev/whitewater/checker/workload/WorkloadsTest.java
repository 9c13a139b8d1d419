package dev.whitewater.checker.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.model.UnsupportedOperation;
import dev.whitewater.checker.workload.WorkloadResult.Validity;

import org.junit.jupiter.api.Test;

final class WorkloadsTest {
    private static String op(int process, String function, String argument, String answer) {
        return event(process, "invoke", function, argument)
                + event(process, "ok", function, answer);
    }

    private static String event(int process, String type, String function, String value) {
        return "{:process "
                + process
                + ", :type :"
                + type
                + ", :f :"
                + function
                + ", :value "
                + value
                + "}\n";
    }

    private static WorkloadResult check(String name, String edn) {
        return Workloads.check(name, HistoryReader.parse(edn), WorkloadOptions.DEFAULT)
                .orElseThrow();
    }

    private static void assertBroken(String rule, String name, String edn) {
        assertEquals(rule, check(name, edn).anomalies().getFirst().rule());
    }

    private static void assertValid(String name, String edn) {
        assertEquals(Validity.VALID, check(name, edn).validity(), check(name, edn).toString());
    }

    @Test
    void theLastReadOfASetHoldsWhatWasAcknowledged() {
        String adds = op(0, "add", "1", "1") + op(0, "add", "2", "2");
        assertValid("set", adds + op(0, "read", "nil", "[1 2]"));
        assertBroken("lost", "set", adds + op(0, "read", "nil", "[1]"));
        assertBroken("unexpected", "set", adds + op(0, "read", "nil", "[1 2 3]"));
        assertEquals(Validity.UNKNOWN, check("set", adds).validity());
    }

    @Test
    void anElementOfAFullSetStaysOnceItIsKnown() {
        String add = op(0, "add", "1", "1");
        String seen = op(0, "read", "nil", "[1]");
        String missing = op(0, "read", "nil", "[]");
        assertValid("set-full", add + seen);
        assertBroken("lost", "set-full", add + seen + missing);
        assertValid("set-full", add + missing + seen);
        WorkloadOptions strict = WorkloadOptions.DEFAULT.demandingLinearizability();
        WorkloadResult late =
                Workloads.check("set-full", HistoryReader.parse(add + missing + seen), strict)
                        .orElseThrow();
        assertEquals("stale", late.anomalies().getFirst().rule());
        assertBroken("duplicate", "set-full", add + op(0, "read", "nil", "[1 1]"));
    }

    @Test
    void operationsOfOtherWorkloadsAreRefused() {
        for (String name : Workloads.NAMES) {
            String other = op(0, "read", "nil", "[]") + op(0, "fly", "1", "1");
            assertThrows(UnsupportedOperation.class, () -> check(name, other), name);
        }
        // As Jepsen has it: a counter that nobody read isn't wrong, a set that nobody read unknown.
        assertValid("counter", op(0, "add", "1", "1"));
        assertEquals(Validity.UNKNOWN, check("set", op(0, "add", "1", "1")).validity());
        String odd = op(0, "read", "nil", "[7 [:r]]");
        assertThrows(UnsupportedOperation.class, () -> check("long-fork", odd));
    }

    @Test
    void aCounterLiesBetweenSureAndPossibleSums() {
        String one = op(0, "add", "1", "1");
        String open = event(1, "invoke", "add", "5");
        assertValid("counter", one + open + op(0, "read", "nil", "6"));
        assertValid("counter", one + open + op(0, "read", "nil", "1"));
        assertBroken("out-of-bounds", "counter", one + open + op(0, "read", "nil", "0"));
        assertBroken("out-of-bounds", "counter", one + open + op(0, "read", "nil", "7"));
        assertValid("counter", one + event(1, "invoke", "add", "-5") + op(0, "read", "nil", "-4"));
    }

    @Test
    void aBankKeepsItsTotal() {
        assertValid("bank", op(0, "read", "nil", "{0 60, 1 40}"));
        assertBroken("wrong-total", "bank", op(0, "read", "nil", "{0 60, 1 41}"));
        assertBroken("negative-value", "bank", op(0, "read", "nil", "{0 101, 1 -1}"));
        assertBroken("nil-balance", "bank", op(0, "read", "nil", "{0 100, 1 nil}"));
    }

    @Test
    void twoReadsMustNotOrderTwoWritesDifferently() {
        String first = op(0, "read", "[[:r 0 nil] [:r 1 nil]]", "[[:r 0 1] [:r 1 nil]]");
        String second = op(1, "read", "[[:r 1 nil] [:r 0 nil]]", "[[:r 1 1] [:r 0 nil]]");
        assertValid("long-fork", first);
        assertBroken("long-fork", "long-fork", first + second);
    }

    @Test
    void partsAreFoundInTheOrderTheyWereWritten() {
        assertValid("sequential", op(0, "read", "nil", "[3 [nil 2 1]]"));
        assertBroken("out-of-order", "sequential", op(0, "read", "nil", "[3 [nil 2 nil]]"));
    }

    @Test
    void aCommentIsNotSeenWithoutEarlierOnes() {
        String writes = op(0, "write", "1", "1") + op(0, "write", "2", "2");
        assertValid("comments", writes + op(0, "read", "nil", "#{1 2}"));
        assertBroken("missing", "comments", writes + op(0, "read", "nil", "#{2}"));
    }
}
