package dev.whitewater.store.backend;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;

import java.util.Arrays;

/**
 * One version as bytes, without its revision.
 *
 * <pre>
 * version = number(key length) number(value length) number(version, 0: tombstone)
 *           number(main - create revision) number(lease) key value
 * </pre>
 */
public final class VersionCodec {
    private static final int HEAD_BYTES_MOST = 50;

    private VersionCodec() {}

    public static byte[] encode(KeyValue kv) {
        byte[] bytes = new byte[HEAD_BYTES_MOST + kv.key().length() + kv.value().length()];
        int at = putNumber(bytes, 0, kv.key().length());
        at = putNumber(bytes, at, kv.value().length());
        at = putNumber(bytes, at, kv.version());
        at = putNumber(bytes, at, kv.isTombstone() ? 0 : kv.modRevision() - kv.createRevision());
        at = putNumber(bytes, at, kv.lease());
        kv.key().copyTo(bytes, at);
        at += kv.key().length();
        kv.value().copyTo(bytes, at);
        return Arrays.copyOf(bytes, at + kv.value().length());
    }

    /** What {@link #encode} made these bytes of, at a revision. */
    public static KeyValue decode(byte[] bytes, long main) {
        int[] at = {0};
        int keyLength = (int) number(bytes, at);
        int valueLength = (int) number(bytes, at);
        long version = number(bytes, at);
        long age = number(bytes, at);
        long lease = number(bytes, at);
        Bytes key = Bytes.of(bytes, at[0], keyLength);
        if (version == 0) {
            return KeyValue.tombstone(key, main);
        }
        Bytes value = Bytes.of(bytes, at[0] + keyLength, valueLength);
        return new KeyValue(key, value, main - age, main, version, lease);
    }

    private static int putNumber(byte[] target, int from, long value) {
        int at = from;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            target[at++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        return at;
    }

    private static long number(byte[] source, int[] at) {
        long value = 0;
        int shift = 0;
        byte octet;
        do {
            octet = source[at[0]++];
            value |= (octet & 0x7fL) << shift;
            shift += 7;
        } while (octet < 0);
        return value;
    }
}
