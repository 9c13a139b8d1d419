package dev.whitewater.checker.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.format.HistoryReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.value.Value;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

final class LinearizabilityTest {
    private static final Model<Value> MODEL = Models.casRegister();

    private static void assertJudgedAsByBruteForce(History history) {
        boolean expected = BruteForce.isLinearizable(history, MODEL);
        for (Algorithm algorithm : List.of(Algorithm.AUTO, Algorithm.JIT, Algorithm.WGL)) {
            Options options = Options.DEFAULT.with(algorithm).explaining();
            Verdict verdict = Linearizability.check(history, MODEL, options);
            String told = algorithm + " on " + history.operations();
            assertEquals(expected, verdict.isValid(), told);
            switch (verdict) {
                case Verdict.Valid valid -> assertExplains(history, valid, told);
                case Verdict.Invalid invalid -> assertProves(history, invalid.witness(), told);
                case Verdict.Unknown unknown -> throw new AssertionError(unknown);
            }
        }
    }

    private static void assertExplains(History history, Verdict.Valid valid, String told) {
        if (valid.orders().isEmpty()) {
            return;
        }
        List<Integer> order = valid.orders().getFirst().operations();
        assertTrue(BruteForce.isExplanation(history, MODEL, order), told + " by " + order);
        long answered = IntStream.range(0, history.size()).filter(i -> history.isOk(i)).count();
        long ordered = order.stream().filter(history::isOk).distinct().count();
        assertEquals(answered, ordered, told + " by " + order);
    }

    private static void assertProves(History history, Witness witness, String told) {
        History few = History.of(witness.operations());
        assertFalse(BruteForce.isLinearizable(few, MODEL), told + " by " + witness);
        assertFalse(witness.sentence().isBlank(), told);
        assertTrue(BruteForce.isExplanation(history, MODEL, witness.prefix()), told + witness);
    }

    @Property(tries = 2000)
    void everyAlgorithmAgreesWithBruteForceOnMadeUpAnswers(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int size) {
        RandomHistories histories = new RandomHistories(new Random(seed), 1 + size % 3);
        assertJudgedAsByBruteForce(histories.arbitrary(size, 4 + size));
    }

    @Property(tries = 2000)
    void honestHistoriesAreValid(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int size) {
        RandomHistories histories = new RandomHistories(new Random(seed), 1 + size % 4);
        History history = histories.honest(size, 2 * size);
        assertTrue(
                Linearizability.check(history, MODEL).isValid(), history.operations().toString());
        assertJudgedAsByBruteForce(history);
    }

    @Property(tries = 1000)
    void oneWrongAnswerIsJudgedAsByBruteForce(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int size) {
        Random random = new Random(seed);
        History history = new RandomHistories(random, 3).honest(size, 2 * size);
        if (history.size() == 0) {
            return;
        }
        int victim = random.nextInt(history.size());
        List<Operation> corrupted =
                history.operations().stream()
                        .map(o -> o.id() == victim ? corrupted(o, random) : o)
                        .toList();
        assertJudgedAsByBruteForce(History.of(corrupted));
    }

    @Property(tries = 3000)
    void uniqueWritesAreJudgedAsByBruteForce(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int size) {
        History made = RandomHistories.unique(new Random(seed)).arbitrary(size, 4 + size);
        assertJudgedAsByBruteForce(made);
        assertDecidedByZones(made);
    }

    @Property(tries = 3000)
    void honestUniqueWritesAndOneWrongAnswerAreJudgedAsByBruteForce(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 9) int size) {
        Random random = new Random(seed);
        History history = RandomHistories.unique(random).honest(size, 2 * size);
        assertJudgedAsByBruteForce(history);
        assertTrue(Linearizability.check(history, MODEL).isValid());
        assertDecidedByZones(history);
        if (history.size() > 0) {
            int victim = random.nextInt(history.size());
            assertJudgedAsByBruteForce(
                    History.of(
                            history.operations().stream()
                                    .map(o -> o.id() == victim ? corrupted(o, random) : o)
                                    .toList()));
        }
    }

    /** Fails if the cheapest method stopped being used, for verdicts wouldn't tell. */
    private static void assertDecidedByZones(History history) {
        Verdict verdict = Linearizability.check(history, MODEL);
        List<String> methods =
                switch (verdict) {
                    case Verdict.Valid valid -> valid.methods();
                    case Verdict.Invalid invalid -> invalid.methods();
                    case Verdict.Unknown unknown -> List.of(unknown.reason());
                };
        assertTrue(
                history.size() == 0 || methods.equals(List.of("zones")),
                () -> methods + " on " + history.operations());
    }

    private static Operation corrupted(Operation operation, Random random) {
        Value other = Value.of(random.nextInt(4));
        return switch (operation.function()) {
            case "read" ->
                    new Operation(
                            operation.id(),
                            operation.client(),
                            operation.action(),
                            new dev.whitewater.checker.history.Answer(
                                    operation.outcome(), other, 0),
                            operation.interval());
            default ->
                    new Operation(
                            operation.id(),
                            operation.client(),
                            new dev.whitewater.checker.history.Action("write", Value.NIL, other),
                            operation.answer(),
                            operation.interval());
        };
    }

    private static Witness witnessOf(String edn) {
        Verdict verdict = Linearizability.check(HistoryReader.parse(edn), MODEL);
        return assertInstanceOf(Verdict.Invalid.class, verdict, verdict.toString()).witness();
    }

    @Test
    void aReadOfWhatNobodyWroteIsNamed() {
        Witness witness =
                witnessOf(
                        """
                        {:process 0, :type :invoke, :f :write, :value 1}
                        {:process 0, :type :ok, :f :write, :value 1}
                        {:process 1, :type :invoke, :f :read, :value nil}
                        {:process 1, :type :ok, :f :read, :value 7}
                        """);
        assertEquals("read-of-nothing", witness.rule());
        assertEquals("read() → 7 of client 1 saw 7, which nobody ever wrote.", witness.sentence());
        assertEquals(1, witness.stuckAt());
        assertEquals(List.of(0), witness.prefix());
    }

    @Test
    void aReadFromTheFutureIsNamed() {
        Witness witness =
                witnessOf(
                        """
                        {:process 1, :type :invoke, :f :read, :value nil}
                        {:process 1, :type :ok, :f :read, :value 1}
                        {:process 0, :type :invoke, :f :write, :value 1}
                        {:process 0, :type :ok, :f :write, :value 1}
                        """);
        assertEquals(
                "read() → 1 of client 1 saw 1, but had returned before write(1) → 1 of client 0"
                        + " was called, the first to write it.",
                witness.sentence());
    }

    @Test
    void aStaleReadIsProvedByThreeOperations() {
        Witness witness =
                witnessOf(
                        """
                        {:process 0, :type :invoke, :f :write, :value 1}
                        {:process 5, :type :invoke, :f :write, :value 9}
                        {:process 0, :type :ok, :f :write, :value 1}
                        {:process 0, :type :invoke, :f :write, :value 2}
                        {:process 0, :type :ok, :f :write, :value 2}
                        {:process 1, :type :invoke, :f :read, :value nil}
                        {:process 1, :type :ok, :f :read, :value 1}
                        """);
        assertEquals("stale-read", witness.rule());
        assertEquals(List.of(0, 2, 3), witness.operations().stream().map(Operation::id).toList());
    }

    @Test
    void readsThatGoBackAreNamed() {
        Witness witness =
                witnessOf(
                        """
                        {:process 0, :type :invoke, :f :write, :value 1}
                        {:process 0, :type :ok, :f :write, :value 1}
                        {:process 0, :type :invoke, :f :write, :value 2}
                        {:process 1, :type :invoke, :f :read, :value nil}
                        {:process 1, :type :ok, :f :read, :value 2}
                        {:process 1, :type :invoke, :f :read, :value nil}
                        {:process 1, :type :ok, :f :read, :value 1}
                        {:process 0, :type :ok, :f :write, :value 2}
                        """);
        assertEquals("reads-go-back", witness.rule());
        assertEquals(4, witness.operations().size());
    }

    @Test
    void anUnansweredWriteMayTakeEffectLateOrNever() {
        String write =
                """
                {:process 0, :type :invoke, :f :write, :value 1}
                {:process 0, :type :info, :f :write, :value 1}
                """;
        String nil = "{:process 1, :type :invoke, :f :read}{:process 1, :type :ok, :f :read}\n";
        String one =
                "{:process 1, :type :invoke, :f :read}"
                        + "{:process 1, :type :ok, :f :read, :value 1}\n";
        Model<Value> model = Models.register(Value.NIL);
        assertTrue(Linearizability.check(HistoryReader.parse(write + nil + one), model).isValid());
        assertTrue(Linearizability.check(HistoryReader.parse(write + nil + nil), model).isValid());
        assertFalse(Linearizability.check(HistoryReader.parse(write + one + nil), model).isValid());
    }

    @Test
    void keysAreJudgedApart() {
        String edn =
                """
                {:process 0, :type :invoke, :f :put, :key "a", :value "x"}
                {:process 0, :type :ok, :f :put, :key "a", :value "x"}
                {:process 0, :type :invoke, :f :append, :key "a", :value "y"}
                {:process 0, :type :ok, :f :append, :key "a", :value "y"}
                {:process 0, :type :invoke, :f :get, :key "b"}
                {:process 0, :type :ok, :f :get, :key "b", :value ""}
                {:process 0, :type :invoke, :f :get, :key "a"}
                {:process 0, :type :ok, :f :get, :key "a", :value "xy"}
                """;
        assertTrue(Linearizability.check(HistoryReader.parse(edn), Models.kv()).isValid());
        Verdict bad =
                Linearizability.check(
                        HistoryReader.parse(edn.replace("\"xy\"", "\"yx\"")), Models.kv());
        Witness witness = assertInstanceOf(Verdict.Invalid.class, bad).witness();
        assertEquals(Value.text("a"), witness.partition());
        assertEquals("read-of-nothing", witness.rule(), witness.sentence());
        assertEquals(1, witness.operations().size());
    }
}
