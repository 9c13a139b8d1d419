package dev.whitewater.node.port;

/**
 * CRC-32C (RFC 3720 §12.1), computed by whatever the platform does it fastest with. Every
 * implementation gives the same value; {@code Crc32c} is the one that needs nothing.
 */
public interface Checksum {

    /** Of {@code length} bytes from {@code from} on. */
    int of(byte[] bytes, int from, int length);
}
