package dev.whitewater.sim.cluster;

import dev.whitewater.node.NodeConfig;
import dev.whitewater.node.ServiceLimits;
import dev.whitewater.node.snapshot.TransferLimits;
import dev.whitewater.raft.ElectionJitter;
import dev.whitewater.raft.RaftConfig;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Purpose;

import java.util.ArrayList;
import java.util.List;

/** What the plan of a cluster means for one member. */
final class MemberConfig {

    private MemberConfig() {}

    /**
     * What a member may be told instead after a restart: all that members need not agree on. Their
     * timeouts stay, so that what the plan promises of liveness does too.
     */
    static NodeConfig changed(ClusterPlan plan, NodeId self, Decisions decisions, long key) {
        long bits = decisions.bits(Purpose.RESTART_CONFIG, key, self.value());
        ClusterPlan.Limits limits = plan.limits();
        return of(
                new ClusterPlan(
                        plan.members(),
                        plan.electionTimeoutNanos(),
                        plan.heartbeatNanos(),
                        (bits & 3) > 0,
                        plan.readLeasePermille() > 0 || (bits & 12) > 0,
                        1 << (12 + (int) (bits >>> 8 & 7)),
                        plan.readLeasePermille(),
                        new ClusterPlan.Limits(
                                limits.tickNanos(),
                                limits.requestTimeoutNanos(),
                                1 << ((int) (bits >>> 16 & 15) + 4),
                                1 << (int) (bits >>> 24 & 7),
                                limits.maxUncommittedBytes(),
                                5 << (int) (bits >>> 32 & 7),
                                limits.snapshotChunkBytes(),
                                64L << (2 * (int) (bits >>> 40 & 7)),
                                64L << (2 * (int) (bits >>> 48 & 7))),
                        plan.services()),
                self);
    }

    /** The waits before its elections, drawn for each of its processes and attempts. */
    static ElectionJitter jitter(Decisions decisions, int member, int incarnation) {
        return (attempt, bound) ->
                (int)
                        Decisions.below(
                                decisions.bits(
                                        Purpose.ELECTION_JITTER, member, incarnation, attempt),
                                bound);
    }

    static NodeConfig of(ClusterPlan plan, NodeId self) {
        List<NodeId> voters = new ArrayList<>();
        for (int number = 1; number <= plan.members(); number++) {
            voters.add(new NodeId(number));
        }
        ClusterPlan.Limits limits = plan.limits();
        RaftConfig raft =
                new RaftConfig(
                        self,
                        List.copyOf(voters),
                        plan.electionTicks(),
                        plan.heartbeatTicks(),
                        new RaftConfig.Limits(
                                limits.maxBytesPerAppend(),
                                limits.maxInFlightAppends(),
                                limits.maxInFlightBytes(),
                                limits.maxUncommittedBytes(),
                                limits.maxBytesPerApply()),
                        new RaftConfig.Guards(plan.preVote(), plan.checkQuorum()),
                        new RaftConfig.ReadLease(
                                plan.readLeasePermille() > 0, plan.readLeasePermille()));
        return new NodeConfig(
                raft,
                World.CLUSTER_ID,
                limits.tickNanos(),
                limits.requestTimeoutNanos(),
                plan.walSegmentBytes(),
                limits.snapshotEntries(),
                new TransferLimits(
                        limits.snapshotChunkBytes(), TransferLimits.DEFAULT.windowChunks(), 0),
                new ServiceLimits(
                        plan.services().watchAnswerBytes(),
                        plan.services().watchProgressNanos(),
                        plan.services().leaseCheckpointNanos(),
                        ServiceLimits.DEFAULT.quotaBytes(),
                        plan.services().watchRoom()));
    }
}
