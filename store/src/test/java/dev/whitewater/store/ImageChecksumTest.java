package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.List;

/** The sum over an image depends on its bytes, and not on the parts in which they came. */
class ImageChecksumTest {

    @Property(tries = 300)
    void partsDoNotMatter(
            @ForAll @Size(max = 100) byte[] bytes,
            @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 20) Integer> parts) {
        ImageChecksum inParts = new ImageChecksum();
        int at = 0;
        for (int part : parts) {
            int count = Math.min(part, bytes.length - at);
            inParts.update(bytes, at, count);
            at += count;
        }
        inParts.update(bytes, at, bytes.length - at);
        assertEquals(bytewise(bytes), inParts.value());
        assertEquals(bytes.length, inParts.length());
    }

    private static long bytewise(byte[] bytes) {
        ImageChecksum sum = new ImageChecksum();
        for (int at = 0; at < bytes.length; at++) {
            sum.update(bytes, at, 1);
        }
        return sum.value();
    }

    @Property(tries = 300)
    void anotherByteIsNoticed(
            @ForAll @Size(min = 1, max = 100) byte[] bytes,
            @ForAll @IntRange(max = 99) int place,
            @ForAll @IntRange(min = 1, max = 255) int flipped) {
        long before = bytewise(bytes);
        bytes[place % bytes.length] ^= (byte) flipped;
        assertNotEquals(before, bytewise(bytes));
    }
}
