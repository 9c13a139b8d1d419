package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

import java.util.List;

/**
 * What a member is told at its start.
 *
 * @param voters the voters of the first configuration, ascending; one found on disk replaces it
 * @param electionTicks the shortest election timeout; jitter adds up to as much again
 * @param heartbeatTicks the leader's heartbeat interval
 * @param forwardsProposals whether a follower passes proposals on to its leader, or refuses them
 *     and names it
 */
public record RaftConfig(
        NodeId self,
        List<NodeId> voters,
        int electionTicks,
        int heartbeatTicks,
        Limits limits,
        Guards guards,
        ReadLease readLease,
        boolean forwardsProposals) {

    public RaftConfig {
        Check.that(
                guards.checkQuorum() || !readLease.enabled(),
                "lease-needs-check-quorum",
                "a read lease holds only among members that are loyal to a live leader");
    }

    /** A member that refuses proposals while it follows. */
    public RaftConfig(
            NodeId self,
            List<NodeId> voters,
            int electionTicks,
            int heartbeatTicks,
            Limits limits,
            Guards guards,
            ReadLease readLease) {
        this(self, voters, electionTicks, heartbeatTicks, limits, guards, readLease, false);
    }

    /** A member that asks a quorum for every read. */
    public RaftConfig(
            NodeId self,
            List<NodeId> voters,
            int electionTicks,
            int heartbeatTicks,
            Limits limits,
            Guards guards) {
        this(self, voters, electionTicks, heartbeatTicks, limits, guards, ReadLease.OFF);
    }

    /**
     * Bounds on what one message, one Ready or one member may hold. Of bytes at least one entry
     * always passes, however large.
     */
    public record Limits(
            int maxBytesPerAppend,
            int maxInFlightAppends,
            long maxInFlightBytes,
            int maxUncommittedBytes,
            long maxBytesPerApply) {
        public static final Limits DEFAULT = new Limits(1 << 20, 256, 64 << 20);

        /** One Ready hands out all there is to apply. */
        public Limits(
                int maxBytesPerAppend,
                int maxInFlightAppends,
                long maxInFlightBytes,
                int maxUncommittedBytes) {
            this(
                    maxBytesPerAppend,
                    maxInFlightAppends,
                    maxInFlightBytes,
                    maxUncommittedBytes,
                    Long.MAX_VALUE);
        }

        /** No bound on the bytes under way but that on the number of appends. */
        public Limits(int maxBytesPerAppend, int maxInFlightAppends, int maxUncommittedBytes) {
            this(maxBytesPerAppend, maxInFlightAppends, Long.MAX_VALUE, maxUncommittedBytes);
        }
    }

    /**
     * Whether a leader may answer reads without a round of heartbeats while a quorum heard it
     * lately (thesis §6.4.1). It holds only if no member's clock runs faster or slower than true
     * time by more than {@code driftPermille}, and if {@code Raft.advance} is called with all the
     * time that has passed before {@code Raft.read}.
     */
    public record ReadLease(boolean enabled, int driftPermille) {
        public static final ReadLease OFF = new ReadLease(false, 0);

        public ReadLease {
            if (driftPermille < 0 || driftPermille >= 1000) {
                throw new IllegalArgumentException(
                        "driftPermille must be in 0..999, got " + driftPermille);
            }
        }
    }

    /**
     * The two guards of the thesis against needless elections: PreVote (§9.6) and CheckQuorum
     * (§6.2).
     */
    public record Guards(boolean preVote, boolean checkQuorum) {
        public static final Guards DEFAULT = new Guards(true, true);
    }
}
