package dev.whitewater.checker.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.Action;
import dev.whitewater.checker.history.Answer;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Interval;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.history.Outcome;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.model.Step;
import dev.whitewater.checker.value.Value;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Small histories of every model, honest ones, ones with one operation spoiled and ones whose
 * answers are made up, with duplicated values and unanswered operations: all algorithms judge them
 * as brute force does.
 */
final class EveryModelTest {
    private static final Value KEY = Value.text("k");

    /** A model, the calls that are drawn for it, and the answers that each may have. */
    enum Subject {
        REGISTER,
        CAS_REGISTER,
        MULTI_REGISTER,
        KV,
        APPENDS,
        ETCD_KV,
        COUNTER,
        SET,
        FIFO_QUEUE,
        QUEUE,
        MUTEX,
        FENCED_MUTEX;

        private Model<?> model() {
            return switch (this) {
                case REGISTER -> Models.register(Value.NIL);
                case CAS_REGISTER -> Models.casRegister();
                case MULTI_REGISTER -> Models.multiRegister(Value.NIL);
                case KV -> Models.kv();
                case APPENDS -> Models.kv();
                case ETCD_KV -> Models.etcdKv();
                case COUNTER -> Models.linearizableCounter();
                case SET -> Models.linearizableSet();
                case FIFO_QUEUE -> Models.fifoQueue();
                case QUEUE -> Models.queue();
                case MUTEX -> Models.mutex();
                case FENCED_MUTEX -> Models.fencedMutex();
            };
        }
    }

    /** Draws operations of one subject. */
    private record Draw(Subject subject, Random random, List<String> written) {
        Draw(Subject subject, Random random) {
            this(subject, random, new ArrayList<>());
        }

        private Value number() {
            return Value.of(1 + random.nextInt(3));
        }

        private Value text() {
            // Mostly a value of its own; now and then one that was written before.
            if (written.isEmpty() || random.nextInt(8) > 0) {
                written.add("" + (char) ('a' + written.size()));
                return Value.text(written.getLast());
            }
            return Value.text(written.get(random.nextInt(written.size())));
        }

        private static Value step(String f, Value key, Value value) {
            return Value.sequence(Value.keyword(f), key, value);
        }

        Action call() {
            int kind = random.nextInt(6);
            return switch (subject) {
                case REGISTER -> kind < 3 ? asks("read") : new Action("write", KEY, number());
                case CAS_REGISTER ->
                        kind < 2
                                ? asks("read")
                                : kind < 4
                                        ? new Action("write", KEY, number())
                                        : new Action(
                                                "cas", KEY, Value.sequence(number(), number()));
                case MULTI_REGISTER -> {
                    Value read = step("r", number(), Value.NIL);
                    Value write = step("w", number(), number());
                    yield new Action(
                            "txn",
                            Value.NIL,
                            kind < 2
                                    ? Value.sequence(read)
                                    : kind < 4
                                            ? Value.sequence(write)
                                            : Value.sequence(read, write));
                }
                case KV ->
                        kind < 3
                                ? asks("get")
                                : new Action(kind < 5 ? "put" : "append", KEY, number());
                case APPENDS ->
                        kind < 3
                                ? asks("get")
                                : new Action(kind == 3 ? "put" : "append", KEY, text());
                case ETCD_KV ->
                        kind < 2
                                ? asks("get")
                                : kind < 4
                                        ? new Action("put", KEY, number())
                                        : kind < 5
                                                ? asks("delete")
                                                : new Action(
                                                        "cas",
                                                        KEY,
                                                        Value.sequence(number(), number()));
                case COUNTER -> kind < 3 ? asks("read") : new Action("add", KEY, number());
                case SET ->
                        kind < 3
                                ? asks("read")
                                : new Action(kind < 5 ? "add" : "remove", KEY, number());
                case FIFO_QUEUE, QUEUE ->
                        kind < 3 ? new Action("enqueue", KEY, number()) : asks("dequeue");
                case MUTEX, FENCED_MUTEX -> asks(kind < 3 ? "acquire" : "release");
            };
        }

        private static Action asks(String function) {
            return new Action(function, KEY, Value.NIL);
        }

        /** Answers worth trying, in random order. */
        List<Value> answers(Action action) {
            List<Value> all = new ArrayList<>();
            all.add(Value.NIL);
            for (int i = 0; i < 4; i++) {
                all.add(Value.of(i));
            }
            switch (subject) {
                case MULTI_REGISTER -> {
                    all.clear();
                    for (int i = 0; i < 4; i++) {
                        Value seen = i == 0 ? Value.NIL : Value.of(i);
                        all.add(answered(action, seen));
                    }
                }
                case KV, APPENDS -> texts(all);
                case ETCD_KV -> {
                    all.add(new Value.Bool(true));
                    all.add(new Value.Bool(false));
                }
                case COUNTER -> {
                    for (int i = 4; i < 20; i++) {
                        all.add(Value.of(i));
                    }
                }
                case SET -> subsets(all);
                default -> {
                    // numbers will do
                }
            }
            java.util.Collections.shuffle(all, random);
            return all;
        }

        private static Value answered(Action action, Value seen) {
            List<Value> steps = new ArrayList<>();
            for (Value one : action.argument().elements()) {
                List<Value> parts = one.elements();
                boolean reads = parts.getFirst().isNamed("r");
                steps.add(reads ? step("r", parts.get(1), seen) : one);
            }
            return new Value.Sequence(steps);
        }

        private void texts(List<Value> all) {
            all.clear();
            all.add(Value.text(""));
            List<String> parts = subject == Subject.KV ? List.of("1", "2", "3") : written;
            for (String one : parts) {
                all.add(Value.text(one));
                for (String two : parts) {
                    all.add(Value.text(one + two));
                    for (String three : parts) {
                        all.add(Value.text(one + two + three));
                    }
                }
            }
        }

        private static void subsets(List<Value> all) {
            all.clear();
            for (int bits = 0; bits < 8; bits++) {
                List<Value> items = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    if ((bits >> i & 1) == 1) {
                        items.add(Value.of(i + 1));
                    }
                }
                all.add(new Value.Sequence(items));
            }
        }

        /** Operations that take effect one after the other, each inside its interval. */
        <S> History honest(Model<S> model, int size) {
            List<long[]> spans = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                long call = random.nextInt(2 * size);
                long end = call + random.nextInt(size);
                spans.add(new long[] {call, end, call + random.nextLong(end - call + 1)});
            }
            spans.sort(Comparator.comparingLong(span -> span[2]));
            S state = model.initial();
            List<Operation> operations = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Action action = call();
                Interval interval = new Interval(spans.get(i)[0], spans.get(i)[1]);
                for (Value answer : answers(action)) {
                    Operation tried =
                            new Operation(i, Value.of(i), action, Answer.ok(answer), interval);
                    if (model.step(state, tried) instanceof Step.Next<S>(S after)) {
                        operations.add(random.nextInt(6) == 0 ? lost(tried) : tried);
                        state = after;
                        break;
                    }
                }
            }
            return History.of(operations);
        }

        private static Operation lost(Operation operation) {
            return new Operation(
                    operation.id(),
                    operation.client(),
                    operation.action(),
                    Answer.NONE,
                    Interval.openSince(operation.interval().invoke()));
        }

        /** The same with one answer, or one interval, that is another. */
        History spoiled(History history) {
            if (history.size() == 0) {
                return history;
            }
            int victim = random.nextInt(history.size());
            List<Operation> operations = new ArrayList<>(history.operations());
            Operation was = operations.get(victim);
            boolean moved = !was.isOk() || random.nextInt(4) == 0;
            long call = random.nextInt(2 * history.size());
            Interval interval = moved ? new Interval(call, call + 1) : was.interval();
            Answer answer =
                    moved && was.isOk()
                            ? was.answer()
                            : Answer.ok(answers(was.action()).getFirst());
            operations.set(
                    victim, new Operation(victim, was.client(), was.action(), answer, interval));
            return History.of(operations);
        }

        History madeUp(int size) {
            List<Operation> operations = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Action action = call();
                long call = random.nextInt(2 * size);
                Interval interval = new Interval(call, call + random.nextInt(size));
                Answer answer = Answer.ok(answers(action).getFirst());
                Operation made = new Operation(i, Value.of(i), action, answer, interval);
                operations.add(random.nextInt(6) == 0 ? lost(made) : made);
            }
            return History.of(operations);
        }
    }

    @Property(tries = 3000)
    void honestHistoriesAreValidAndSpoiledOnesJudgedAsByBruteForce(
            @ForAll Subject subject, @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int n) {
        Draw draw = new Draw(subject, new Random(seed));
        History history = draw.honest(subject.model(), n);
        assertTrue(judged(history, subject.model()), () -> subject + " " + history.operations());
        judged(draw.spoiled(history), subject.model());
    }

    @Property(tries = 3000)
    void madeUpHistoriesAreJudgedAsByBruteForce(
            @ForAll Subject subject, @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n) {
        judged(new Draw(subject, new Random(seed)).madeUp(n), subject.model());
    }

    @Test
    void appendsNeedNoSearch() {
        StringBuilder edn = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append("<").append(i).append('>');
            String key = ", :key 0, :value \"";
            edn.append("{:process 0, :type :invoke, :f :append" + key + "<" + i + ">\"}");
            edn.append("{:process 0, :type :ok, :f :append" + key + "<" + i + ">\"}");
            edn.append("{:process 1, :type :invoke, :f :get, :key 0}");
            edn.append("{:process 1, :type :ok, :f :get" + key + text + "\"}");
        }
        History right = HistoryReader.parse(edn.toString());
        Verdict valid = Linearizability.check(right, Models.kv());
        assertEquals(new Verdict.Valid(List.of("zones"), List.of()), valid);
        History wrong = HistoryReader.parse(edn.toString().replace("<7><8><9><10>\"", "<7><8>\""));
        Verdict.Invalid invalid =
                assertInstanceOf(Verdict.Invalid.class, Linearizability.check(wrong, Models.kv()));
        assertEquals(List.of("zones"), invalid.methods());
        assertTrue(
                invalid.witness().sentence().contains("had returned before"), invalid.toString());
    }

    private static boolean judged(History history, Model<?> model) {
        boolean expected = BruteForce.isLinearizable(history, model);
        for (Algorithm algorithm : List.of(Algorithm.AUTO, Algorithm.JIT, Algorithm.WGL)) {
            Options options = Options.DEFAULT.with(algorithm).explaining();
            Verdict verdict = Linearizability.check(history, model, options);
            String told = algorithm + " on " + history.operations() + ": " + verdict;
            assertFalse(verdict instanceof Verdict.Unknown, told);
            assertEquals(expected, verdict.isValid(), told);
            switch (verdict) {
                case Verdict.Valid valid -> {
                    for (Order order : valid.orders()) {
                        assertExplains(history, model, order.operations(), told);
                    }
                }
                case Verdict.Invalid invalid -> {
                    List<Integer> prefix = invalid.witness().prefix();
                    assertTrue(BruteForce.isExplanation(history, model, prefix), told);
                    assertFalse(invalid.witness().sentence().isBlank(), told);
                }
                case Verdict.Unknown unknown -> throw new AssertionError(unknown);
            }
        }
        return expected;
    }

    private static void assertExplains(
            History history, Model<?> model, List<Integer> order, String told) {
        assertTrue(BruteForce.isExplanation(history, model, order), told);
        for (int op = 0; op < history.size(); op++) {
            boolean silent = model.readOnly(history.operation(op));
            assertTrue(
                    history.outcome(op) != Outcome.OK || silent || order.contains(op),
                    told + " leaves out " + op);
        }
    }
}
