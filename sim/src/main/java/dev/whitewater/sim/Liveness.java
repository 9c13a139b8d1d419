package dev.whitewater.sim;

import dev.whitewater.sim.client.Clients;
import dev.whitewater.sim.client.Operator;
import dev.whitewater.sim.cluster.Member;
import dev.whitewater.sim.monitor.Finding;
import dev.whitewater.sim.monitor.MemberState;

import java.util.List;

/**
 * M35 to M38 of the second phase: the healed cluster has a leader, serves a fresh write and a fresh
 * read, all its members reach the same state, and none holds a request for ever. The bound on it is
 * {@link dev.whitewater.sim.plan.LivenessBound}'s.
 *
 * <p>Excused are members whose disk was damaged and that refuse to run on it: that is what they
 * must do. Nothing is demanded of a cluster in which those are half or more.
 */
final class Liveness {

    private final List<Member> members;
    private final Clients clients;
    private final Operator operator;
    private boolean begun;

    Liveness(List<Member> members, Clients clients, Operator operator) {
        this.members = members;
        this.clients = clients;
        this.operator = operator;
    }

    void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    /** How many entries the member that is furthest behind may have to be sent. */
    long entriesBehind() {
        long most = 0;
        long least = Long.MAX_VALUE;
        for (Member member : members) {
            most = Math.max(most, member.state().last());
            least = Math.min(least, member.state().applied());
        }
        return most - least;
    }

    boolean isReached() {
        return begun
                && clients.hasProbed()
                && operator.isSatisfied()
                && hasConverged()
                && !isStuck();
    }

    private static boolean isExcused(Member member) {
        return !member.state().isUp() && member.disk().isDamaged();
    }

    /** Who refuses to run although all is healed; empty while a majority can be asked for more. */
    String spared() {
        int excused = 0;
        StringBuilder names = new StringBuilder();
        for (Member member : members) {
            if (isExcused(member)) {
                excused++;
                names.append(names.isEmpty() ? "" : ", ").append(member.state());
            }
        }
        return 2 * (members.size() - excused) > members.size() ? "" : names.toString();
    }

    private boolean hasLeader() {
        for (Member member : members) {
            if (member.state().isLeader()) {
                return true;
            }
        }
        return false;
    }

    private boolean hasConverged() {
        long applied = -1;
        long hash = 0;
        for (Member member : members) {
            if (isExcused(member)) {
                continue;
            }
            MemberState state = member.state();
            if (applied < 0) {
                applied = state.applied();
                hash = state.store().hash();
            }
            boolean equal =
                    state.isUp()
                            && state.applied() == state.last()
                            && state.applied() == applied
                            && state.store().hash() == hash;
            if (!equal) {
                return false;
            }
        }
        return applied >= 0;
    }

    /** Up to where all members have applied, when they are equal. */
    long agreedIndex() {
        for (Member member : members) {
            if (!isExcused(member)) {
                return member.state().applied();
            }
        }
        return 0;
    }

    /** M38: nobody waits for something that will not come. */
    private boolean isStuck() {
        for (Member member : members) {
            if (member.state().isUp() && member.waiting() > 0) {
                return true;
            }
        }
        return false;
    }

    private String waiting() {
        StringBuilder text = new StringBuilder();
        for (Member member : members) {
            text.append(", ").append(member.state()).append(" ").append(member.waiting());
        }
        return text.toString();
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
        if (!operator.isSatisfied()) {
            String what = "not all members belong to the cluster again" + within;
            return new Finding("M36", "progress", what);
        }
        StringBuilder states = new StringBuilder();
        for (Member member : members) {
            MemberState state = member.state();
            states.append(", ")
                    .append(state)
                    .append(state.isUp() ? " applied " + state.applied() : " is down")
                    .append(" of ")
                    .append(state.last());
        }
        if (hasConverged()) {
            String what = "a member still holds requests that nothing will answer" + within;
            return new Finding("M38", "no stuck flag", what + waiting());
        }
        return new Finding("M37", "convergence", "members are not equal" + within + states);
    }
}
