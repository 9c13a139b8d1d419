package dev.whitewater.store.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.store.BrokenInvariant;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.Arrays;
import java.util.List;

class HeapFilesTest {
    private final HeapFiles files = new HeapFiles();

    /** A write of {@code count} bytes, or a cut to {@code at} if {@code count} is negative. */
    record Step(int at, int count, byte fill) {}

    @Property(tries = 200)
    void fileIsAnArrayThatGrows(@ForAll("steps") List<Step> steps) {
        BackendFile file = files.create("f");
        byte[] model = new byte[0];
        for (Step step : steps) {
            if (step.count < 0) {
                file.truncate(step.at);
                model = Arrays.copyOf(model, step.at);
            } else {
                byte[] source = new byte[step.count + 7];
                Arrays.fill(source, step.fill);
                file.write(step.at, source, 7, step.count);
                model = Arrays.copyOf(model, Math.max(model.length, step.at + step.count));
                Arrays.fill(model, step.at, step.at + step.count, step.fill);
            }
            assertEquals(model.length, file.length());
        }
        byte[] read = new byte[model.length];
        file.read(0, read, 0, read.length);
        assertArrayEquals(model, read);
    }

    @Example
    void readBeyondTheEndIsAMistake() {
        BackendFile file = files.create("f");
        file.write(0, new byte[10], 0, 10);
        assertThrows(BrokenInvariant.class, () -> file.read(5, new byte[10], 0, 6));
    }

    @Example
    void filesAreFoundByName() {
        files.create("f").write(0, new byte[] {1, 2}, 0, 2);
        assertTrue(files.exists("f"));
        assertEquals(2, files.open("f").length());
        assertEquals(0, files.create("f").length());
        files.delete("f");
        assertFalse(files.exists("f"));
        assertThrows(BrokenInvariant.class, () -> files.open("f"));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, 300_000);
        Arbitrary<Integer> counts = Arbitraries.integers().between(-1, 150_000);
        return Combinators.combine(places, counts, Arbitraries.bytes())
                .as(Step::new)
                .list()
                .ofMaxSize(8);
    }
}
