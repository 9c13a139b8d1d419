package dev.whitewater.checker.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Outcome;
import dev.whitewater.checker.value.Value;

import org.junit.jupiter.api.Test;

import java.util.List;

final class HistoryReaderTest {
    private static String error(String text) {
        return assertThrows(HistoryFormatException.class, () -> HistoryReader.parse(text))
                .getMessage();
    }

    @Test
    void readsVectorsAndLinesAlike() {
        String events =
                """
                {:process 0, :type :invoke, :f :cas, :value [1 2], :node "n1", :error [:x {}]}
                {:process :nemesis, :type :info, :f :start, :value nil}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 0, :type :fail, :f :cas, :value [1 2]}
                {:process 1, :type :ok, :f :read, :value 4, :time 99}
                """;
        for (String text : new String[] {events, "[" + events + "]", "(" + events + ")"}) {
            History history = HistoryReader.parse(text);
            assertEquals(2, history.size());
            assertEquals("cas([1 2]) refused", history.operation(0).toString());
            assertEquals("read() → 4", history.operation(1).toString());
            assertEquals(Value.of(1), history.operation(1).client());
            assertEquals(99, history.operation(1).interval().complete());
            assertTrue(history.completion(0) < history.completion(1));
        }
    }

    @Test
    void anOperationWithoutReturnStaysOpen() {
        History history = HistoryReader.parse("{:process 0, :type :invoke, :f :read}");
        assertEquals(Outcome.INFO, history.outcome(0));
        assertEquals(History.OPEN, history.completion(0));
    }

    @Test
    void readsEventsInJson() {
        String lines =
                """
                {"type":"invoke","f":"read","process":0,"value":null}
                {"type":"ok","f":"read","process":0,"value":{"0":10}}
                """;
        History history = HistoryReader.parse(lines);
        assertEquals("{\"0\" 10}", history.operation(0).output().toString());
        String array = "[" + lines.strip().replace("\n", ",") + "]";
        assertEquals(1, HistoryReader.parse(array).size());
    }

    @Test
    void readsPorcupinesLogs() {
        History history =
                HistoryReader.parse(
                        """
                        INFO  jepsen.core - starting
                        INFO  jepsen.util - 0\t:invoke\t:write\t3
                        INFO  jepsen.util - 1\t:invoke\t:cas\t[3 4]
                        INFO  jepsen.util - 0\t:ok\t:write\t3
                        INFO  jepsen.util - 1\t:info\t:cas\t:timed-out
                        """);
        assertEquals("write(3) → 3", history.operation(0).toString());
        assertEquals("cas([3 4]) unanswered", history.operation(1).toString());
    }

    @Test
    void readsTheOperationsOfARunFolder() {
        History history =
                HistoryReader.parse(
                        """
                        {"op":0,"client":3,"invoke":8,"return":9,"kind":"put","key":"k1",\
                        "value":"v17","outcome":"ok","result":null,"revision":168,\
                        "serializable":false,"member":2,"invokeEvent":4,"returnEvent":7}
                        {"op":1,"client":4,"invoke":8,"return":null,"kind":"cas","key":"k1",\
                        "expected":"","value":"v18","outcome":"unknown","result":"",\
                        "revision":0,"member":2,"invokeEvent":5,"returnEvent":0}
                        {"op":2,"client":4,"invoke":9,"return":12,"kind":"get","key":"k1",\
                        "value":"","outcome":"ok","result":"v17","revision":168,\
                        "serializable":true,"member":2,"invokeEvent":8,"returnEvent":9}
                        """);
        assertEquals("put(\"k1\", \"v17\") → nil at revision 168", history.operation(0).toString());
        assertEquals("cas(\"k1\", [nil \"v18\"]) unanswered", history.operation(1).toString());
        assertEquals("get-serializable", history.operation(2).function());
        assertTrue(history.completion(0) < history.call(2));
    }

    @Test
    void saysWhatIsNoHistory() {
        assertEquals(
                "1:1: expected a history: maps, or a vector of maps, got the end of the file",
                error(""));
        assertEquals(
                "1:1: expected a history: maps, or a vector of maps, got a symbol 'hello'",
                error("hello world"));
        assertEquals("2:2: expected an event, that is a map, got the number 7", error("[\n 7]"));
    }

    @Test
    void saysWhichEventIsBroken() {
        assertEquals(
                "1:29: expected a :type (:invoke, :ok, :fail or :info), got a keyword 'done'",
                error("{:process 0, :f :read :type :done}"));
        assertEquals(
                "2:1: expected a call by process 3 before its return, got a return with nothing to"
                        + " return from",
                error("\n{:process 3, :type :ok, :f :read, :value 1}"));
        String call = "{:process 0, :type :invoke, :f :read}\n";
        assertEquals(
                "2:1: expected the return of read by process 0, got another call by the same"
                        + " process",
                error(call + call));
        assertEquals(
                "2:1: expected the return of read, got the return of write",
                error(call + "{:process 0, :type :ok, :f :write, :value 1}"));
        assertEquals(
                "1:11: expected a process, that is a number of 64 bits or a name, got a vector",
                error("{:process [0], :type :invoke, :f :read}"));
        assertTrue(error("{:process 0, :f :read}").contains("expected an event with a :type"));
    }

    /** What can't be a nemesis isn't passed over as one. */
    @Test
    void passesNoClientOver() {
        String call = "{:process 0, :type :invoke, :f :read}\n";
        for (String process : List.of("99999999999999999999", "-99999999999999999999", "0.5")) {
            String error = error(call.replace("0", process));
            assertTrue(
                    error.startsWith("1:11: expected a process, that is a number of 64 bits or a"),
                    error);
        }
        assertEquals(1, HistoryReader.parse(call + "{:process :n, :type :info, :f :x}").size());
    }

    @Test
    void orderOfEventsCountsMoreThanClocksThatGoBack() {
        History history =
                HistoryReader.parse(
                        """
                        {:process 0, :type :invoke, :f :read, :time 9}
                        {:process 0, :type :ok, :f :read, :time 4}
                        """);
        assertEquals(9, history.operation(0).interval().complete());
        assertEquals(1, history.completion(0));
    }

    @Test
    void believesNoEventThatSaysTwoThings() {
        assertEquals(
                "1:27: expected every key of an event once, got process again",
                error("{:process 0, :type :info, :process 1, :f :read}"));
        String line = "{\"kind\":\"put\",\"key\":\"k\",\"key\":\"l\",\"outcome\":\"ok\"}";
        assertEquals("1:1: expected every field once, got \"key\" again", error(line));
        String revision = "{:process 0, :type :invoke, :f :get, :revision \"2\"}";
        assertEquals(
                "1:48: expected a revision, that is a number, got a string '2'", error(revision));
    }

    @Test
    void saysWhichLineOfALogIsBroken() {
        assertTrue(
                error("INFO  jepsen.util - 0\t:invoke\t:read\tnil\nINFO  jepsen.util - x\n")
                        .startsWith("2:21: expected a process, :type, :function and value"));
        assertTrue(error("INFO  jepsen.util - 0\t:invoke\t:cas\t[1\n").startsWith("1:"));
    }

    @Test
    void saysWhichOperationOfARunFolderIsBroken() {
        String line =
                "{\"client\":1,\"kind\":\"put\",\"key\":\"k\",\"value\":\"v\",\"outcome\":\"ok\","
                        + "\"invoke\":5,\"return\":4,\"revision\":2}";
        assertEquals("1:1: expected a return after the call at 5, got 4", error(line));
        assertEquals(
                "1:1: expected \"kind\" to be put, get, delete, cas, range, delete-range, txn,"
                    + " compact, lease-grant, lease-revoke, lease-keepalive or a change of access,"
                    + " got \"move\"",
                error(line.replace("put", "move").replace(":4", ":6")));
        assertEquals(
                "1:1: expected \"outcome\" to be ok, refused or unknown, got \"fine\"",
                error(line.replace("\"ok\"", "\"fine\"")));
    }
}
