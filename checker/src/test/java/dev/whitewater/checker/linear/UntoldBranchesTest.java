package dev.whitewater.checker.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.Answer;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.runner.GeneratedEtcd;
import dev.whitewater.checker.value.Value;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Transactions that were answered with a revision, but not with the way that they took. */
final class UntoldBranchesTest {
    private static List<Operation> operations(GeneratedEtcd.Shape shape, long seed) {
        History history = HistoryReader.read(ByteSource.of(new GeneratedEtcd(shape, seed).jsonl()));
        return new ArrayList<>(history.operations());
    }

    private static History hushed(List<Operation> operations, Random random, int perMille) {
        for (int i = 0; i < operations.size(); i++) {
            Operation was = operations.get(i);
            if (was.isOk() && was.function().equals("txn") && random.nextInt(1000) < perMille) {
                operations.set(i, answering(was, Value.NIL, was.answer().revision()));
            }
        }
        return History.of(operations);
    }

    private static Operation answering(Operation was, Value value, long revision) {
        Answer answer = new Answer(was.outcome(), value, revision);
        return new Operation(was.id(), was.client(), was.action(), answer, was.interval());
    }

    private static Verdict ofHonest(long seed, boolean full) {
        GeneratedEtcd.Shape shape = new GeneratedEtcd.Shape(400, 4, 4, 50, full);
        History history = hushed(operations(shape, seed), new Random(seed), 150);
        return Linearizability.check(history, Models.etcdKv());
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void makeNoHonestHistoryInvalid(@ForAll long seed, @ForAll boolean full) {
        Verdict verdict = ofHonest(seed, full);
        assertFalse(verdict.isInvalid(), () -> verdict + " of seed " + seed);
    }

    /** Three of four had been left open: what such a transaction didn't change was forgotten. */
    @Test
    void leaveHistoriesDecidedWhereOthersWereNotAnswered() {
        for (long seed = 1; seed <= 12; seed++) {
            Verdict verdict = ofHonest(seed, seed % 2 == 0);
            assertTrue(verdict.isValid(), verdict + " of seed " + seed);
        }
    }

    private static String line(int client, String transaction) {
        return "{\"client\":"
                + client
                + ",\"invoke\":5,\"return\":9,\"kind\":\"txn\",\"key\":\"\","
                + transaction
                + ",\"outcome\":\"ok\",\"result\":null,\"revision\":3}\n";
    }

    /** The first finds nothing to do before the second, but would after it. */
    @Test
    void isNotTakenForIdleBeforeTheMakerOfItsRevision() {
        String put = "\"kind\":\"put\",\"key\":\"%s\",\"value\":\"1\"";
        String written =
                "{\"client\":0,\"invoke\":1,\"return\":2,"
                        + put.formatted("a")
                        + ",\"outcome\":\"ok\",\"result\":null,\"revision\":2}\n";
        String absent = "\"compare\":[{\"key\":\"a\",\"target\":\"mod\",\"is\":\"=\",\"to\":0}],";
        String idle = absent + "\"then\":[{" + put.formatted("b") + "}],\"else\":[]";
        String removal =
                "\"compare\":[],\"then\":[{\"kind\":\"delete\",\"key\":\"a\"},{"
                        + put.formatted("c")
                        + "}],\"else\":[]";
        History wrong = HistoryReader.parse(written + line(1, idle) + line(2, removal));
        assertTrue(Linearizability.check(wrong, Models.etcdKv()).isInvalid());
        String grant =
                "{\"client\":3,\"invoke\":0,\"return\":1,\"kind\":\"lease-grant\",\"key\":\"\","
                        + "\"lease\":7,\"outcome\":\"ok\",\"result\":null}\n";
        History leased = HistoryReader.parse(grant + written + line(1, idle) + line(2, removal));
        assertFalse(Linearizability.check(leased, Models.etcdKv()).isValid());
        String other = idle.replace("\"key\":\"a\",\"target", "\"key\":\"c\",\"target");
        for (String text :
                List.of(
                        written + line(1, other) + line(2, removal),
                        written + line(1, removal) + line(2, other))) {
            Verdict verdict = Linearizability.check(HistoryReader.parse(text), Models.etcdKv());
            assertTrue(verdict.isValid(), verdict::toString);
        }
    }

    /** Only if the second made the revision that both tell does the first find nothing any more. */
    @Test
    void whoRemovedIsFoundWhereOnlyTheWayIsTold() {
        String put = "\"kind\":\"put\",\"key\":\"%s\",\"value\":\"1\"";
        String written =
                "{\"client\":0,\"invoke\":1,\"return\":2,\"kind\":\"txn\",\"key\":\"\",\"compare\":[],"
                    + "\"then\":[{"
                        + put.formatted("a")
                        + "},{"
                        + put.formatted("b")
                        + "}],\"else\":[],\"outcome\":\"ok\",\"result\":null,\"revision\":2}\n";
        String removal =
                "\"compare\":[],\"then\":[{\"kind\":\"delete\",\"key\":\"a\"%s}],\"else\":[]";
        String both = removal.formatted(",\"end\":\"c\"");
        for (String text :
                List.of(
                        written + line(1, removal.formatted("")) + line(2, both),
                        written + line(1, both) + line(2, removal.formatted("")))) {
            History history =
                    HistoryReader.parse(
                            text.replace("\"result\":null", "\"result\":{\"succeeded\":true}"));
            Verdict verdict = Linearizability.check(history, Models.etcdKv());
            assertTrue(verdict.isValid(), verdict::toString);
        }
    }

    /** One answer has another revision, or another's value. */
    @Property(tries = 1000)
    void areJudgedAsByBruteForce(@ForAll long seed, @ForAll boolean full) {
        Random random = new Random(seed);
        GeneratedEtcd.Shape shape = new GeneratedEtcd.Shape(7, 2, 3, random.nextInt(3) * 150, full);
        List<Operation> operations = operations(shape, seed);
        if (random.nextInt(4) > 0) {
            int victim = random.nextInt(operations.size());
            Operation was = operations.get(victim);
            Operation other = operations.get(random.nextInt(operations.size()));
            long revision = was.answer().revision();
            if (was.isOk() && revision > 1 && random.nextBoolean()) {
                operations.set(
                        victim, answering(was, was.output(), revision + random.nextInt(3) - 1));
            } else if (was.isOk() && other.function().equals(was.function())) {
                operations.set(victim, answering(was, other.output(), revision));
            }
        }
        History history = hushed(operations, random, 700);
        if (!EtcdByBruteForce.canJudge(history)) {
            return;
        }
        boolean valid = EtcdByBruteForce.isLinearizableAlsoByRevision(history);
        Verdict verdict = Linearizability.check(history, Models.etcdKv());
        assertEquals(valid, verdict.isValid(), () -> verdict + " on " + operations);
        assertEquals(!valid, verdict.isInvalid(), () -> verdict + " on " + operations);
    }
}
