package dev.whitewater.checker.edn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

final class InternerTest {
    /** Of few letters, so that many are alike, and of all lengths around that of a word. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(20);
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(6) == 0 ? 'b' : random.nextInt(9) == 0 ? '\u0000' : 'a');
        }
        return text.toString();
    }

    @Property(tries = 200)
    void equalTextsAndNoOthersHaveOneId(@ForAll long seed) {
        Random random = new Random(seed);
        Interner interner = new Interner();
        Map<String, Integer> expected = new LinkedHashMap<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            String text = text(random);
            texts.add(text);
            int id = expected.computeIfAbsent(text, _ -> expected.size());
            // Anywhere in a larger buffer, with other bytes around or the buffer's end after it.
            byte[] bytes =
                    ("xy" + text + "z".repeat(random.nextInt(12))).getBytes(StandardCharsets.UTF_8);
            assertEquals(id, interner.intern(bytes, 2, 2 + text.length()));
        }
        assertEquals(expected.size(), interner.size());
        for (String text : texts) {
            assertEquals(text, interner.text(interner.intern(text)));
        }
    }

    @Test
    void whatOnlyAZeroByteTellsApartIsNotTheSame() {
        Interner interner = new Interner();
        assertNotEquals(interner.intern("a"), interner.intern("a\u0000"));
        assertNotEquals(interner.intern(""), interner.intern("\u0000"));
        assertNotEquals(interner.intern("12345678"), interner.intern("12345678\u0000"));
    }
}
