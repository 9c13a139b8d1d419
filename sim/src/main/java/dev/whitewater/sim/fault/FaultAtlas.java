package dev.whitewater.sim.fault;

import dev.whitewater.sim.cluster.Member;

import java.util.List;

/**
 * Which disks hold less than their members promised, so that faults never destroy the last good
 * copy of anything: as long as the damaged members are fewer than half, whatever a majority was
 * told is whole on one of the others, and those others are a majority that can go on alone. Where a
 * plan changes the membership there is no such account, and no disk is damaged.
 */
final class FaultAtlas {

    private final List<Member> members;

    private final boolean closed;

    FaultAtlas(List<Member> members, boolean closed) {
        this.members = members;
        this.closed = closed;
    }

    /** Whether {@code member}'s disk may be damaged, or damaged more. */
    boolean mayDamage(Member member) {
        int damaged = member.disk().isDamaged() ? 0 : 1;
        for (Member other : members) {
            damaged += other.disk().isDamaged() ? 1 : 0;
        }
        return !closed && 2 * damaged < members.size();
    }
}
