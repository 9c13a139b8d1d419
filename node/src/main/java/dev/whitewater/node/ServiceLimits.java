package dev.whitewater.node;

/**
 * How a member serves its clients, beside what it owes them.
 *
 * @param watchAnswerBytes of keys and values in one answer to a watch, about
 * @param watchProgressNanos how often a watch that wants to hear of progress does
 */
public record ServiceLimits(int watchAnswerBytes, long watchProgressNanos) {

    /** etcd's. */
    public static final ServiceLimits DEFAULT = new ServiceLimits(3 << 19, 600_000_000_000L);

    public ServiceLimits {
        require(watchAnswerBytes > 0, "watchAnswerBytes", watchAnswerBytes);
        require(watchProgressNanos > 0, "watchProgressNanos", watchProgressNanos);
    }

    private static void require(boolean holds, String field, long got) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": expected more than 0, got " + got);
        }
    }
}
