package dev.whitewater.checker.edn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.checker.value.Value;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

final class JsonScannerTest {
    private static List<Value> read(String json) {
        JsonScanner scanner = new JsonScanner(ByteSource.of(json.getBytes(StandardCharsets.UTF_8)));
        ValueReader reader = new ValueReader(scanner);
        List<Value> values = new ArrayList<>();
        while (scanner.next() != Token.END) {
            values.add(reader.current());
        }
        return values;
    }

    private static String error(String json) {
        return assertThrows(HistoryFormatException.class, () -> read(json)).getMessage();
    }

    @Test
    void readsLinesOfObjects() {
        assertEquals(
                "[{\"a\" 1 \"b\" [nil true -2]}, {}]",
                read("{\"a\":1, \"b\":[null,true,-2]}\n{}\n").toString());
    }

    @Test
    void readsSurrogatePairs() {
        assertEquals(List.of(Value.text("😀é")), read("\"\\ud83d\\ude00\\u00e9\""));
    }

    @Test
    void saysWhereAColonOrCommaIsMissing() {
        assertEquals("1:6: expected ':', got '1'", error("{\"a\" 1}"));
        assertEquals("1:4: expected ',', got '2'", error("[1 2]"));
        assertEquals("2:2: expected a key in double quotes, got 'a'", error("{\n a:1}"));
        assertEquals("1:2: expected a JSON value, got 'nul'", error("[nul]"));
    }
}
