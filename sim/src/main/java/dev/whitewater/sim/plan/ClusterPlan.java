package dev.whitewater.sim.plan;

/**
 * The members, numbered {@code 1..members}, and what each is configured with.
 *
 * @param electionTimeoutNanos the shortest election timeout; jitter adds up to as much again
 * @param heartbeatNanos the leader's heartbeat interval
 * @param preVote thesis §9.6
 * @param checkQuorum thesis §6.2
 * @param walSegmentBytes the size at which a log segment is closed and the next begun
 * @param readLeasePermille leaders answer reads by a lease while clocks drift by no more than this
 *     (thesis §6.4.1); 0: they ask a quorum for every read
 */
public record ClusterPlan(
        int members,
        long electionTimeoutNanos,
        long heartbeatNanos,
        boolean preVote,
        boolean checkQuorum,
        int walSegmentBytes,
        int readLeasePermille,
        Limits limits,
        ServicePlan services) {

    public static final int MEMBERS_MAX = 9;

    /** No leases. */
    public ClusterPlan(
            int members,
            long electionTimeoutNanos,
            long heartbeatNanos,
            boolean preVote,
            boolean checkQuorum,
            int walSegmentBytes,
            Limits limits) {
        this(
                members,
                electionTimeoutNanos,
                heartbeatNanos,
                preVote,
                checkQuorum,
                walSegmentBytes,
                0,
                limits,
                ServicePlan.DEFAULT);
    }

    public ClusterPlan {
        PlanCheck.inRange("members", members, 1, MEMBERS_MAX);
        PlanCheck.present("limits", limits);
        PlanCheck.present("services", services);
        PlanCheck.nanos("heartbeatNanos", heartbeatNanos, limits.tickNanos());
        PlanCheck.nanos("electionTimeoutNanos", electionTimeoutNanos, 2 * limits.tickNanos());
        PlanCheck.that(
                electionTimeoutNanos > heartbeatNanos,
                "electionTimeoutNanos",
                "more than heartbeatNanos " + heartbeatNanos,
                electionTimeoutNanos);
        PlanCheck.inRange("walSegmentBytes", walSegmentBytes, 1024, 1 << 30);
        PlanCheck.inRange("readLeasePermille", readLeasePermille, 0, 999);
        PlanCheck.that(
                checkQuorum || readLeasePermille == 0,
                "readLeasePermille",
                "0 without checkQuorum",
                readLeasePermille);
    }

    /**
     * Bounds on what one message or one member may hold, and the two smaller clocks of a member.
     *
     * @param tickNanos the length of a Raft tick; timeouts are rounded down to whole ticks
     * @param requestTimeoutNanos after this a member gives up on a client's pending request
     * @param snapshotEntries entries applied between two snapshots; 0: none are taken
     * @param snapshotChunkBytes of a snapshot in one frame
     * @param maxInFlightBytes of unanswered appends to one follower
     * @param maxBytesPerApply of entries that the core hands out to be applied at once
     */
    public record Limits(
            long tickNanos,
            long requestTimeoutNanos,
            int maxBytesPerAppend,
            int maxInFlightAppends,
            int maxUncommittedBytes,
            int snapshotEntries,
            int snapshotChunkBytes,
            long maxInFlightBytes,
            long maxBytesPerApply) {

        /** So many bytes that they bound nothing. */
        public static final long UNBOUNDED = 1L << 40;

        public static final int SNAPSHOT_ENTRIES = 10_000;
        public static final int SNAPSHOT_CHUNK_BYTES = 64 << 10;

        public static final Limits DEFAULT =
                new Limits(1_000_000, 5_000_000_000L, 1 << 20, 256, 64 << 20);

        /** The usual snapshots. */
        public Limits(
                long tickNanos,
                long requestTimeoutNanos,
                int maxBytesPerAppend,
                int maxInFlightAppends,
                int maxUncommittedBytes) {
            this(
                    tickNanos,
                    requestTimeoutNanos,
                    maxBytesPerAppend,
                    maxInFlightAppends,
                    maxUncommittedBytes,
                    SNAPSHOT_ENTRIES,
                    SNAPSHOT_CHUNK_BYTES,
                    UNBOUNDED,
                    UNBOUNDED);
        }

        /** The same with other snapshots. */
        public Limits withSnapshots(int entries, int chunkBytes) {
            return new Limits(
                    tickNanos,
                    requestTimeoutNanos,
                    maxBytesPerAppend,
                    maxInFlightAppends,
                    maxUncommittedBytes,
                    entries,
                    chunkBytes,
                    maxInFlightBytes,
                    maxBytesPerApply);
        }

        public Limits {
            PlanCheck.nanos("tickNanos", tickNanos, 1);
            PlanCheck.nanos("requestTimeoutNanos", requestTimeoutNanos, tickNanos);
            PlanCheck.inRange("maxBytesPerAppend", maxBytesPerAppend, 1, 1 << 28);
            PlanCheck.inRange("maxInFlightAppends", maxInFlightAppends, 1, 1 << 20);
            PlanCheck.inRange("maxUncommittedBytes", maxUncommittedBytes, 1, 1 << 30);
            PlanCheck.inRange("snapshotEntries", snapshotEntries, 0, 1 << 30);
            PlanCheck.inRange("snapshotChunkBytes", snapshotChunkBytes, 1, 1 << 28);
            PlanCheck.inRange("maxInFlightBytes", maxInFlightBytes, 1, UNBOUNDED);
            PlanCheck.inRange("maxBytesPerApply", maxBytesPerApply, 1, UNBOUNDED);
        }
    }

    public int electionTicks() {
        return (int) Math.min(Integer.MAX_VALUE, electionTimeoutNanos / limits.tickNanos());
    }

    public int heartbeatTicks() {
        return (int) Math.min(Integer.MAX_VALUE, heartbeatNanos / limits.tickNanos());
    }

    /** How many members are more than half. */
    public int majority() {
        return members / 2 + 1;
    }
}
