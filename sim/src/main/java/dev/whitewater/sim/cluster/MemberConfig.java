package dev.whitewater.sim.cluster;

import dev.whitewater.node.NodeConfig;
import dev.whitewater.raft.RaftConfig;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.sim.plan.ClusterPlan;

import java.util.ArrayList;
import java.util.List;

/** What the plan of a cluster means for one member. */
final class MemberConfig {

    private MemberConfig() {}

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
                                limits.maxUncommittedBytes()),
                        new RaftConfig.Guards(plan.preVote(), plan.checkQuorum()));
        return new NodeConfig(
                raft,
                World.CLUSTER_ID,
                limits.tickNanos(),
                limits.requestTimeoutNanos(),
                plan.walSegmentBytes());
    }
}
