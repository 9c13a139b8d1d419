package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.store.Checkpoints;
import dev.whitewater.store.Store;

/** What a snapshot file holds, for those who look at a folder without being its member. */
public record SnapshotSummary(long clusterId, NodeId member, SnapshotMeta meta, Store store) {

    private static final int IDENTITY_AT = 16;

    /** Whether a file of this name is a finished snapshot. */
    public static boolean isSnapshot(String fileName) {
        return SnapshotFile.isFinished(fileName);
    }

    /** Throws {@link Malformed} for anything but a whole snapshot. */
    public static SnapshotSummary read(byte[] file, Checkpoints checkpoints) {
        ByteReader in = new ByteReader(file, Math.min(IDENTITY_AT, file.length), file.length);
        long clusterId = in.int64();
        NodeId member = new NodeId(in.int64() & Long.MAX_VALUE);
        FileImage image = new FileImage();
        image.load(file);
        SnapshotFile format = new SnapshotFile(clusterId, member, Crc32c::of);
        StateReading reading = StateReading.begin(format, checkpoints, image);
        boolean more = true;
        while (more) {
            more = reading.step(Integer.MAX_VALUE / 2);
        }
        return new SnapshotSummary(clusterId, member, reading.meta(), reading.store());
    }
}
