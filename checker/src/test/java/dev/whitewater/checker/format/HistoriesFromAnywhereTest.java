package dev.whitewater.checker.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.elle.TransactionHistory;
import dev.whitewater.checker.elle.Workload;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.linear.Verdict;
import dev.whitewater.checker.model.Models;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What real tests wrote, or could have: of each way to write it one small history. */
class HistoriesFromAnywhereTest {
    private static final String CALL = "{:process 3, :type :invoke, :f :write, :value 1}\n";
    private static final String RETURN = "{:process 3, :type :ok, :f :write, :value 1}\n";

    private static List<String> operations(String text) {
        return HistoryReader.parse(text).operations().stream().map(Object::toString).toList();
    }

    private static String error(String text) {
        return assertThrows(HistoryFormatException.class, () -> HistoryReader.parse(text))
                .getMessage();
    }

    private static TransactionHistory transactions(String text) {
        ByteSource source = ByteSource.of(text.getBytes(StandardCharsets.UTF_8));
        return dev.whitewater.checker.elle.HistoryReader.edn(source, Workload.LIST_APPEND);
    }

    private static boolean isValid(String text) {
        History history = HistoryReader.parse(text);
        Verdict verdict = Linearizability.check(history, Models.casRegister());
        return verdict.isValid();
    }

    // ---- beside the clients

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{:process :nemesis, :type :info, :f :start-partition, :value [:a {\"n1\" #{}}]}",
                "{:type :invoke, :f :start-partition, :value nil, :process :nemesis}",
                "{:type :info, :f [:dc1 :kill], :value #object[a.B 0x1f \"b\"], :process :nemesis}",
                "{:type :info, :f :compact, :value #'a/b, :process \"nemesis\"}",
                "{:f :kill, :value (1 2, \\(), :revision :none, :type :done, :process nemesis}",
                "{:process :nemesis, :type :ok, :f :x, :value #<IllegalState a.b: c (d [>}",
                "{:process 4, :type :sleep, :value 10, :f nil}",
                "{:process 4, :type :log, :value \"start of phase two\"}",
                "{:process 4, :type :info, :f :crashed, :value nil, :error #error{:via [0x1]}}",
                "{:process :admin, :type :invoke, :f :create-table, :value [:t 1/2]}"
            })
    void whatIsNoOperationOfAClientIsPassedOver(String event) {
        for (String line : List.of(event, "#jepsen.history.Op" + event)) {
            for (String text :
                    List.of(
                            line + "\n" + CALL + RETURN,
                            CALL + line + "\n" + RETURN,
                            "[" + CALL + "," + RETURN + "," + line + "]")) {
                assertEquals(List.of("write(1) → 1"), operations(text), text);
                assertEquals(List.of("write"), HistoryReader.parse(text).functionNames(), text);
            }
        }
    }

    @Test
    void transactionsAreReadPastTheSame() {
        String text =
                """
                #jepsen.history.Op{:index -1, :time -1, :type :invoke, :process 0, :f :txn, :value [[:append 1 1]]}
                {:type :info, :f [:dc1 :kill], :value #object[a.B 0x1f "b"], :process :nemesis}
                {:type :sleep, :process 1, :value 10}
                {:type :info, :f :log, :value "x", :process "nemesis", :index -1, :type :what}
                #jepsen.history.Op{:index -1, :time -1, :type :ok, :process 0, :f :txn, :value [[:append 1 1]], :error nil}
                """;
        TransactionHistory history = transactions(text);
        assertEquals(1, history.size());
        assertEquals(
                "{:index 1, :invoked 0, :process 0, :type :ok, :value [[:append 1 1]]}",
                history.describe(0));
    }

    // ---- who

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"7\"", "7N", "7.0", "\"client-7\"", ":alice", "[7]"})
    void clientsHaveNumbersOrElseNames(String process) {
        String text = (CALL + RETURN).replace("3", process);
        if (process.equals("[7]")) {
            assertTrue(error(text).startsWith("1:11: expected a process"), error(text));
            return;
        }
        assertEquals(List.of("write(1) → 1"), operations(text));
        String twice = text + CALL.replace("3", process);
        String who = HistoryReader.parse(text).operation(0).client().toString();
        assertEquals(
                "4:1: expected the return of write by process "
                        + who
                        + ", got another call by the same process",
                error(twice + CALL.replace("3", process)));
    }

    @Test
    void whoHasANameAlthoughOthersHaveNumbersIsNoClient() {
        String admin = CALL.replace("3", ":admin").replace("write", "grow");
        assertEquals(1, operations(admin + CALL + RETURN).size());
        // Where they are the clients, what they say is read as closely as that of any other.
        assertTrue(error(admin.replace(":invoke", ":what")).contains("expected a :type"));
    }

    // ---- events of nobody

    @Test
    void returnsOfNobodyBelongToTheCallsThatTheyAnswer() {
        String comments =
                """
                {:index 1, :type :invoke :f :read   :value nil}
                {:index 2, :type :invoke :f :write  :value 425}
                {:index 3, :type :invoke :f :write  :value 430}
                {:index 4, :type :ok     :f :write  :value 430}
                {:index 5, :type :ok     :f :write  :value 425}
                {:index 6, :type :ok     :f :read   :value #{430}}
                """;
        History history = HistoryReader.parse(comments);
        assertEquals(
                List.of("read() → #{430}", "write(425) → 425", "write(430) → 430"),
                operations(comments));
        assertTrue(history.completion(2) < history.completion(1));
        assertEquals(
                List.of("nobody-0", "nobody-1", "nobody-2"),
                history.operations().stream().map(each -> each.client().toString()).toList());
    }

    @Test
    void returnsOfNobodyBelongToTheOldestThatMayHaveBecomeThem() {
        String reads =
                """
                {:type :invoke, :f :read, :value [[:r 0 nil] [:r 1 nil]]}
                {:type :invoke, :f :read, :value [[:r 1 nil] [:r 0 nil]]}
                {:type :ok, :f :read, :value [[:r 1 7] [:r 0 nil]]}
                {:type :ok, :f :read, :value [[:r 0 7] [:r 1 nil]]}
                """;
        History history = HistoryReader.parse(reads);
        assertTrue(history.completion(1) < history.completion(0));
        String plain = "{:process nil, :type :invoke, :f :read}\n".repeat(2);
        String answers =
                "{:process nil, :type :ok, :f :read, :value 4}\n{:type :ok, :f :read, :value 5}";
        assertEquals(List.of("read() → 4", "read() → 5"), operations(plain + answers));
        assertTrue(
                error(plain + "{:type :ok, :f :write, :value 4}")
                        .startsWith("3:1: expected a call without a process before its return"));
    }

    @Test
    void keysTellReturnsOfNobodyApart() {
        String text =
                """
                {:type :invoke, :f :read, :value #jepsen.independent/tuple [1 nil]}
                {:type :invoke, :f :read, :value #jepsen.independent/tuple [2 nil]}
                {:type :ok, :f :read, :value #jepsen.independent/tuple [2 7]}
                {:type :fail, :f :read, :value nil}
                """;
        assertEquals(List.of("read(1) refused", "read(2) → 7"), operations(text));
    }

    @Test
    void clientsOfNobodySayNoMoreThanRealTimeDoes() {
        String one = "{:type :invoke, :f :write, :value 1}\n{:type :ok, :f :write, :value 1}\n";
        History history = HistoryReader.parse(one + one.replace("1", "2"));
        assertEquals("nobody-0", history.operation(1).client().toString());
        assertTrue(history.completion(0) < history.call(1));
    }

    // ---- answers without calls

    /**
     * It may have been called before all else: then the read is right, and it was never decided.
     */
    @Test
    void anUnansweredOperationWithoutACallMayHaveHappenedAtAnyTime() {
        String read = "{:process 0, :type :invoke, :f :read}\n{:process 0, :type :ok, :f :read,";
        String info = "{:process 5, :type :info, :f :write, :value 7}\n";
        String other = CALL + RETURN;
        assertTrue(isValid(other + read + " :value 7}\n" + info));
        assertTrue(!isValid(other + read + " :value 8}\n" + info));
        assertTrue(isValid(other + read + " :value 1}\n" + info));
        assertTrue(isValid(info.replace(":process 5,", "") + other + read + " :value 7}\n"));
    }

    @Test
    void anAnsweredOperationWithoutACallIsRefused() {
        assertTrue(error(RETURN).startsWith("1:1: expected a call by process 3 before its return"));
        assertTrue(error(RETURN.replace(":ok", ":fail")).startsWith("1:1: expected a call by"));
    }

    // ---- JSON, and logs

    @Test
    void wordsInJsonMayHaveTheirColons() {
        String lines =
                """
                {":type":":invoke",":f":":write",":process":"0",":value":3,"time":1.5e9}
                {"type":"info","f":["a"],"process":"nemesis","value":{"a":[1]}}
                {":type":":ok",":f":":write",":process":"0",":value":3,"error":null,"index":-1}
                """;
        assertEquals(List.of("write(3) → 3"), operations(lines));
        String append =
                """
                {"index":-1,":type":":ok",":process":0,":value":[[":append","x",1],[":r","x",[1]]]}
                """;
        ByteSource source = ByteSource.of(append.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "[[:append \"x\" 1], [:r \"x\" [1]]]",
                dev.whitewater.checker.elle.HistoryReader.json(source, Workload.LIST_APPEND)
                        .describeOperations(0)
                        .toString());
    }

    @Test
    void logsOfJepsenItselfAreReadPastTheNemesis() {
        String log =
                """
                2015-03-30 18:01:01,382{GMT}\tINFO\t[main] jepsen.core: Running test
                2015-03-30 18:01:01,400{GMT}\tINFO\t[jepsen worker 0] jepsen.util: 0\t:invoke\t:write\t3
                INFO  jepsen.util - :nemesis\t:info\t:start\t"Cut off {:n1 #{:n2}} #object[
                java.net.ConnectException: refused
                \tat java.net.Socket.connect(Socket.java:589)
                INFO  jepsen.util - 0\t:ok\t:write\t3
                """;
        String readable = log.replace("java.net.ConnectException: refused\n", "");
        assertEquals(List.of("write(3) → 3"), operations(readable));
        assertTrue(error(log).startsWith("4:1: expected a line as"), error(log));
    }
}
