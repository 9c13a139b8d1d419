package dev.whitewater.sim.monitor;

import dev.whitewater.raft.RoleKind;

/**
 * M5, leader append-only: a leader never removes or overwrites an entry of its log, and stamps each
 * new one with its own term (thesis figure 3.2).
 */
final class LeaderAppendOnly {

    void after(MemberState member) {
        boolean leads =
                member.role == RoleKind.LEADER
                        && member.roleBefore == RoleKind.LEADER
                        && member.term == member.termBefore;
        if (!leads) {
            return;
        }
        if (member.last < member.lastBefore) {
            throw finding(
                    member
                            + " leads term "
                            + member.term
                            + " and cut its log from "
                            + member.lastBefore
                            + " to "
                            + member.last);
        }
        if (member.last == member.lastBefore) {
            return;
        }
        if (member.raft().termAt(member.lastBefore) != member.lastTermBefore) {
            throw finding(member + " leads and overwrote its entry at " + member.lastBefore);
        }
        for (long index = member.lastBefore + 1; index <= member.last; index++) {
            long term = member.raft().termAt(index);
            if (term != member.term) {
                throw finding(
                        member
                                + " leads term "
                                + member.term
                                + " and appended an entry of term "
                                + term
                                + " at "
                                + index);
            }
        }
    }

    private static Finding finding(String message) {
        return new Finding("M5", "leader append-only", message);
    }
}
