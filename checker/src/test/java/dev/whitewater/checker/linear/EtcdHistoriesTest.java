package dev.whitewater.checker.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.etcd.EtcdStore;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.Answer;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Interval;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.runner.GeneratedEtcd;
import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.value.Value;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Whole stores: ranges, transactions, deletes, leases and compaction, with revisions and without.
 */
final class EtcdHistoriesTest {
    private static final Options SEARCH = Options.DEFAULT.with(Algorithm.JIT);

    private static History generated(long seed, int operations, int lostPerMille, boolean full) {
        GeneratedEtcd.Shape shape = new GeneratedEtcd.Shape(operations, 4, 4, lostPerMille, full);
        return HistoryReader.read(ByteSource.of(new GeneratedEtcd(shape, seed).jsonl()));
    }

    private static Verdict check(History history) {
        return Linearizability.check(history, Models.etcdKv());
    }

    private static String line(long from, String to, String rest) {
        return "{\"client\":1,\"invoke\":" + from + ",\"return\":" + to + "," + rest + "}\n";
    }

    private static Witness witness(String... lines) {
        Verdict verdict = check(HistoryReader.parse(String.join("", lines)));
        return assertInstanceOf(Verdict.Invalid.class, verdict, verdict.toString()).witness();
    }

    private static void assertValid(String... lines) {
        Verdict verdict = check(HistoryReader.parse(String.join("", lines)));
        assertTrue(verdict.isValid(), verdict::toString);
    }

    @Property(tries = 300)
    void answeredHistoriesAreValidByRevision(@ForAll long seed, @ForAll boolean full) {
        Verdict verdict = check(generated(seed, 60, 0, full));
        Verdict.Valid valid = assertInstanceOf(Verdict.Valid.class, verdict, verdict.toString());
        assertEquals(List.of("revision"), valid.methods());
    }

    @Property(tries = 300)
    void unansweredOperationsDoNotMakeHonestHistoriesInvalid(
            @ForAll long seed, @ForAll boolean full) {
        History history = generated(seed, 40, 150, full);
        Verdict verdict = check(history);
        assertFalse(verdict.isInvalid(), () -> verdict + " on " + history.operations());
    }

    @Property(tries = 1500)
    void oneWrongAnswerIsJudgedAsByBruteForce(@ForAll long seed, @ForAll boolean full) {
        Random random = new Random(seed);
        History honest = generated(seed, 7, random.nextInt(3) * 100, full);
        List<Operation> operations = new ArrayList<>(honest.operations());
        int victim = random.nextInt(operations.size());
        operations.set(victim, corrupted(operations.get(victim), operations, random));
        History history = History.of(operations);
        boolean leases = history.functionNames().contains("lease-grant");
        if (!EtcdCheck.isWhole(history)) {
            return;
        }
        Verdict verdict = check(history);
        boolean valid = EtcdByBruteForce.isLinearizable(history);
        if (!leases && !(verdict instanceof Verdict.Unknown)) {
            assertEquals(valid, verdict.isValid(), () -> verdict + " on " + history.operations());
        }
        if (!leases) {
            Verdict found = Linearizability.check(history, Models.etcdKv(), SEARCH);
            assertEquals(valid, found.isValid(), () -> found + " on " + history.operations());
        }
    }

    @Property(tries = 600)
    void lostAnswersAndRepeatedValuesAreJudgedAsByBruteForce(
            @ForAll long seed, @ForAll boolean full) {
        Random random = new Random(seed);
        GeneratedEtcd.Shape shape = new GeneratedEtcd.Shape(7, 2, 3, 400, full);
        String text = new String(new GeneratedEtcd(shape, seed).jsonl(), StandardCharsets.UTF_8);
        History honest = HistoryReader.parse(text.replaceAll("\"v\\d*([0-2])\"", "\"v$1\""));
        List<Operation> operations = new ArrayList<>(honest.operations());
        int victim = random.nextInt(operations.size());
        operations.set(victim, corrupted(operations.get(victim), operations, random));
        History history = History.of(operations);
        if (EtcdByBruteForce.canJudge(history)) {
            EtcdByBruteForce.isLinearizableAlsoByRevision(history);
        }
    }

    @Property(tries = 100)
    void theLongestPrefixHasAnOrderAndTheNextReturnLeavesNone(@ForAll long seed) {
        Random random = new Random(seed);
        List<Operation> operations =
                new ArrayList<>(generated(seed, 8, 0, /* full */ false).operations());
        int victim = random.nextInt(operations.size());
        operations.set(victim, corrupted(operations.get(victim), operations, random));
        History history = History.of(operations);
        Verdict verdict =
                Linearizability.check(history, Models.etcdKv(), Options.DEFAULT.explaining());
        if (history.functionNames().contains("lease-grant")
                || !(verdict instanceof Verdict.Invalid(List<String> methods, Witness witness))
                || !methods.equals(List.of("revision"))) {
            return;
        }
        EtcdStore store = EtcdStore.of(history, new Purse(Budget.UNLIMITED));
        int end = history.completion(witness.stuckAt());
        History before = upTo(history, end - 1);
        assertTrue(BruteForce.isLinearizable(before, store), verdict::toString);
        assertFalse(BruteForce.isLinearizable(upTo(history, end), store), verdict::toString);
        assertEquals(
                history.operations().stream()
                        .filter(o -> o.isOk() && history.completion(o.id()) < end)
                        .map(Operation::id)
                        .toList(),
                witness.prefix().stream()
                        .filter(op -> history.completion(op) < end)
                        .sorted()
                        .toList());
    }

    private static History upTo(History history, int event) {
        return History.of(
                history.operations().stream()
                        .filter(o -> history.call(o.id()) <= event)
                        .map(
                                o ->
                                        history.completion(o.id()) <= event
                                                ? o
                                                : new Operation(
                                                        o.id(),
                                                        o.client(),
                                                        o.action(),
                                                        Answer.NONE,
                                                        Interval.openSince(o.interval().invoke())))
                        .toList());
    }

    @Property(tries = 24)
    void makersOfLostRevisionsAreFoundInLargeHistories(
            @ForAll @LongRange(min = 0, max = 1 << 20) long seed, @ForAll boolean full) {
        int keys = seed % 2 == 0 ? 200 : 20;
        GeneratedEtcd.Shape shape = new GeneratedEtcd.Shape(1_500, keys, 10, 50, full);
        History history = HistoryReader.read(ByteSource.of(new GeneratedEtcd(shape, seed).jsonl()));
        Verdict verdict = check(history);
        Verdict.Valid valid = assertInstanceOf(Verdict.Valid.class, verdict, verdict.toString());
        assertEquals(List.of("revision"), valid.methods());
        long answered = history.operations().stream().filter(Operation::isOk).count();
        assertTrue(valid.orders().getFirst().operations().size() >= answered);
    }

    @Property(tries = 24)
    void aValueThatNobodyWroteIsNeverBlamedOnLostAnswers(
            @ForAll @LongRange(min = 0, max = 1 << 20) long seed, @ForAll boolean full) {
        int lost = 10 + (int) (seed % 5) * 10;
        GeneratedEtcd.Shape shape = new GeneratedEtcd.Shape(1_500, 60, 10, lost, full);
        String text = new String(new GeneratedEtcd(shape, seed).jsonl(), StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>(text.lines().toList());
        int victim = (int) (seed % lines.size());
        while (!lines.get(victim).matches(".*\"result\":.*\"value\":\"v.*")) {
            victim = (victim + 1) % lines.size();
        }
        String line = lines.get(victim);
        int answer = line.indexOf("\"result\":");
        String wrong = line.substring(answer).replaceFirst("\"value\":\"v", "\"value\":\"w");
        lines.set(victim, line.substring(0, answer) + wrong);
        Verdict verdict = check(HistoryReader.parse(String.join("\n", lines)));
        assertTrue(verdict.isInvalid(), verdict::toString);
    }

    @Property(tries = 24)
    void aStaleValueInALargeHistoryIsNeverTakenForALostWrite(
            @ForAll @LongRange(min = 0, max = 1 << 20) long seed) {
        GeneratedEtcd.Shape shape = new GeneratedEtcd.Shape(1_500, 20, 10, 50, /* full */ false);
        History history = HistoryReader.read(ByteSource.of(new GeneratedEtcd(shape, seed).jsonl()));
        List<Operation> operations = new ArrayList<>(history.operations());
        Map<Value, Value> newest = new LinkedHashMap<>();
        Map<Value, Value> older = new LinkedHashMap<>();
        operations.stream()
                .filter(o -> o.isOk() && o.function().equals("put"))
                .sorted(Comparator.comparingLong(o -> o.answer().revision()))
                .forEach(
                        put -> {
                            Value before = newest.put(put.key(), put.argument());
                            if (before != null) {
                                older.put(put.key(), before);
                            }
                        });
        Operation read =
                operations.stream()
                        .filter(o -> o.isOk() && o.function().equals("get"))
                        .filter(o -> older.containsKey(o.key()))
                        .max(Comparator.comparingLong(o -> o.answer().revision()))
                        .orElseThrow();
        long last =
                operations.stream()
                        .filter(o -> o.isOk() && newest.containsValue(o.argument()))
                        .filter(o -> o.key().equals(read.key()))
                        .mapToLong(o -> o.answer().revision())
                        .max()
                        .orElseThrow();
        if (read.answer().revision() < last) {
            return;
        }
        Value stale = older.get(read.key());
        Answer answer = new Answer(read.answer().outcome(), stale, read.answer().revision());
        operations.set(
                read.id(),
                new Operation(read.id(), read.client(), read.action(), answer, read.interval()));
        assertTrue(check(History.of(operations)).isInvalid());
    }

    /** Another operation's answer, or another revision. */
    private static Operation corrupted(Operation was, List<Operation> all, Random random) {
        Answer answer = was.answer();
        if (random.nextBoolean()) {
            long revision = answer.revision() + random.nextInt(3) - 1;
            answer = new Answer(answer.outcome(), answer.value(), Math.max(1, revision));
        } else {
            List<Operation> like =
                    all.stream().filter(o -> o.function().equals(was.function())).toList();
            Value other = like.get(random.nextInt(like.size())).output();
            answer = new Answer(answer.outcome(), other, answer.revision());
        }
        return was.isOk()
                ? new Operation(was.id(), was.client(), was.action(), answer, was.interval())
                : was;
    }

    private static final String PUT_A =
            line(1, "2", put("a", "x") + ",\"outcome\":\"ok\",\"result\":null,\"revision\":2");

    private static String put(String key, String value) {
        return "\"kind\":\"put\",\"key\":\"" + key + "\",\"value\":\"" + value + '"';
    }

    private static String range(long from, String result, long revision) {
        return line(
                from,
                Long.toString(from + 1),
                "\"kind\":\"range\",\"key\":\"a\",\"end\":\"z\",\"outcome\":\"ok\",\"result\":"
                        + result
                        + ",\"revision\":"
                        + revision);
    }

    @Test
    void aRangeMustHoldAllKeys() {
        assertValid(PUT_A, range(3, "{\"kvs\":[{\"key\":\"a\",\"value\":\"x\"}]}", 2));
        Witness witness = witness(PUT_A, range(3, "{\"kvs\":[]}", 2));
        assertEquals("wrong-value", witness.rule());
        assertEquals(2, witness.operations().size());
        assertEquals("wrong-value", witness(PUT_A, range(3, "{\"count\":2}", 2)).rule());
    }

    @Test
    void numbersOfKeysAreJudged() {
        String right = "{\"kvs\":[{\"key\":\"a\",\"create\":2,\"mod\":2,\"version\":1}]}";
        assertValid(PUT_A, range(3, right, 2));
        assertTrue(
                witness(PUT_A, range(3, right.replace("version\":1", "version\":2"), 2))
                        .sentence()
                        .contains("version 1"));
    }

    @Test
    void aRevisionThatNobodyMadeIsNamed() {
        Witness witness =
                witness(
                        PUT_A,
                        line(
                                3,
                                "4",
                                put("b", "y")
                                        + ",\"outcome\":\"ok\",\"result\":null,\"revision\":4"),
                        range(5, "{\"count\":2}", 4));
        assertEquals("revision-skipped", witness.rule());
    }

    @Test
    void anUnansweredPutMayHaveMadeTheRevisionThatIsMissing() {
        String lost = line(3, "null", put("b", "y") + ",\"outcome\":\"unknown\"");
        String seen = "{\"kvs\":[{\"key\":\"a\",\"value\":\"x\"},{\"key\":\"b\",\"value\":\"y\"}]}";
        assertValid(PUT_A, lost, range(5, seen, 3));
        assertEquals("wrong-value", witness(PUT_A, lost, range(5, seen, 2)).rule());
    }

    private static final String TXN =
            "\"kind\":\"txn\",\"key\":\"\",\"compare\":[{\"key\":\"a\",\"target\":\"version\","
                + "\"is\":\">\",\"to\":0}],\"then\":[{\"kind\":\"delete-range\",\"key\":\"a\"}],"
                + "\"else\":[],\"outcome\":\"ok\",\"result\":";

    @Test
    void transactionsTakeTheBranchThatTheirComparisonsTell() {
        String yes = "{\"succeeded\":true,\"responses\":[{\"deleted\":1}]},\"revision\":3";
        assertValid(PUT_A, line(3, "4", TXN + yes), range(5, "{\"count\":0}", 3));
        String no = "{\"succeeded\":false,\"responses\":[]},\"revision\":2";
        assertTrue(witness(PUT_A, line(3, "4", TXN + no)).sentence().contains("comparisons held"));
    }

    /** etcd decides which way each goes before the first change (compareToPath in its apply.go). */
    @Test
    void nestedTransactionsAreJudgedOnTheStoreBeforeAnyOfTheirSteps() {
        String inner =
                "{\"kind\":\"txn\",\"compare\":[{\"key\":\"b\",\"target\":\"version\",\"is\":\"=\","
                    + "\"to\":0}],\"then\":[{\"kind\":\"put\",\"key\":\"c\",\"value\":\"z\"}],\"else\":[]}";
        String outer =
                "\"kind\":\"txn\",\"key\":\"\",\"compare\":[],\"then\":[{"
                        + put("b", "y")
                        + "},"
                        + inner
                        + "],\"else\":[],\"outcome\":\"ok\",\"result\":{\"succeeded\":true,"
                        + "\"responses\":[null,{\"succeeded\":true,\"responses\":[null]}]},"
                        + "\"revision\":3";
        String all = "{\"kvs\":[{\"key\":\"a\"},{\"key\":\"b\"},{\"key\":\"c\",\"version\":1}]}";
        assertValid(PUT_A, line(3, "4", outer), range(5, all, 3));
        String other =
                outer.replace("{\"succeeded\":true,\"responses\":[null]}", "{\"succeeded\":false}");
        Witness witness = witness(PUT_A, line(3, "4", other), range(5, all, 3));
        assertTrue(witness.sentence().contains("all its comparisons held"), witness::sentence);
    }

    /**
     * An unanswered transaction of this form is more than the makers of revisions are sought for.
     */
    @Test
    void aTransactionThatDoesNotTellItsBranchMayHaveMadeWhatItCarries() {
        String lost =
                line(
                        1,
                        "null",
                        "\"kind\":\"txn\",\"key\":\"\",\"compare\":[],\"then\":[{\"kind\":\"txn\","
                                + "\"compare\":[],\"then\":[],\"else\":[]},{\"kind\":\"put\","
                                + "\"key\":\"b\",\"value\":\"y\"}],\"else\":[],"
                                + "\"outcome\":\"unknown\"");
        String silent = line(3, "4", TXN + "null,\"revision\":3");
        String text = PUT_A + lost + silent + range(5, "{\"count\":0}", 3);
        Verdict verdict = check(HistoryReader.parse(text));
        Verdict.Valid valid = assertInstanceOf(Verdict.Valid.class, verdict, verdict.toString());
        assertEquals(List.of("revision"), valid.methods(), "no search is needed");
    }

    @Test
    void revokingALeaseRemovesItsKeys() {
        String grant =
                line(
                        1,
                        "2",
                        "\"kind\":\"lease-grant\",\"key\":\"\",\"lease\":7,\"ttl\":9,\"outcome\":\"ok\"");
        String put =
                line(
                        3,
                        "4",
                        put("a", "x")
                                + ",\"lease\":7,\"outcome\":\"ok\",\"result\":null,\"revision\":2");
        String revoke =
                line(
                        5,
                        "6",
                        "\"kind\":\"lease-revoke\",\"key\":\"\",\"lease\":7,\"outcome\":\"ok\",\"revision\":3");
        assertValid(grant, put, revoke, range(7, "{\"count\":0}", 3));
        assertEquals(
                "wrong-value", witness(grant, put, revoke, range(7, "{\"count\":1}", 3)).rule());
        assertValid(grant, put, range(7, "{\"kvs\":[]}", 3));
        assertEquals("wrong-value", witness(grant, put, range(7, "{\"kvs\":[]}", 2)).rule());
        String late =
                line(
                        9,
                        "10",
                        put("b", "x")
                                + ",\"lease\":7,\"outcome\":\"ok\",\"result\":null,\"revision\":4");
        assertEquals("lease-came-back", witness(grant, put, revoke, late).rule());
        String again = grant.replace("\"invoke\":1,\"return\":2", "\"invoke\":7,\"return\":8");
        assertValid(grant, put, revoke, again, late);
        String end =
                revoke.replace("\"invoke\":5,\"return\":6", "\"invoke\":11,\"return\":12")
                        .replace("\"revision\":3", "\"revision\":5");
        assertValid(grant, put, revoke, again, late, end);
        String later = late.replace("\"invoke\":9,\"return\":10", "\"invoke\":13,\"return\":14");
        assertEquals(
                "lease-came-back",
                witness(grant, put, revoke, again, end, later.replace(":4}", ":6}")).rule());
    }

    @Test
    void aLeaseWithoutKeysEndsUnseen() {
        String grant =
                line(
                        1,
                        "2",
                        "\"kind\":\"lease-grant\",\"key\":\"\",\"lease\":7,\"ttl\":9,\"outcome\":\"ok\"");
        String put =
                line(
                        3,
                        "4",
                        put("a", "x")
                                + ",\"lease\":7,\"outcome\":\"ok\",\"result\":null,\"revision\":2");
        String refused =
                "\"kind\":\"lease-revoke\",\"key\":\"\",\"lease\":7,\"outcome\":\"refused\","
                        + "\"error\":\"lease-not-found\",\"revision\":";
        String read = range(9, "{\"count\":0}", 1);
        assertValid(grant, line(5, "6", refused + 1), read);
        String there = range(9, "{\"count\":1}", 2);
        assertEquals("wrong-value", witness(grant, put, line(5, "6", refused + 2), there).rule());
    }

    @Test
    void thePastIsReadUntilItIsCompacted() {
        String second =
                line(3, "4", put("a", "y") + ",\"outcome\":\"ok\",\"result\":null,\"revision\":3");
        String past =
                "\"kind\":\"range\",\"key\":\"a\",\"at\":2,\"outcome\":\"ok\",\"result\":"
                        + "{\"kvs\":[{\"key\":\"a\",\"value\":\"x\"}]},\"revision\":3";
        assertValid(PUT_A, second, line(5, "6", past));
        assertEquals(
                "wrong-value",
                witness(PUT_A, second, line(5, "6", past.replace("\"at\":2", "\"at\":3"))).rule());
        String compact =
                line(
                        5,
                        "6",
                        "\"kind\":\"compact\",\"key\":\"\",\"at\":3,\"outcome\":\"ok\",\"revision\":3");
        assertEquals("compacted-read", witness(PUT_A, second, compact, line(7, "8", past)).rule());
        String refused =
                line(
                        7,
                        "8",
                        "\"kind\":\"range\",\"key\":\"a\",\"at\":2,\"outcome\":\"refused\",\"error\":\"compacted\"");
        assertValid(PUT_A, second, compact, refused);
        assertEquals("not-compacted", witness(PUT_A, second, refused).rule());
    }

    @Test
    void withoutRevisionsSearchDecides() {
        String put = line(1, "2", put("a", "x") + ",\"outcome\":\"ok\",\"result\":null");
        String found = "{\"kvs\":[{\"key\":\"a\",\"value\":\"x\"}]}";
        String range =
                line(
                        3,
                        "4",
                        "\"kind\":\"range\",\"key\":\"a\",\"outcome\":\"ok\",\"result\":" + found);
        Verdict verdict = check(HistoryReader.parse(put + range));
        assertEquals(List.of("jit"), assertInstanceOf(Verdict.Valid.class, verdict).methods());
        assertTrue(check(HistoryReader.parse(put + range.replace("\"x\"", "\"y\""))).isInvalid());
    }
}
