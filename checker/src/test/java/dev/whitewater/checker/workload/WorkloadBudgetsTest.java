package dev.whitewater.checker.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.port.CountedBudget;
import dev.whitewater.checker.workload.WorkloadResult.Validity;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;

/** The checks of Jepsen's workloads stop when their budget is spent, and say so. */
class WorkloadBudgetsTest {
    static final List<String> NAMES = Workloads.NAMES;

    private static final int OPERATIONS = 3000;
    private static final int SAMPLES = 30;

    /** Many operations, all of them right, half of them reads. */
    private static History right(String name) {
        StringBuilder lines = new StringBuilder();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < OPERATIONS; i++) {
            String read = "";
            switch (name) {
                case "set", "set-full" -> {
                    all.append(' ').append(i);
                    op(lines, "add", Integer.toString(i));
                    read = i % 100 == 99 ? "[" + all + "]" : "";
                }
                case "counter" -> {
                    op(lines, "add", "1");
                    read = Integer.toString(i + 1);
                }
                case "bank" -> {
                    op(lines, "transfer", "{:from 0 :to 1 :amount 1}");
                    read = "{0 50, 1 50}";
                }
                case "long-fork" -> {
                    op(lines, "write", "[[:w " + i + " 1]]");
                    read = "[[:r " + i + " 1] [:r " + (i + OPERATIONS) + " nil]]";
                }
                case "comments" -> {
                    all.append(' ').append(i);
                    op(lines, "write", Integer.toString(i));
                    read = i % 100 == 99 ? "#{" + all + "}" : "";
                }
                default -> {
                    op(lines, "write", Integer.toString(i));
                    read = "[" + i + " [nil 2 1]]";
                }
            }
            if (!read.isEmpty()) {
                op(lines, "read", read);
            }
        }
        return HistoryReader.parse(lines.toString());
    }

    private static void op(StringBuilder lines, String function, String value) {
        String rest = ", :process 0, :f :" + function + ", :value " + value + "}\n";
        lines.append("{:type :invoke").append(rest).append("{:type :ok").append(rest);
    }

    private static WorkloadResult check(String name, History history, CountedBudget budget) {
        WorkloadOptions options = WorkloadOptions.DEFAULT.within(budget);
        WorkloadResult result = Workloads.check(name, history, options).orElseThrow();
        assertEquals(0, budget.held());
        return result;
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void whereverTheTimeEndsARightHistoryIsUnknown(String name) {
        History history = right(name);
        CountedBudget plenty = CountedBudget.plenty();
        assertEquals(Validity.VALID, check(name, history, plenty).validity());
        long looks = plenty.looked();
        assertTrue(looks >= history.size() / 512, "only " + looks + " looks");
        for (int i = 0; i < SAMPLES; i++) {
            CountedBudget less = CountedBudget.looks(looks * i / SAMPLES);
            assertEquals(WorkloadResult.unknown("out of time"), check(name, history, less));
        }
    }

    /** What grows with a history is counted: elements, columns, and the anomalies themselves. */
    @ParameterizedTest
    @FieldSource("NAMES")
    void memoryForWhatIsFoundIsCounted(String name) {
        History history = HistoryReader.parse(wrong(name));
        CountedBudget plenty = CountedBudget.plenty();
        assertEquals(Validity.INVALID, check(name, history, plenty).validity());
        CountedBudget poor = CountedBudget.bytes(plenty.highest() - 1);
        WorkloadResult result = check(name, history, poor);
        assertTrue(result.validity() != Validity.VALID, result::toString);
        assertEquals(
                WorkloadResult.unknown("out of memory"),
                check(name, history, CountedBudget.bytes(0)));
    }

    private static String wrong(String name) {
        StringBuilder lines = new StringBuilder();
        switch (name) {
            case "set", "set-full" -> {
                op(lines, "add", "1");
                op(lines, "read", "[1 1]");
                op(lines, "read", "[]");
            }
            case "counter" -> {
                op(lines, "add", "1");
                op(lines, "read", "2");
            }
            case "bank" -> op(lines, "read", "{0 1, 1 1}");
            case "long-fork" -> {
                op(lines, "read", "[[:r 0 1] [:r 1 nil]]");
                op(lines, "read", "[[:r 0 nil] [:r 1 1]]");
            }
            case "comments" -> {
                op(lines, "write", "1");
                op(lines, "write", "2");
                op(lines, "read", "#{2}");
            }
            default -> op(lines, "read", "[1 [nil 2 nil]]");
        }
        return lines.toString();
    }
}
