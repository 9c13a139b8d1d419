package dev.whitewater.sim.pack;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;

import java.util.Arrays;

/**
 * Bytes with runs of an equal byte told by their length. Simulated clients pad their values, so
 * what a run remembers of a value of hundreds of bytes takes a dozen.
 *
 * <pre>
 * squeezed = number(length) n*(sized(literal) [number(run) byte])   until length bytes are told
 * </pre>
 */
public final class RunLength {
    /** A shorter run costs more to tell than to copy. */
    private static final int SHORTEST = 8;

    private RunLength() {}

    public static void write(ByteWriter out, byte[] bytes) {
        out.varint(bytes.length);
        int told = 0;
        while (told < bytes.length) {
            int from = nextRun(bytes, told);
            out.varint(from - told);
            out.bytes(bytes, told, from - told);
            told = from;
            if (told < bytes.length) {
                int to = endOfRun(bytes, from);
                out.varint(to - from);
                out.int8(bytes[from]);
                told = to;
            }
        }
    }

    public static byte[] read(ByteReader in) {
        byte[] bytes = new byte[(int) in.varint()];
        int told = 0;
        while (told < bytes.length) {
            byte[] literal = in.sized();
            System.arraycopy(literal, 0, bytes, told, literal.length);
            told += literal.length;
            if (told < bytes.length) {
                int to = told + (int) in.varint();
                Arrays.fill(bytes, told, to, (byte) in.int8());
                told = to;
            }
        }
        return bytes;
    }

    /** Where the next run of at least {@link #SHORTEST} begins; the end if there is none. */
    private static int nextRun(byte[] bytes, int from) {
        int begin = from;
        while (begin + SHORTEST <= bytes.length) {
            // From its last byte back: what breaks a run there allows to skip all before it.
            byte last = bytes[begin + SHORTEST - 1];
            int equal = begin + SHORTEST - 2;
            while (equal >= begin && bytes[equal] == last) {
                equal--;
            }
            if (equal < begin) {
                return begin;
            }
            begin = equal + 1;
        }
        return bytes.length;
    }

    private static int endOfRun(byte[] bytes, int from) {
        int end = from + SHORTEST;
        while (end < bytes.length && bytes[end] == bytes[from]) {
            end++;
        }
        return end;
    }
}
