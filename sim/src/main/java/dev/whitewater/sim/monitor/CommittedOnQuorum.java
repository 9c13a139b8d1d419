package dev.whitewater.sim.monitor;

import java.util.List;

/**
 * M7, committed on a quorum: when a leader raises its commit index, the entry there is of its own
 * term and would survive a crash on a majority of disks, those of members that are down included
 * (thesis §3.6.2, figure 3.7).
 */
final class CommittedOnQuorum {

    private final List<MemberState> members;

    CommittedOnQuorum(List<MemberState> members) {
        this.members = members;
    }

    void after(MemberState member) {
        if (!member.isLeader() || member.commit <= member.commitBefore) {
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
        int holders = 0;
        for (MemberState other : members) {
            if (other.durable().holds(index, term)) {
                holders++;
            }
        }
        if (2 * holders <= members.size()) {
            throw finding(
                    member
                            + " committed "
                            + term
                            + "/"
                            + index
                            + ", which is durable on "
                            + holders
                            + " of "
                            + members.size()
                            + " members");
        }
    }

    private static Finding finding(String message) {
        return new Finding("M7", "committed on quorum", message);
    }
}
