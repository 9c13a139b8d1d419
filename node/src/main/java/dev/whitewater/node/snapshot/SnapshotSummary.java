package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.raft.message.NodeId;

/** A snapshot file and whose it is, for those who look at a folder without being its member. */
public record SnapshotSummary(long clusterId, NodeId member, Snapshot snapshot) {

    private static final int IDENTITY_AT = 12;

    /** Whether a file of this name is a finished snapshot. */
    public static boolean isSnapshot(String fileName) {
        return SnapshotFile.isFinished(fileName);
    }

    /** Throws {@link Malformed} for anything but a whole snapshot. */
    public static SnapshotSummary read(byte[] file) {
        ByteReader in = new ByteReader(file, Math.min(IDENTITY_AT, file.length), file.length);
        long clusterId = in.int64();
        NodeId member = new NodeId(in.int64() & Long.MAX_VALUE);
        return new SnapshotSummary(
                clusterId, member, new SnapshotFile(clusterId, member).decode(file));
    }
}
