package dev.whitewater.node;

import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.port.Checksum;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.Disk;
import dev.whitewater.node.port.PeerNetwork;
import dev.whitewater.node.port.TraceSink;

/**
 * Everything outside that a member touches.
 *
 * @param checksum of frames between members
 */
public record Ports(
        Disk disk, PeerNetwork network, ClientReplies replies, TraceSink trace, Checksum checksum) {

    /** A member that computes checksums without help of its platform. */
    public Ports(Disk disk, PeerNetwork network, ClientReplies replies, TraceSink trace) {
        this(disk, network, replies, trace, Crc32c::of);
    }
}
