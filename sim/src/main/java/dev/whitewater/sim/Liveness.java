package dev.whitewater.sim;

import dev.whitewater.sim.client.Clients;
import dev.whitewater.sim.client.Operator;
import dev.whitewater.sim.client.Watchers;
import dev.whitewater.sim.cluster.Member;
import dev.whitewater.sim.monitor.Finding;
import dev.whitewater.sim.monitor.LeasePromises;
import dev.whitewater.sim.monitor.MemberState;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.DelayPlan;

import java.util.List;

/**
 * M35 to M38 of the second phase: the healed cluster has a leader, serves a fresh write and a fresh
 * read, all its members reach the same state, and none holds a request for ever. The bound on it is
 * {@link dev.whitewater.sim.plan.LivenessBound}'s.
 *
 * <p>Before that, where links stay cut, there must be a leader that stays and serves all the same:
 * with PreVote and CheckQuorum any graph will do in which a majority can talk to each other (Howard
 * and Abraham, "Raft does not Guarantee Liveness in the face of Network Faults", 2020). A member of
 * that majority can win an election; who can't hear the leader doesn't disturb those who can; and a
 * leader that hears no majority resigns.
 *
 * <p>Excused are members whose disk was damaged and that refuse to run on it: that is what they
 * must do. Nothing is demanded of a cluster in which those are half or more.
 */
final class Liveness {

    private final List<Member> members;
    private final Clients clients;
    private final Operator operator;
    private final Calm calm;
    private final Watchers watchers;
    private final LeasePromises leases;
    private boolean begun;
    private boolean linksAreCut;

    /**
     * How long nobody new may have become leader before a leader is said to stay: some timeouts, so
     * that whoever is cut off from it has campaigned more than once.
     */
    static final int CALM_TIMEOUTS = 6;

    /** Whoever asks something of the cluster. */
    record Company(Clients clients, Operator operator, Watchers watchers, LeasePromises leases) {}

    Liveness(List<Member> members, Company company, Calm calm) {
        this.members = members;
        this.calm = calm;
        clients = company.clients();
        operator = company.operator();
        watchers = company.watchers();
        leases = company.leases();
    }

    /** Since when no member has become leader. */
    static final class Calm {
        private final long neededNanos;
        private long elections = -1;
        private long since;

        /** 0 where delays alone may depose a leader. */
        Calm(ClusterPlan cluster, DelayPlan delay) {
            boolean heartbeatsArrive =
                    cluster.electionTimeoutNanos()
                            > cluster.heartbeatNanos() + 2 * delay.maxNanos();
            neededNanos = heartbeatsArrive ? CALM_TIMEOUTS * cluster.electionTimeoutNanos() : 0;
        }

        boolean lasts(long now, long electionsSoFar) {
            if (electionsSoFar != elections) {
                elections = electionsSoFar;
                since = now;
            }
            return now - since >= neededNanos;
        }
    }

    /**
     * @param cut whether links stay cut for now
     */
    void begin(boolean cut) {
        begun = true;
        linksAreCut = cut;
    }

    boolean hasLinksCut() {
        return linksAreCut;
    }

    /** Whether there is a leader that serves and stays, though links are cut. */
    boolean isServing(long now, long elections) {
        return linksAreCut && calm.lasts(now, elections) && clients.hasProbed() && hasLeader();
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
                && !linksAreCut
                && clients.hasProbed()
                && operator.isSatisfied()
                && hasConverged()
                && !isStuck()
                && watchers.missing().isEmpty()
                && leases.alive() == 0;
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
        String within =
                " within "
                        + boundNanos / 1_000_000
                        + (linksAreCut
                                ? " ms though a majority could talk to each other"
                                : " ms after all faults ended");
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
        if (linksAreCut) {
            return new Finding("M35", "stable leader", "no leader stayed" + within);
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
        if (hasConverged() && !watchers.missing().isEmpty()) {
            String what = "a watch has not come as far as the log" + within + ": ";
            return new Finding("M37", "convergence", what + watchers.missing());
        }
        if (hasConverged() && leases.alive() > 0) {
            String what = leases.alive() + " leases that nobody renews are still there" + within;
            return new Finding("M31", "lease not never", what);
        }
        if (hasConverged()) {
            String what = "a member still holds requests that nothing will answer" + within;
            return new Finding("M38", "no stuck flag", what + waiting());
        }
        return new Finding("M37", "convergence", "members are not equal" + within + states);
    }
}
