package dev.whitewater.node;

import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.port.Checksum;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.CrashPoints;
import dev.whitewater.node.port.Disk;
import dev.whitewater.node.port.PeerNetwork;
import dev.whitewater.node.port.TraceSink;
import dev.whitewater.store.Checkpoints;
import dev.whitewater.store.StreamCheckpoints;

/**
 * Everything outside that a member touches.
 *
 * @param checksum of frames between members, the log and snapshots
 * @param checkpoints how the state in a snapshot is laid out
 * @param crashPoints where the host may let the member die
 */
public record Ports(
        Disk disk,
        PeerNetwork network,
        ClientReplies replies,
        TraceSink trace,
        Checksum checksum,
        Checkpoints checkpoints,
        CrashPoints crashPoints) {

    /** A member that dies by no wish of its host's, and lays snapshots out as a stream. */
    public Ports(
            Disk disk,
            PeerNetwork network,
            ClientReplies replies,
            TraceSink trace,
            Checksum checksum) {
        this(disk, network, replies, trace, checksum, new StreamCheckpoints(), CrashPoints.NONE);
    }

    /** And that computes checksums without help of its platform. */
    public Ports(Disk disk, PeerNetwork network, ClientReplies replies, TraceSink trace) {
        this(disk, network, replies, trace, Crc32c::of);
    }

    /** The same, and the host decides where it dies. */
    public Ports withCrashPoints(CrashPoints points) {
        return new Ports(disk, network, replies, trace, checksum, checkpoints, points);
    }

    /** The same, with snapshots laid out differently. */
    public Ports withCheckpoints(Checkpoints layout) {
        return new Ports(disk, network, replies, trace, checksum, layout, crashPoints);
    }
}
