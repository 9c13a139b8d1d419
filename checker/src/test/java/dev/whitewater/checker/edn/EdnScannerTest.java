package dev.whitewater.checker.edn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.checker.value.Value;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

final class EdnScannerTest {
    private static List<Value> read(String edn) {
        return ValueReader.all(ByteSource.of(edn.getBytes(StandardCharsets.UTF_8)));
    }

    private static String error(String edn) {
        return assertThrows(HistoryFormatException.class, () -> read(edn)).getMessage();
    }

    @Test
    void readsAnOperationOfJepsen() {
        Value.Mapping map =
                (Value.Mapping) read("{:type :ok, :f :cas, :value [1 -4], :process 101}").get(0);
        assertEquals(Value.keyword("ok"), map.named("type"));
        assertEquals(Value.sequence(Value.of(1), Value.of(-4)), map.named("value"));
        assertEquals(Value.of(101), map.named("process"));
    }

    /** What stands in errors and answers that a program printed without thinking of EDN. */
    @Test
    void readsWhatClojurePrintsBesideEdn() {
        String printed =
                """
                #object[clojure.core$fn__1 0x7f3a9c "clojure.core$fn__1@7f3a9c"] 1/3 -2/3 0xFFN 36rZZ
                #"a\\d\\\"b" #'clojure.core/inc #<core$f core.f@1 <x> y> #<O> \\( \\" \\; \\a \\newline
                #error {:cause nil, :via [{:type java.net.E, :at [a.B$c invoke "B.java" -2]}]} 1.5M
                """;
        List<Value> values = read(printed);
        assertEquals(16, values.size());
        assertEquals(
                "#object [clojure.core$fn__1 0x7f3a9c \"clojure.core$fn__1@7f3a9c\"]",
                values.get(0).toString());
        assertEquals(Value.text("a\\d\\\"b"), values.get(5));
        assertEquals(
                "['clojure.core/inc, <core$f core.f@1 <x> y>, <O>, (, \", ;, a, newline]",
                values.subList(6, 14).toString());
        assertEquals(
                "1:2: expected '>' for the object that starts here, got the end of the file",
                error("[#<a"));
        assertEquals(
                "1:1: expected a closing quote for the pattern that starts here, got the end of"
                        + " the file",
                error("#\"a\\\""));
    }

    @Test
    void skipsCommentsAndDiscardedValues() {
        assertEquals("[[1 3]]", read("; head\n[1 #_{:a [2]} 3] ; tail").toString());
        assertEquals("[{:a 2}]", read("{:a #_ 1 2}").toString());
    }

    @Test
    void keepsNestingSetsTagsAndEscapes() {
        String edn = "#{1 (2 nil)} #inst \"x\" \"a\\n\\u00e9\" 1.5 true";
        assertEquals("[#{1 [2 nil]}, #inst \"x\", \"a\né\", 1.5, true]", read(edn).toString());
    }

    @Test
    void keepsIntegersThatDoNotFitInto64BitsExact() {
        assertEquals(
                List.of(Value.of(Long.MAX_VALUE), new Value.Symbol("9223372036854775808")),
                read("9223372036854775807 9223372036854775808"));
    }

    @Test
    void readsNumbersThatHaveNames() {
        assertEquals("[NaN, -Infinity]", read("##NaN ##-Inf").toString());
        assertEquals(read("##NaN"), read("##NaN"));
        assertEquals("1:4: expected ##NaN, ##Inf or ##-Inf, got '##X'", error("[1 ##X]"));
    }

    @Test
    void refusesWhatIsNestedTooDeepToBeAHistory() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        String expected = "expected at most 1000 brackets and tags within each other, got one more";
        assertEquals("1:1001: " + expected, error(deep));
        // Tags nest what follows them, alone and between brackets.
        assertEquals("1:3001: " + expected, error("#a ".repeat(100_000) + "1"));
        assertEquals("1:2001: " + expected, error("#a [".repeat(100_000)));
        String beside = "[" + "#a [1] ".repeat(100_000) + "]";
        assertEquals(1, read(beside).size());
    }

    @Test
    void discardsAnyNumberOfValuesButNotOneForTheOtherWithoutEnd() {
        assertEquals(List.of(Value.of(7)), read("#_ x ".repeat(200_000) + "7"));
        assertEquals(List.of(Value.of(3)), read("#_ #_ 1 2 3"));
        assertEquals(
                "1:3001: expected at most 1000 values discarded at once, got one more",
                error("#_ ".repeat(100_000) + "1"));
        assertEquals("1:6: expected a value to discard, got ']'", error("[1 #_]"));
    }

    @Test
    void aMapHasEveryKeyOnce() {
        assertEquals("1:12: expected every key of a map once, got 0 again", error("{0 50, 0 50}"));
        assertEquals(
                "1:16: expected every key of a map once, got :a again", error("{:a 1 :b 2 :a 1}"));
    }

    @Test
    void readsTokensLongerThanItsWindow() {
        String big = "x".repeat(200_000);
        assertEquals(List.of(Value.of(7), Value.text(big)), read("7 \"" + big + "\""));
    }

    @Test
    void saysWhereABracketIsMissing() {
        assertEquals(
                "3:1: expected ']' for the bracket opened in line 1, got the end of the file",
                error("[{:type :ok}\n {}\n"));
        assertEquals(
                "2:3: expected '}' for the bracket opened in line 2, got ']'", error("[1\n{1]"));
        assertEquals("1:1: expected a value, got ')' that closes nothing", error(")"));
    }

    @Test
    void saysWhereAMapLacksAValue() {
        assertEquals("1:6: expected a value for the last key of the map, got '}'", error("{:a  }"));
    }

    @Test
    void saysWhereANumberIsNone() {
        assertEquals("1:2: expected a number, got '12ab'", error("[12ab]"));
        assertEquals("1:1: expected a number, got '-1x'", error("-1x"));
    }

    @Test
    void saysWhereAStringStarts() {
        assertEquals(
                "2:2: expected a closing quote for the string that starts here, got the end of"
                        + " the file",
                error("\n \"abc"));
    }
}
