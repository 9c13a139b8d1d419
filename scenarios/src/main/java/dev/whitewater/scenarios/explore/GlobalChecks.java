package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.Check;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.EntryId;

import java.util.List;

/** What no member can see of itself, checked in every state of the cluster. */
final class GlobalChecks {

    private GlobalChecks() {}

    /** The member at {@code changed} has come from {@code commitBefore} to what it is now. */
    static void check(List<MemberState> members, int changed, long commitBefore) {
        MemberState member = members.get(changed);
        if (member.facts().role() == RoleKind.LEADER && member.facts().commit() > commitBefore) {
            committedOnQuorum(member, members);
        }
        for (MemberState other : members) {
            if (other.place() != changed) {
                logMatching(member.facts().log(), other.facts().log());
                sameCommitted(member.facts(), other.facts());
                leaderKnows(member, other);
                leaderKnows(other, member);
            }
        }
    }

    /** M7: of the leader's own term, and durable at a majority. */
    private static void committedOnQuorum(MemberState leader, List<MemberState> members) {
        EntryId id = leader.facts().log().get((int) leader.facts().commit() - 1);
        Check.equal("M7-own-term", leader.facts().term(), id.term());
        int holders = 0;
        for (MemberState member : members) {
            if (holds(member.facts().durable(), id)) {
                holders++;
            }
        }
        Check.below("M7-committed-on-quorum", members.size() / 2, holders);
    }

    private static boolean holds(List<EntryId> log, EntryId id) {
        return log.size() >= id.index() && log.get((int) id.index() - 1).equals(id);
    }

    /** M4: logs that agree at an index agree before it. */
    private static void logMatching(List<EntryId> one, List<EntryId> other) {
        boolean agree = false;
        for (int i = Math.min(one.size(), other.size()) - 1; i >= 0; i--) {
            boolean same = one.get(i).equals(other.get(i));
            Check.that(same || !agree, "M4-log-matching", one + " and " + other);
            agree |= same;
        }
    }

    /** M8: nobody commits what another commits differently. */
    private static void sameCommitted(MemberState.Facts one, MemberState.Facts other) {
        long both = Math.min(one.commit(), other.commit());
        for (int i = 0; i < both; i++) {
            Check.that(
                    one.log().get(i).equals(other.log().get(i)),
                    "M8-state-machine-safety",
                    one.log().get(i) + " and " + other.log().get(i) + " are committed");
        }
    }

    /** M6: a leader has what was committed before its term. M10: it believes only what is true. */
    private static void leaderKnows(MemberState leader, MemberState other) {
        if (leader.facts().role() != RoleKind.LEADER
                || other.facts().term() > leader.facts().term()) {
            return;
        }
        for (int i = 0; i < other.facts().commit(); i++) {
            Check.that(
                    holds(leader.facts().log(), other.facts().log().get(i)),
                    "M6-leader-completeness",
                    "leader lacks committed " + other.facts().log().get(i));
        }
        long match = leader.facts().match().get(other.place());
        Check.that(
                match == 0
                        || holds(
                                other.facts().durable(), leader.facts().log().get((int) match - 1)),
                "M10-ack-truth",
                "leader believes in a match at " + match);
    }
}
