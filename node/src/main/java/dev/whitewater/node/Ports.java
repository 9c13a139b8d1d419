package dev.whitewater.node;

import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.port.Checksum;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.CrashPoints;
import dev.whitewater.node.port.Disk;
import dev.whitewater.node.port.PeerNetwork;
import dev.whitewater.node.port.TraceSink;

/**
 * Everything outside that a member touches.
 *
 * @param checksum of frames between members
 * @param crashPoints where the host may let the member die
 */
public record Ports(
        Disk disk,
        PeerNetwork network,
        ClientReplies replies,
        TraceSink trace,
        Checksum checksum,
        CrashPoints crashPoints) {

    /** A member that dies by no wish of its host's. */
    public Ports(
            Disk disk,
            PeerNetwork network,
            ClientReplies replies,
            TraceSink trace,
            Checksum checksum) {
        this(disk, network, replies, trace, checksum, CrashPoints.NONE);
    }

    /** And that computes checksums without help of its platform. */
    public Ports(Disk disk, PeerNetwork network, ClientReplies replies, TraceSink trace) {
        this(disk, network, replies, trace, Crc32c::of);
    }

    /** The same, and the host decides where it dies. */
    public Ports withCrashPoints(CrashPoints points) {
        return new Ports(disk, network, replies, trace, checksum, points);
    }
}
