package dev.whitewater.checker.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.Answer;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.linear.Algorithm;
import dev.whitewater.checker.linear.ByRevision;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.linear.Options;
import dev.whitewater.checker.linear.Verdict;
import dev.whitewater.checker.linear.Witness;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.value.Value;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class RevisionOrderTest {
    private static int events;

    private static String line(int client, long from, String to, String rest) {
        return "{\"op\":"
                + events++
                + ",\"client\":"
                + client
                + ",\"invoke\":"
                + from
                + ",\"return\":"
                + to
                + ","
                + rest
                + "}\n";
    }

    private static String put(int client, long from, String to, String key, String end) {
        String rest = "\"kind\":\"put\",\"key\":\"" + key + "\"," + end;
        return line(client, from, to, rest);
    }

    private static String get(int client, long from, String to, String key, String end) {
        String rest = "\"kind\":\"get\",\"key\":\"" + key + "\"," + end;
        return line(client, from, to, rest);
    }

    private static String ok(String value, long revision) {
        return "\"value\":\""
                + value
                + "\",\"outcome\":\"ok\",\"result\":null,\"revision\":"
                + revision;
    }

    private static String saw(String value, long revision) {
        String result = value.isEmpty() ? "null" : "\"" + value + "\"";
        return "\"outcome\":\"ok\",\"result\":" + result + ",\"revision\":" + revision;
    }

    private static final String UNKNOWN = "\"outcome\":\"unknown\",\"value\":\"lost\"";

    private static Verdict check(String... lines) {
        return ByRevision.check(HistoryReader.parse(String.join("", lines)));
    }

    private static Witness broken(String... lines) {
        Verdict verdict = check(lines);
        return assertInstanceOf(Verdict.Invalid.class, verdict, verdict.toString()).witness();
    }

    @Test
    void aReadCalledLaterMustNotHaveASmallerRevision() {
        Witness witness =
                broken(put(1, 1, "2", "k0", ok("v", 168)), get(3, 3, "4", "k1", saw("", 167)));
        assertEquals("stale-read", witness.rule());
        assertEquals(List.of(0, 1), witness.operations().stream().map(Operation::id).toList());
        assertTrue(witness.sentence().contains("Revisions never go down"), witness.sentence());
    }

    @Test
    void aWriteNeedsANewRevision() {
        Witness witness = broken(put(1, 1, "2", "a", ok("v", 5)), put(2, 3, "4", "b", ok("w", 4)));
        assertEquals("write-goes-back", witness.rule());
    }

    @Test
    void twoWritesDoNotShareARevision() {
        Witness witness = broken(put(1, 1, "4", "a", ok("v", 5)), put(2, 2, "3", "b", ok("w", 5)));
        assertEquals("revision-used-twice", witness.rule());
    }

    @Test
    void aReadSeesTheNewestWriteUpToItsRevision() {
        String first = put(1, 1, "2", "a", ok("v", 5));
        String second = put(1, 3, "6", "a", ok("w", 6));
        Witness witness = broken(first, second, get(2, 4, "5", "a", saw("v", 6)));
        assertEquals("wrong-value", witness.rule());
        assertEquals(List.of(1, 2), witness.operations().stream().map(Operation::id).toList());
        assertTrue(check(first, second, get(2, 4, "5", "a", saw("v", 5))).isValid());
        assertTrue(check(first, second, get(2, 4, "5", "a", saw("w", 6))).isValid());
    }

    @Test
    void aSerializableReadMayBeOldButNotWrong() {
        String first = put(1, 1, "2", "a", ok("v", 5));
        String second = put(1, 3, "4", "a", ok("w", 6));
        String past = ",\"serializable\":true";
        assertTrue(check(first, second, get(2, 5, "6", "a", saw("v", 5) + past)).isValid());
        assertFalse(check(first, second, get(2, 5, "6", "a", saw("w", 5) + past)).isValid());
        assertFalse(check(first, second, get(2, 5, "6", "a", saw("v", 5))).isValid());
    }

    @Test
    void anUnansweredWriteTakesEffectOnceAtAFreeRevision() {
        String before = put(1, 1, "2", "a", ok("v", 5));
        String lost = put(2, 3, "null", "a", UNKNOWN);
        String seen = get(3, 4, "5", "a", saw("lost", 6));
        String unseen = get(3, 6, "7", "a", saw("v", 6));
        assertTrue(check(before, lost, seen).isValid());
        assertTrue(check(before, lost, unseen).isValid());
        Witness back = broken(before, lost, seen, unseen);
        assertEquals("wrong-value", back.rule());
        String other = put(4, 3, "9", "b", ok("x", 6));
        assertEquals("no-revision-left", broken(before, lost, seen, other).rule());
    }

    @Test
    void aSwapThatMissedSaysWhatTheValueWasNot() {
        String put = put(1, 1, "2", "a", ok("v", 5));
        String miss =
                line(
                        2,
                        3,
                        "4",
                        "\"kind\":\"cas\",\"key\":\"a\",\"expected\":\"v\",\"value\":\"w\","
                                + "\"outcome\":\"ok\",\"result\":false,\"revision\":5");
        assertEquals("wrong-value", broken(put, miss).rule());
        assertTrue(check(put, miss.replace("\"v\"", "\"u\"")).isValid());
    }

    @Property(tries = 400)
    void honestStoresAreValidAndSearchAgrees(@ForAll long seed) {
        History history = new HonestStore(new Random(seed)).history(40);
        Verdict verdict = ByRevision.check(history);
        assertTrue(verdict.isValid(), () -> verdict + " on " + history.operations());
        Options search = Options.DEFAULT.with(Algorithm.JIT);
        assertTrue(Linearizability.check(history, Models.etcdKv(), search).isValid());
    }

    @Property(tries = 600)
    void whatSearchRefusesRevisionsRefuseToo(@ForAll long seed) {
        Random random = new Random(seed);
        History honest = new HonestStore(random).history(12);
        List<Operation> operations = new ArrayList<>(honest.operations());
        int victim = random.nextInt(operations.size());
        Operation was = operations.get(victim);
        Value value = Value.text("v" + random.nextInt(6));
        long revision = Math.max(1, was.answer().revision() - random.nextInt(2));
        Answer wrong = new Answer(was.outcome(), value, revision);
        operations.set(
                victim, new Operation(was.id(), was.client(), was.action(), wrong, was.interval()));
        History history = History.of(operations);
        boolean lostSwap =
                history.operations().stream()
                        .anyMatch(o -> o.function().equals("cas") && !o.isOk());
        Options search = Options.DEFAULT.with(Algorithm.JIT);
        if (!lostSwap && Linearizability.check(history, Models.etcdKv(), search).isInvalid()) {
            assertTrue(ByRevision.check(history).isInvalid(), history.operations().toString());
        }
    }
}
