package dev.whitewater.sim.monitor;

import dev.whitewater.raft.RoleKind;

import java.util.TreeMap;

/**
 * M1, election safety: for every term at most one member was ever its leader (thesis figure 3.2).
 * Over the whole run, not over one moment of it.
 */
final class ElectionSafety {

    private final TreeMap<Long, Integer> leaders = new TreeMap<>();
    private long leaderChanges;

    /** How often a member became leader. */
    long leaderChanges() {
        return leaderChanges;
    }

    /** Whether the member has just become leader. */
    boolean after(MemberState member) {
        boolean isNew =
                member.role == RoleKind.LEADER
                        && (member.roleBefore != RoleKind.LEADER
                                || member.termBefore != member.term);
        if (!isNew) {
            return false;
        }
        leaderChanges++;
        Integer other = leaders.putIfAbsent(member.term, member.number());
        if (other != null && other != member.number()) {
            throw new Finding(
                    "M1",
                    "election safety",
                    "term "
                            + member.term
                            + " has two leaders: first n"
                            + other
                            + ", now "
                            + member);
        }
        return true;
    }
}
