package dev.whitewater.bench.raft;

import dev.whitewater.node.port.Checksum;

import java.util.zip.CRC32C;

/**
 * The JDK's, for which processors have an instruction; what a server gives its members. For one
 * thread.
 */
final class JdkChecksum implements Checksum {

    private final CRC32C sum = new CRC32C();

    @Override
    public int of(byte[] bytes, int from, int length) {
        sum.reset();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }
}
