package dev.whitewater.checker.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaddingTest {

    @Test
    void aLongRunOfOneCharacterIsCounted() {
        assertEquals("\"v1.×994\"", Padding.shortened("\"v1" + ".".repeat(994) + "\""));
    }

    @Test
    void whatCanBeReadStaysAsItIs() {
        String text = "put(\"k0\", \"a.......b\") → nil";
        assertEquals(text, Padding.shortened(text));
    }
}
