package dev.whitewater.node;

/**
 * How a member serves its clients, beside what it owes them.
 *
 * @param watchAnswerBytes of keys and values in one answer to a watch, about
 * @param watchProgressNanos how often a watch that wants to hear of progress does
 * @param leaseCheckpointNanos how often a leader notes what leases have left; 0: never
 * @param quotaBytes the room that versions may take before it raises {@code NO_SPACE}; 0: no bound
 * @param watchRoom answers under way on a watch stream before its client must have read some
 */
public record ServiceLimits(
        int watchAnswerBytes,
        long watchProgressNanos,
        long leaseCheckpointNanos,
        long quotaBytes,
        int watchRoom) {

    /** etcd's pace with {@code --experimental-enable-lease-checkpoint}. */
    public static final long LEASE_CHECKPOINT_NANOS = 300_000_000_000L;

    /** etcd's. */
    public static final ServiceLimits DEFAULT =
            new ServiceLimits(3 << 19, 600_000_000_000L, 0, 2L << 30, 64);

    public ServiceLimits {
        require(watchAnswerBytes > 0, "watchAnswerBytes", watchAnswerBytes);
        require(watchProgressNanos > 0, "watchProgressNanos", watchProgressNanos);
        require(leaseCheckpointNanos >= 0, "leaseCheckpointNanos", leaseCheckpointNanos);
        require(quotaBytes >= 0, "quotaBytes", quotaBytes);
        require(watchRoom > 0, "watchRoom", watchRoom);
    }

    private static void require(boolean holds, String field, long got) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": too small, got " + got);
        }
    }
}
