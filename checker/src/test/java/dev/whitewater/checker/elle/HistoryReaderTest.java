package dev.whitewater.checker.elle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.elle.sim.BuilderSink;
import dev.whitewater.checker.elle.sim.EdnSink;
import dev.whitewater.checker.elle.sim.Isolation;
import dev.whitewater.checker.elle.sim.SimulatedDatabase;
import dev.whitewater.checker.elle.sim.SimulationPlan;
import dev.whitewater.checker.format.FileHead;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;

class HistoryReaderTest {
    private static final String LINES =
            """
            {:index 4, :process 0, :time 1, :type :invoke, :f :txn, :value [[:append :x 1] [:r "y" nil]]}
            {:type :info, :process :nemesis, :f :kill, :value {:n1 [1 2]}}
            {:value ([:append :x 1] [:r "y" [3 -4 :z]]), :type :ok, :process 0, :index 9}
            """;

    @Test
    void theMarkThatSomeEditorsPutBeforeATextIsNoPartOfIt() {
        byte[] text = "\uFEFF{:type :ok, :value 5}".getBytes(StandardCharsets.UTF_8);
        FileHead head = FileHead.of(ByteSource.of(text));
        assertEquals("{:type :ok, :value 5}", head.start());
    }

    @Test
    void ednLinesBecomeTransactions() {
        TransactionHistory history = edn(LINES, Workload.LIST_APPEND);
        assertEquals(1, history.size());
        assertEquals(
                "{:index 9, :invoked 4, :process 0, :type :ok, "
                        + ":value [[:append :x 1] [:r \"y\" [3 -4 :z]]]}",
                history.describe(0));
    }

    @Test
    void vectorOfMapsReadsLikeLines() {
        TransactionHistory history = edn("[" + LINES + "]", Workload.LIST_APPEND);
        assertEquals(edn(LINES, Workload.LIST_APPEND).describe(0), history.describe(0));
    }

    @Test
    void jsonReadsLikeEdn() {
        String json =
                """
                [{"index":0,"type":"invoke","process":3,"f":"txn","value":[["r",9,null],["w",8,1]]},
                 {"index":1,"type":"ok","process":3,"f":"txn","value":[["r",9,5],["w",8,1]]}]
                """;
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        TransactionHistory history = HistoryReader.json(ByteSource.of(bytes), Workload.RW_REGISTER);
        assertEquals(
                "{:index 1, :invoked 0, :process 3, :type :ok, :value [[:r 9 5] [:w 8 1]]}",
                history.describe(0));
    }

    @Test
    void linesOfARunFolderTellTheTransactionsThatTheyCarriedOut() {
        String lines =
                """
                {"op":0,"client":3,"invoke":5,"return":9,"kind":"txn","key":"","outcome":"ok","result":{"succeeded":true},"transaction":[["append","x",1],["r","y",[7]]]}
                {"op":1,"client":4,"invoke":6,"return":8,"kind":"put","key":"a","value":"b","outcome":"ok","result":null}
                {"op":2,"client":4,"invoke":7,"return":null,"kind":"txn","key":"","outcome":"unknown","transaction":[["append","y",7]]}
                {"op":3,"client":5,"invoke":7,"return":8,"kind":"txn","key":"","outcome":"ok","result":{"succeeded":false},"transaction":[["append","x",2]]}
                """;
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        TransactionHistory history =
                HistoryReader.runFolder(ByteSource.of(bytes), Workload.LIST_APPEND);
        assertEquals(3, history.size());
        assertEquals(
                "{:index 3, :invoked 2, :process 5, :type :fail, :value [[:append \"x\" 2]]}",
                history.describe(0));
        assertEquals(
                "{:index 4, :invoked 0, :process 3, :type :ok, "
                        + ":value [[:append \"x\" 1] [:r \"y\" [7]]]}",
                history.describe(1));
    }

    @Test
    void readWithoutValueIsOfTheInitialState() {
        TransactionHistory history =
                edn("{:type :ok :process 0 :value [[:r :x] [:append :y 1]]}", Workload.LIST_APPEND);
        assertEquals(
                "{:index 0, :process 0, :type :ok, :value [[:r :x []] [:append :y 1]]}",
                history.describe(0));
    }

    @Test
    void keysAndElementsMayBeAnything() {
        TransactionHistory lists =
                edn(
                        "#history.Op{:process 0, :type :ok, :time #inst \"2026\", :value #txn"
                            + " [[:append [:a 1] {:b 2}] (:r \"k\" #v ([1 2] #{3} nil 1.5 \\c))]}",
                        Workload.LIST_APPEND);
        assertEquals(
                "[[:append [:a 1] {:b 2}], [:r \"k\" [[1 2] #{3} nil 1.5 \\c]]]",
                lists.describeOperations(0).toString());
        TransactionHistory registers =
                edn(
                        "{:process 0 :type :ok :value [[:w x [1 2]] [:r x {:a 1}]]}",
                        Workload.RW_REGISTER);
        assertEquals("[[:w x [1 2]], [:r x {:a 1}]]", registers.describeOperations(0).toString());
    }

    @Test
    void transactionsOfNobodyHaveProcessesOfTheirOwnAndOthersThanClientsArePassedOver() {
        TransactionHistory history =
                edn(
                        """
                        {:type :info, :process :nemesis, :f :start, :value [[:cut "n1"]]}
                        {:type :invoke, :value [[:append 1 1]]}
                        {:type :info, :process nil, :value nil}
                        {:type :ok, :process "admin", :value 7}
                        """,
                        Workload.LIST_APPEND);
        assertEquals(1, history.size());
        assertEquals(
                "{:index 1, :invoked 0, :type :info, :value [[:append 1 1]]}", history.describe(0));
    }

    /** Taken in the order of their calls, the second would have begun before the first. */
    @Test
    void answersOfNobodyBelongToTheCallWithTheSameOperations() {
        TransactionHistory history =
                edn(
                        """
                        {:type :invoke, :value [[:append :x 1] [:r :y nil]]}
                        {:type :invoke, :value [[:append :x 2]]}
                        {:type :ok, :value [[:append :x 2]]}
                        {:type :ok, :value [[:append :x 1] [:r :y [3]]]}
                        """,
                        Workload.LIST_APPEND);
        assertEquals(
                "{:index 2, :invoked 1, :type :ok, :value [[:append :x 2]]}", history.describe(0));
        assertEquals(0, history.invoked(1));
    }

    @Test
    void workloadIsGuessedFromWhatIsWritten() {
        assertEquals(Workload.LIST_APPEND, guess("{:value [[:r x nil] [:append x 1]]}"));
        assertEquals(Workload.RW_REGISTER, guess("{:value [[:r x nil] [:w x 1]]}"));
        assertEquals(Workload.RW_REGISTER, guess("{\"value\": [[ \"w\", 3, 1]]}"));
        assertEquals(Workload.LIST_APPEND, guess("{:value [[:r x nil]]}"));
    }

    private static Workload guess(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HistoryReader.guess(FileHead.of(ByteSource.of(bytes)));
    }

    @Test
    void errorsSayWhereAndWhatWasExpected() {
        HistoryFormatException scalar =
                assertThrows(
                        HistoryFormatException.class,
                        () ->
                                edn(
                                        "{:type :ok :process 0\n :value [[:append :x 1] 7]}",
                                        Workload.LIST_APPEND));
        assertEquals(2, scalar.line());
        assertEquals("a list of [f key value] operations", scalar.expected());
        HistoryFormatException operation =
                assertThrows(
                        HistoryFormatException.class,
                        () ->
                                edn(
                                        "{:type :ok :process 0 :value [[:cas :x [1 2]]]}",
                                        Workload.RW_REGISTER));
        assertEquals(":r or :w", operation.expected());
        HistoryFormatException type =
                assertThrows(
                        HistoryFormatException.class,
                        () -> edn("{:process 0 :value [[:r :x 1]]}", Workload.RW_REGISTER));
        assertEquals("a :type of :invoke, :ok, :fail or :info", type.expected());
    }

    /** Texts of a file hold what they like; the sentence about them stays on one line. */
    @Test
    void errorsStayOnOneLine() {
        String line =
                """
                {"op":0,"client":3,"invoke":5,"return":9,"kind":"txn","key":"","outcome":"ok\\r\\n\\u2028 é","transaction":[]}
                """;
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        HistoryFormatException error =
                assertThrows(
                        HistoryFormatException.class,
                        () -> HistoryReader.runFolder(ByteSource.of(bytes), Workload.LIST_APPEND));
        assertEquals(
                "1:1: expected \"outcome\" to be ok, refused or unknown,"
                        + " got \"ok\\u000d\\n\\u2028 é\"",
                error.getMessage());
        assertEquals("\"ok\\u000d\\n\\u2028 é\"", error.got());
    }

    /** As Elle takes it: a process may be a connection that has several transactions under way. */
    @Test
    void transactionsThatAProcessHasOpenEndInTheOrderTheyBegan() {
        TransactionHistory history =
                edn(
                        """
                        {:type :invoke :process 0 :value [[:append :x 1]]}
                        {:type :invoke :process 0 :value [[:append :x 2]]}
                        {:type :ok :process 0 :value [[:append :x 1]]}
                        {:type :ok :process 0}
                        """,
                        Workload.LIST_APPEND);
        assertEquals(2, history.size());
        assertEquals(
                "{:index 2, :invoked 0, :process 0, :type :ok, :value [[:append :x 1]]}",
                history.describe(0));
        assertEquals(
                "{:index 3, :invoked 1, :process 0, :type :ok, :value [[:append :x 2]]}",
                history.describe(1));
    }

    @Test
    void nothingIsPassedOverThatIsSaidTwiceOrHalf() {
        String begin = "{:type :invoke :process 0 :value [[:append :x 1]]}\n";
        String number = "a process, that is a number of 64 bits or a name";
        refused(begin.replace("0", "99999999999999999999"), 1, number);
        refused(begin.replace("0", "[0]"), 1, number);
        refused(begin.replace("0", "0.5"), 1, number);
        refused(begin.replace("0", "0 :process 1"), 1, "every key of an event once");
        refused(begin.replace("0", "0 :index -2"), 1, "an :index, that is a number from 0");
        refused(begin.replace("0", "0 :index :a"), 1, "an :index, that is a number from 0");
        refused(begin.replace("0", "0 :revision :a"), 1, "a :revision, that is a number");
        refused(begin.replace(":x 1", ":x"), 1, "what to write");
        refused(begin.replace(":x 1", ":x 1 2"), 1, "the end of an [f key value] operation");
        assertEquals(0, edn(begin.replace("0", ":nemesis"), Workload.LIST_APPEND).size());
    }

    private static void refused(String text, int line, String expected) {
        HistoryFormatException error =
                assertThrows(
                        HistoryFormatException.class, () -> edn(text, Workload.LIST_APPEND), text);
        assertEquals(expected, error.expected());
        assertEquals(line, error.line());
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void writtenHistoriesReadAsTheyWere(Workload workload) {
        SimulationPlan plan = SimulationPlan.crowded(200);
        StringBuilder text = new StringBuilder();
        SimulatedDatabase.run(plan, Isolation.READ_UNCOMMITTED, 5, new EdnSink(workload, text));
        BuilderSink sink = new BuilderSink(workload);
        SimulatedDatabase.run(plan, Isolation.READ_UNCOMMITTED, 5, sink);
        TransactionHistory expected = sink.history();
        TransactionHistory read = edn(text.toString(), workload);
        assertEquals(expected.size(), read.size());
        for (int t = 0; t < expected.size(); t++) {
            assertEquals(expected.describe(t), read.describe(t));
        }
    }

    private static TransactionHistory edn(String text, Workload workload) {
        return HistoryReader.edn(ByteSource.of(text.getBytes(StandardCharsets.UTF_8)), workload);
    }
}
