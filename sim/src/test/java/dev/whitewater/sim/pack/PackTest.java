package dev.whitewater.sim.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a run remembers in packed form comes out as it went in. */
final class PackTest {

    @Property(tries = 500)
    void bytesComeBackWhateverRunsTheyHave(
            @ForAll @Size(max = 40) List<@IntRange(max = 30) Integer> lengths) {
        List<Byte> all = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            for (int j = 0; j < lengths.get(i); j++) {
                all.add((byte) (i % 3));
            }
        }
        byte[] bytes = new byte[all.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = all.get(i);
        }
        ByteWriter out = new ByteWriter(16);
        RunLength.write(out, bytes);
        ByteReader in = new ByteReader(out.array(), 0, out.length());
        assertArrayEquals(bytes, RunLength.read(in));
        in.end();
    }

    @Test
    void paddedValueTakesADozenBytes() {
        byte[] value = ("c5-516" + ".".repeat(250)).getBytes(StandardCharsets.UTF_8);
        ByteWriter out = new ByteWriter(16);
        RunLength.write(out, value);
        assertTrue(out.length() <= 12, () -> "took " + out.length());
    }

    @Test
    void placesStayValidWhenThereAreManyAndSomeAreLarge() {
        PackedBytes packed = new PackedBytes();
        List<Long> places = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[i % 100 == 0 ? 100_000 : 300];
            bytes[0] = (byte) i;
            bytes[bytes.length - 1] = (byte) ~i;
            places.add(packed.add(bytes, bytes.length));
        }
        for (int i = 0; i < 1_000; i++) {
            byte[] array = packed.array(places.get(i));
            int at = packed.offset(places.get(i));
            int last = at + (i % 100 == 0 ? 100_000 : 300) - 1;
            assertEquals((byte) i, array[at]);
            assertEquals((byte) ~i, array[last]);
        }
    }

    @Property(tries = 500)
    void runsAnswerAsATreeThatIsCutWhereSomethingIsPut(
            @ForAll @Size(max = 60) List<@IntRange(max = 400) Integer> puts) {
        ValueRuns runs = new ValueRuns();
        TreeMap<Long, Long> plain = new TreeMap<>();
        long last = 0;
        for (int put : puts) {
            // Mostly onwards by one, now and then back.
            long index = put < 300 ? last + 1 : Math.max(1, last - put % 7);
            long value = put % 3 + 1L;
            plain.tailMap(index, true).clear();
            plain.put(index, value);
            runs.put(index, value);
            last = index;
        }
        assertEquals(last, runs.last());
        for (long index = 1; index <= last + 2; index++) {
            assertEquals(plain.getOrDefault(index, 0L), runs.get(index));
            if (index <= last) {
                long start = runs.startOfRun(index);
                assertEquals(plain.get(index), plain.get(start));
                assertTrue(start == 1 || !plain.get(index).equals(plain.get(start - 1)));
            }
        }
    }
}
