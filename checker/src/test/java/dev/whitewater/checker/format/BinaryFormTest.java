package dev.whitewater.checker.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.runner.GeneratedEtcd;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

final class BinaryFormTest {
    private static final String EDN =
            """
            {:process 0, :type :invoke, :f :write, :value [1 #{:a} {"k" -2.5}], :time 100}
            {:process 1, :type :invoke, :f :read, :value nil, :time 90}
            {:process 0, :type :ok, :f :write, :value nil, :time 300}
            {:process 1, :type :ok, :f :read, :value #x true, :time 301}
            {:process 1, :type :invoke, :f :read, :value sym, :time 302}
            {:process 2, :type :invoke, :f :cas, :key "é", :value [1 2], :time 303}
            {:process 2, :type :fail, :f :cas, :value [1 2], :time 304}
            """;

    private static byte[] binary() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryForm.write(HistoryReader.parse(EDN), bytes);
        return bytes.toByteArray();
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        History before = HistoryReader.parse(EDN);
        History after = HistoryReader.read(ByteSource.of(binary()));
        assertEquals(before.operations(), after.operations());
        for (int op = 0; op < before.size(); op++) {
            assertEquals(before.call(op), after.call(op));
            assertEquals(before.completion(op), after.completion(op));
        }
    }

    /** Answers of ranges and transactions are bytes in memory already. */
    @Test
    void historyOfAnEtcdIsReadAgain() {
        GeneratedEtcd.Shape shape = new GeneratedEtcd.Shape(500, 20, 5, 50, true);
        History before = HistoryReader.read(ByteSource.of(new GeneratedEtcd(shape, 3).jsonl()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryForm.write(before, bytes);
        History after = HistoryReader.read(ByteSource.of(bytes.toByteArray()));
        assertTrue(before.operations().toString().contains("responses"));
        assertEquals(before.operations(), after.operations());
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        BinaryForm.write(after, again);
        assertArrayEquals(bytes.toByteArray(), again.toByteArray());
    }

    @Test
    void aTruncatedFileIsRefusedWhereverItEnds() {
        byte[] whole = binary();
        for (int length = 4; length < whole.length; length++) {
            ByteSource part = ByteSource.of(Arrays.copyOf(whole, length));
            assertThrows(HistoryFormatException.class, () -> BinaryForm.read(part));
        }
    }
}
