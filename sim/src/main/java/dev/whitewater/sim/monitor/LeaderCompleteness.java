package dev.whitewater.sim.monitor;

import dev.whitewater.raft.RoleKind;

import java.util.List;

/**
 * M6, leader completeness: whoever leads a term has every entry that was committed in an earlier
 * one (thesis figure 3.2). Asked when a member becomes leader, and of all leaders of later terms
 * when an entry is committed after they were elected: an acknowledgement may have been under way.
 */
final class LeaderCompleteness {

    private final CommittedLog committed;
    private final List<MemberState> members;

    LeaderCompleteness(CommittedLog committed, List<MemberState> members) {
        this.committed = committed;
        this.members = members;
    }

    void after(MemberState member) {
        boolean isNew =
                member.role == RoleKind.LEADER
                        && (member.roleBefore != RoleKind.LEADER
                                || member.term != member.termBefore);
        if (!isNew) {
            return;
        }
        // Commit terms rise with the index but for leaders that did not yet know of a later one;
        // from the last index down, the first that counts stands by log matching for all before it.
        for (long index = committed.last(); index > 0; index--) {
            if (committed.commitTermAt(index) < member.term) {
                check(member, index);
                return;
            }
        }
    }

    /** The entry at {@code index} was taken for committed for the first time. */
    void committed(long index) {
        for (MemberState member : members) {
            if (member.isLeader() && committed.commitTermAt(index) < member.term) {
                check(member, index);
            }
        }
    }

    private void check(MemberState leader, long index) {
        long term = committed.termAt(index);
        boolean holds =
                index <= leader.raft().compactedIndex()
                        || (index <= leader.last && leader.raft().termAt(index) == term);
        if (!holds) {
            throw new Finding(
                    "M6",
                    "leader completeness",
                    leader
                            + " leads term "
                            + leader.term
                            + " without entry "
                            + term
                            + "/"
                            + index
                            + ", which was committed in term "
                            + committed.commitTermAt(index));
        }
    }
}
