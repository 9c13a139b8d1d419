package dev.whitewater.node.wal;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.raft.message.NodeId;

import java.util.Optional;

/**
 * What the head of a log segment says, for those who look at a folder without being its member.
 *
 * @param firstIndex the index that would follow the log as the segments before leave it
 */
public record SegmentSummary(
        long clusterId, NodeId member, long number, long firstSequence, long firstIndex) {

    private static final int IDENTITY_AT = 12;

    /** Whether a file of this name is a segment. */
    public static boolean isSegment(String fileName) {
        return SegmentHeader.numberOf(fileName) > 0;
    }

    /** Empty if the segment has no whole head. */
    public static Optional<SegmentSummary> read(byte[] segment) {
        if (segment.length < Sectors.SIZE || !SegmentHeader.isValid(segment, 0)) {
            return Optional.empty();
        }
        ByteReader in = new ByteReader(segment, IDENTITY_AT, segment.length);
        long clusterId = in.int64();
        NodeId member = new NodeId(in.int64());
        SegmentHeader header = SegmentHeader.read(segment, 0, new WalIdentity(clusterId, member));
        return Optional.of(
                new SegmentSummary(
                        clusterId,
                        member,
                        header.number(),
                        header.firstSequence(),
                        header.firstIndex()));
    }
}
