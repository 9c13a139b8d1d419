package dev.whitewater.node.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.raft.InvariantViolation;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

class ByteCodecTest {

    @Property
    void whatIsWrittenIsRead(
            @ForAll @LongRange(min = 0) long number,
            @ForAll int fixed32,
            @ForAll long fixed64,
            @ForAll byte[] bytes) {
        ByteWriter out = new ByteWriter(1);
        out.varint(number);
        out.int32(fixed32);
        out.sized(bytes);
        out.int64(fixed64);
        out.int8(fixed32);
        ByteReader in = new ByteReader(out.toByteArray(), 0, out.length());
        assertEquals(number, in.varint());
        assertEquals(fixed32, in.int32());
        assertArrayEquals(bytes, in.sized());
        assertEquals(fixed64, in.int64());
        assertEquals(fixed32 & 0xFF, in.int8());
        in.end();
    }

    @Property
    void nothingIsReadBeyondTheEnd(@ForAll byte[] bytes) {
        ByteReader in = new ByteReader(bytes, 0, bytes.length);
        assertThrows(
                Malformed.class,
                () -> {
                    while (in.remaining() >= 0) {
                        in.sized();
                    }
                });
    }

    @Test
    void aNumberHasOneEncoding() {
        byte[] padded = {(byte) 0x81, 0};
        assertThrows(Malformed.class, () -> new ByteReader(padded, 0, 2).varint());
    }

    @Test
    void aNumberHasAtMost63Bits() {
        byte[] tooLong = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        assertThrows(Malformed.class, () -> new ByteReader(tooLong, 0, 10).varint());
    }

    @Test
    void aNegativeNumberIsAMistake() {
        assertThrows(InvariantViolation.class, () -> new ByteWriter(8).varint(-1));
    }
}
