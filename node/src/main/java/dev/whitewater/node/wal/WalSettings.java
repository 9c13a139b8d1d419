package dev.whitewater.node.wal;

import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.port.Checksum;

/**
 * How a member's log is made.
 *
 * @param segmentBytes the size at which a segment is closed and the next begun
 * @param checksum of the bodies of records
 */
public record WalSettings(WalIdentity identity, int segmentBytes, Checksum checksum) {

    /** One whose checksums are computed without help of the platform. */
    public WalSettings(WalIdentity identity, int segmentBytes) {
        this(identity, segmentBytes, Crc32c::of);
    }
}
