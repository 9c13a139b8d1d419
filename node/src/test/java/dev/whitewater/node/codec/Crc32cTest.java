package dev.whitewater.node.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class Crc32cTest {

    @Test
    void givesTheChecksumsOfTheStandard() {
        // RFC 3720, appendix B.4.
        assertEquals(0x8A9136AA, Crc32c.of(new byte[32], 0, 32));
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xFF);
        assertEquals(0x62A8AB43, Crc32c.of(ones, 0, 32));
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0xE3069283, Crc32c.of(digits, 0, digits.length));
    }

    @Property
    void eightBytesAtATimeEqualOneBitAtATime(@ForAll byte[] bytes) {
        int from = bytes.length / 3;
        assertEquals(bitwise(bytes, from), Crc32c.of(bytes, from, bytes.length - from));
    }

    private static int bitwise(byte[] bytes, int from) {
        int crc = ~0;
        for (int i = from; i < bytes.length; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82F63B78;
            }
        }
        return ~crc;
    }
}
