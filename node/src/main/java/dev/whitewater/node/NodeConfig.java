package dev.whitewater.node;

import dev.whitewater.raft.RaftConfig;

/**
 * @param tickNanos the length of one Raft tick on this member's clock
 * @param requestTimeoutNanos after this a pending request is answered "unknown" (writes) or refused
 *     (reads)
 * @param walSegmentBytes the size at which a log segment is closed and the next begun
 */
public record NodeConfig(
        RaftConfig raft,
        long clusterId,
        long tickNanos,
        long requestTimeoutNanos,
        int walSegmentBytes) {}
