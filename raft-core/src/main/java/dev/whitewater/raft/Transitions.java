package dev.whitewater.raft;

import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;

/** The changes of role (thesis figure 3.3), and what must be cleaned up at each. */
final class Transitions {

    private final Member member;
    private final ReadIndex readIndex;

    Transitions(Member member, ReadIndex readIndex) {
        this.member = member;
        this.readIndex = readIndex;
    }

    /** Follows {@code leader} in the present term, or nobody yet. */
    void becomeFollower(NodeId leader) {
        Role before = member.role();
        if (before instanceof Leader) {
            // Others keep the timeout that runs: a message that grants nothing and names no leader
            // must not put off the next election (thesis §3.4).
            member.timer().draw(member.now());
        }
        if (!member.rules().keeps(Rule.VOTE_STAYS_IN_ITS_TERM)) {
            member.forgetVote();
        }
        replace(before, Follower.of(leader));
    }

    void becomePreCandidate(PreCandidate role) {
        replace(member.role(), role);
    }

    void becomeCandidate(Candidate role) {
        Check.that(
                member.role().kind() != RoleKind.LEADER,
                "leader-does-not-campaign",
                "leader of term " + member.term());
        member.enterTerm(member.term() + 1);
        member.voteFor(member.self());
        replace(member.role(), role);
    }

    /**
     * Begins with an empty entry of the new term: only that can be committed by counting, and with
     * it everything before (thesis §3.6.2, §6.4).
     */
    void becomeLeader() {
        Check.that(
                member.votedFor().equals(member.self()),
                "leader-voted-for-itself",
                "voted for " + member.votedFor() + " in term " + member.term());
        long firstIndex = member.log().last() + 1;
        Leader leader = new Leader(member.self(), firstIndex, member.config().limits());
        leader.follow(member.membership().active().members(), firstIndex);
        leader.heartbeatDeadline(member.now() + member.config().heartbeatTicks());
        leader.quorumDeadline(member.now() + member.config().electionTicks());
        leader.ownMatch(member.log().durable());
        replace(member.role(), leader);
        member.append(Entry.noop(new EntryId(member.term(), firstIndex)));
    }

    private void replace(Role before, Role after) {
        readIndex.refuseAll(before);
        member.role(after);
    }
}
