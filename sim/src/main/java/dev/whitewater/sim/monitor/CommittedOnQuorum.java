package dev.whitewater.sim.monitor;

import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.NodeId;

import java.util.List;

/**
 * M7, committed on a quorum: when a leader raises its commit index, the entry there is of its own
 * term and would survive a crash on a majority of disks, those of members that are down included
 * (thesis §3.6.2, figure 3.7).
 */
final class CommittedOnQuorum {

    private final List<MemberState> members;
    private final Configurations configurations;

    CommittedOnQuorum(List<MemberState> members, Configurations configurations) {
        this.members = members;
        this.configurations = configurations;
    }

    void after(MemberState member) {
        if (!member.led() || member.commit <= member.commitBefore) {
            return;
        }
        long index = member.commit;
        long term = member.raft().termAt(index);
        if (term != member.term) {
            throw finding(
                    member
                            + " leads term "
                            + member.term
                            + " and committed up to "
                            + term
                            + "/"
                            + index
                            + ", an entry of another term, by counting");
        }
        Configuration now = configurations.active(member);
        // Within one event the entry may be committed first and the configuration changed then.
        boolean holds =
                isOnQuorum(now, index, term)
                        || isOnQuorum(configurations.activeBefore(member), index, term);
        if (!holds) {
            throw finding(
                    member
                            + " committed "
                            + term
                            + "/"
                            + index
                            + ", which is durable on "
                            + holders(now.voters(), index, term)
                            + " of "
                            + now.voters().size()
                            + " members"
                            + (now.isJoint() ? " of " + now : ""));
        }
    }

    private boolean isOnQuorum(Configuration configuration, long index, long term) {
        return isOnMajority(configuration.voters(), index, term)
                && (!configuration.isJoint()
                        || isOnMajority(configuration.outgoing(), index, term));
    }

    private boolean isOnMajority(List<NodeId> voters, long index, long term) {
        return 2 * holders(voters, index, term) > voters.size();
    }

    private int holders(List<NodeId> voters, long index, long term) {
        int holders = 0;
        for (NodeId voter : voters) {
            MemberState other = members.get((int) voter.value() - 1);
            holders += other.durable().holds(index, term) ? 1 : 0;
        }
        return holders;
    }

    private static Finding finding(String message) {
        return new Finding("M7", "committed on quorum", message);
    }
}
