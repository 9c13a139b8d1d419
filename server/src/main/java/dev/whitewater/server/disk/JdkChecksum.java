package dev.whitewater.server.disk;

import dev.whitewater.node.port.Checksum;

import java.util.zip.CRC32C;

/** The JDK's CRC-32C, for which processors have an instruction. For one thread. */
public final class JdkChecksum implements Checksum {

    private final CRC32C sum = new CRC32C();

    @Override
    public int of(byte[] bytes, int from, int length) {
        sum.reset();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }
}
