package dev.whitewater.checker.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.search.Exhausted;
import dev.whitewater.checker.search.Purse;

import org.junit.jupiter.api.Test;

import java.util.List;

final class AccessContractTest {
    private static final String DENIED = "\"outcome\":\"refused\",\"error\":\"permission-denied\"";
    private static final String OK = "\"outcome\":\"ok\"";
    private static final String SETUP =
            change(0, 1, "\"kind\":\"role-add\",\"role\":\"r\"")
                    + change(2, 3, "\"kind\":\"user-add\",\"user\":\"ann\"")
                    + change(4, 5, "\"kind\":\"user-grant-role\",\"user\":\"ann\",\"role\":\"r\"")
                    + change(6, 7, grant("a", "m"))
                    + change(8, 9, "\"kind\":\"auth-enable\"");

    private static String grant(String key, String end) {
        return "\"kind\":\"role-grant\",\"role\":\"r\",\"key\":\""
                + key
                + "\",\"end\":\""
                + end
                + "\",\"permission\":\"readwrite\"";
    }

    private static String change(long from, long to, String what) {
        String keyed = what.contains("\"key\"") ? what : what + ",\"key\":\"\"";
        return line(from, to, keyed + "," + OK);
    }

    private static String line(long from, long to, String rest) {
        return "{\"client\":1,\"invoke\":" + from + ",\"return\":" + to + "," + rest + "}\n";
    }

    private static String put(long from, long to, String key, String outcome) {
        return line(
                from,
                to,
                "\"as\":\"ann\",\"kind\":\"put\",\"key\":\""
                        + key
                        + "\",\"value\":\"1\","
                        + outcome);
    }

    private static List<String> rules(String lines) {
        return AccessContract.check(HistoryReader.parse(lines)).stream()
                .map(breach -> breach.sentence().substring(0, breach.sentence().indexOf(':')))
                .toList();
    }

    /** Who may what is asked of every pair of changes: that takes its time in a large history. */
    @Test
    void budgetThatEndsIsNoAnswer() {
        StringBuilder lines = new StringBuilder(SETUP);
        for (int i = 10; i < 2000; i += 2) {
            lines.append(put(i, i + 1, "b", OK + ",\"revision\":" + i));
        }
        History history = HistoryReader.parse(lines.toString());
        assertEquals(List.of(), AccessContract.check(history));
        Purse steps = new Purse(Budget.UNLIMITED, 1000);
        assertThrows(Exhausted.class, () -> AccessContract.check(history, steps));
    }

    @Test
    void whoHoldsThePermissionIsAnswered() {
        String lines = SETUP + put(10, 11, "b", OK + ",\"revision\":2");
        assertEquals(List.of(), rules(lines));
        History history = HistoryReader.parse(lines);
        assertTrue(Linearizability.check(history, Models.etcdKv()).isValid());
    }

    @Test
    void whoHoldsThePermissionMustNotBeDenied() {
        assertEquals(List.of("permitted-denied"), rules(SETUP + put(10, 11, "b", DENIED)));
    }

    @Test
    void whoLacksThePermissionMustNotBeAnswered() {
        assertEquals(List.of("forbidden-answered"), rules(SETUP + put(10, 11, "n", OK)));
        assertEquals(List.of(), rules(SETUP + put(10, 11, "n", DENIED)));
    }

    @Test
    void nothingIsVisibleAfterTheRevocationReturned() {
        String revoke =
                "\"kind\":\"role-revoke\",\"role\":\"r\",\"key\":\"a\",\"end\":\"m\",\"as\":\"root\"";
        String setup =
                change(0, 1, "\"kind\":\"user-grant-role\",\"user\":\"root\",\"role\":\"root\"")
                        + SETUP;
        String revoked = setup + change(12, 14, revoke);
        assertEquals(List.of("forbidden-answered"), rules(revoked + put(15, 16, "b", OK)));
        assertEquals(List.of(), rules(revoked + put(13, 16, "b", OK)));
        assertEquals(List.of(), rules(revoked + put(13, 16, "b", DENIED)));
    }

    @Test
    void rangesOfSeveralGrantsAreOne() {
        String both = SETUP.replace(grant("a", "m"), grant("a", "f")) + "";
        String range =
                line(12, 13, "\"as\":\"ann\",\"kind\":\"range\",\"key\":\"b\",\"end\":\"k\"," + OK);
        assertEquals(List.of("forbidden-answered"), rules(both + range));
        assertEquals(List.of(), rules(change(0, 1, grant("e", "m")) + both + range));
    }

    @Test
    void aTransactionNeedsThePermissionOfBothItsBranches() {
        String txn =
                line(
                        12,
                        13,
                        "\"as\":\"ann\",\"kind\":\"txn\",\"key\":\"\",\"compare\":[],\"then\":[],"
                                + "\"else\":[{\"kind\":\"put\",\"key\":\"z\",\"value\":\"1\"}],"
                                + OK);
        assertEquals(List.of("forbidden-answered"), rules(SETUP + txn));
    }

    @Test
    void aRoleDeletedWhileItWasGivenDecidesNothing() {
        String concurrent =
                SETUP.replace("\"invoke\":4,\"return\":5", "\"invoke\":0,\"return\":10")
                        + change(1, 9, "\"kind\":\"user-delete\",\"user\":\"ann\"");
        assertEquals(List.of(), rules(concurrent + put(12, 13, "b", OK)));
        assertEquals(List.of(), rules(concurrent + put(12, 13, "b", DENIED)));
    }

    @Test
    void aDeniedRequestChangesNothing() {
        String lines =
                SETUP
                        + put(10, 11, "n", DENIED)
                        + put(12, 13, "b", OK + ",\"revision\":2")
                        + line(
                                14,
                                15,
                                "\"kind\":\"cas\",\"key\":\"b\",\"expected\":\"1\",\"value\":\"2\","
                                        + "\"as\":\"ann\",\"result\":true,\"revision\":3,"
                                        + OK)
                        + line(
                                16,
                                17,
                                "\"kind\":\"get\",\"key\":\"b\",\"as\":\"ann\",\"result\":\"2\","
                                        + "\"revision\":3,"
                                        + OK);
        History history = HistoryReader.parse(lines);
        assertTrue(Linearizability.check(history, Models.etcdKv()).isValid());
        History wrong = HistoryReader.parse(lines.replace("\"result\":\"2\"", "\"result\":\"1\""));
        assertTrue(Linearizability.check(wrong, Models.etcdKv()).isInvalid());
    }
}
