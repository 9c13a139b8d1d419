package dev.whitewater.checker.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.ValueReader;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

final class MappingTest {
    private static Value.Mapping read(String edn) {
        byte[] bytes = edn.getBytes(StandardCharsets.UTF_8);
        return (Value.Mapping) ValueReader.all(ByteSource.of(bytes)).getFirst();
    }

    @Test
    void mapsAreEqualHoweverTheyWereMade() {
        Value.Mapping read = read("{\"a\" 1 :b [2 3]}");
        Value.Entry first = new Value.Entry(Value.text("a"), Value.of(1));
        Value list = Value.sequence(Value.of(2), Value.of(3));
        Value.Mapping made =
                new Value.Mapping(List.of(first, new Value.Entry(Value.keyword("b"), list)));
        assertEquals(made, read);
        assertEquals(read, made);
        assertEquals(made.hashCode(), read.hashCode());
        assertEquals("{\"a\" 1 :b [2 3]}", read.toString());
        assertNotEquals(read, read("{\"a\" 1 :b [2 4]}"));
        assertNotEquals(read, read("{\"a\" 1 :c [2 3]}"));
    }

    @Test
    void aReplacedValueLeavesTheOriginalAsItWas() {
        Value.Mapping map = read("{\"a\" 1 \"b\" 2}");
        assertEquals(read("{\"a\" 1 \"b\" 7}"), map.with(1, Value.of(7)));
        assertEquals(Value.of(2), map.named("b"));
        Value.Mapping made = new Value.Mapping(map.entries().subList(0, 2));
        assertEquals(read("{\"a\" 7 \"b\" 2}"), made.with(0, Value.of(7)));
    }
}
