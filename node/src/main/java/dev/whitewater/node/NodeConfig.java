package dev.whitewater.node;

import dev.whitewater.node.snapshot.TransferLimits;
import dev.whitewater.raft.RaftConfig;

/**
 * What a member is told at its start, beside what its core is told.
 *
 * @param clusterId stands in every frame and every file; members of another cluster are not heard
 * @param tickNanos the length of one Raft tick on this member's clock
 * @param requestTimeoutNanos after this a pending request is answered "unknown" (writes) or refused
 *     (reads)
 * @param walSegmentBytes the size at which a log segment is closed and the next begun
 * @param snapshotEntries how many entries are applied between two snapshots; 0: none are taken
 * @param transfer how a member that lags is sent one
 * @param services how it serves its clients
 */
public record NodeConfig(
        RaftConfig raft,
        long clusterId,
        long tickNanos,
        long requestTimeoutNanos,
        int walSegmentBytes,
        long snapshotEntries,
        TransferLimits transfer,
        ServiceLimits services) {

    /** The usual limits on sending snapshots and on serving clients. */
    public NodeConfig(
            RaftConfig raft,
            long clusterId,
            long tickNanos,
            long requestTimeoutNanos,
            int walSegmentBytes,
            long snapshotEntries) {
        this(
                raft,
                clusterId,
                tickNanos,
                requestTimeoutNanos,
                walSegmentBytes,
                snapshotEntries,
                TransferLimits.DEFAULT,
                ServiceLimits.DEFAULT);
    }

    /** The same member, serving its clients otherwise. */
    public NodeConfig withServices(ServiceLimits newServices) {
        return new NodeConfig(
                raft,
                clusterId,
                tickNanos,
                requestTimeoutNanos,
                walSegmentBytes,
                snapshotEntries,
                transfer,
                newServices);
    }

    public NodeConfig {
        require(clusterId >= 0, "clusterId", "0 or more", clusterId);
        require(tickNanos > 0, "tickNanos", "more than 0", tickNanos);
        require(requestTimeoutNanos > 0, "requestTimeoutNanos", "more than 0", requestTimeoutNanos);
        require(walSegmentBytes >= 1024, "walSegmentBytes", "1024 or more", walSegmentBytes);
        require(snapshotEntries >= 0, "snapshotEntries", "0 or more", snapshotEntries);
    }

    private static void require(boolean holds, String field, String expected, long got) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": expected " + expected + ", got " + got);
        }
    }
}
