package dev.whitewater.sim;

import dev.whitewater.sim.client.Clients;
import dev.whitewater.sim.monitor.Finding;
import dev.whitewater.sim.monitor.MemberState;

import java.util.List;

/**
 * M35 to M37 of the second phase: the healed cluster has a leader, serves a fresh write and a fresh
 * read, and all its members reach the same state. The bound on it is {@link
 * dev.whitewater.sim.plan.LivenessBound}'s.
 */
final class Liveness {

    private final List<MemberState> members;
    private final Clients clients;
    private boolean begun;

    Liveness(List<MemberState> members, Clients clients) {
        this.members = List.copyOf(members);
        this.clients = clients;
    }

    void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    boolean isReached() {
        return begun && clients.hasProbed() && hasLeader() && hasConverged();
    }

    private boolean hasLeader() {
        for (MemberState member : members) {
            if (member.isLeader()) {
                return true;
            }
        }
        return false;
    }

    private boolean hasConverged() {
        MemberState first = members.getFirst();
        for (MemberState member : members) {
            boolean equal =
                    member.isUp()
                            && member.applied() == member.last()
                            && member.applied() == first.applied()
                            && member.store().hash() == first.store().hash();
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    /** What was not reached when the bound was up. */
    Finding missing(long boundNanos) {
        String within = " within " + boundNanos / 1_000_000 + " ms after all faults ended";
        if (!hasLeader()) {
            return new Finding("M35", "stable leader", "no member leads" + within);
        }
        if (!clients.hasProbed()) {
            return new Finding(
                    "M36",
                    "progress",
                    (clients.probeWrote() ? "no fresh read" : "no fresh write")
                            + " succeeded"
                            + within);
        }
        StringBuilder states = new StringBuilder();
        for (MemberState member : members) {
            states.append(", ")
                    .append(member)
                    .append(member.isUp() ? " applied " + member.applied() : " is down")
                    .append(" of ")
                    .append(member.last());
        }
        return new Finding("M37", "convergence", "members are not equal" + within + states);
    }
}
