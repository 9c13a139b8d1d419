package dev.whitewater.raft;

import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.TimeoutNow;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;
import dev.whitewater.raft.quorum.VoteTally;

/** Who may lead: timeouts, PreVote, votes (thesis §3.4, §3.6.1, §9.6, §4.2.3). */
final class ElectionRules {

    private final Member member;
    private final Transitions transitions;

    ElectionRules(Member member, Transitions transitions) {
        this.member = member;
        this.transitions = transitions;
    }

    /** The election timer ran out: nobody leads, as far as this member can tell. */
    void timedOut() {
        member.timer().draw(member.now());
        if (!member.membership().mayStillVote(member.self(), member.commit())
                && member.rules().keeps(Rule.ONLY_VOTERS_CAMPAIGN)) {
            return;
        }
        if (member.config().guards().preVote()) {
            askWhetherToCampaign();
        } else {
            campaign(false);
        }
    }

    /** Pre-votes are no promise, so the own one counts at once. */
    private void askWhetherToCampaign() {
        long campaignTerm = member.term() + 1;
        PreCandidate role = new PreCandidate(campaignTerm, new VoteTally());
        transitions.becomePreCandidate(role);
        EntryId last = member.log().lastId();
        for (NodeId peer : member.membership().active().allVoters()) {
            if (!peer.equals(member.self())) {
                member.send(
                        new PreVoteRequest(member.self(), peer, member.term(), campaignTerm, last));
            }
        }
        count(role, member.self(), true);
    }

    /**
     * The leader hands over (thesis §3.10). Only a voter may take over: who was removed meanwhile,
     * or only learns, must not.
     */
    void handle(TimeoutNow request) {
        boolean mayLead =
                member.quorum().hasVoter(member.self())
                        || !member.rules().keeps(Rule.ONLY_VOTERS_TAKE_OVER);
        if (member.role() instanceof Leader || !mayLead) {
            return;
        }
        if (member.explains()) {
            member.because("campaigns at once: " + request.from() + " hands over");
        }
        member.timer().draw(member.now());
        campaign(true);
    }

    /** A new term, the own vote, and a request to everyone. */
    private void campaign(boolean byTransfer) {
        transitions.becomeCandidate(new Candidate(new VoteTally()));
        EntryId last = member.log().lastId();
        for (NodeId peer : member.membership().active().allVoters()) {
            if (!peer.equals(member.self())) {
                sendVote(new VoteRequest(member.self(), peer, member.term(), last, byTransfer));
            }
        }
        VoteResponse own = new VoteResponse(member.self(), member.self(), member.term(), true);
        if (member.rules().voteWaitsForDisk()) {
            // The own vote is a promise like any other: it counts when it is durable, which is when
            // this message comes back to its sender.
            member.send(own);
        } else {
            handle(own);
        }
    }

    /** Votes and requests for them promise that no other candidate gets this term's vote. */
    private void sendVote(Message message) {
        if (member.rules().voteWaitsForDisk()) {
            member.send(message);
        } else {
            member.sendCarelessly(message);
        }
    }

    /**
     * Would this member vote for the sender? Answered with the own term even to a sender of a lower
     * one, so that a member that fell behind learns it: were such requests ignored, it could
     * neither win nor catch up.
     */
    void handle(PreVoteRequest request) {
        boolean granted =
                request.campaignTerm() > member.term()
                        && !followsLiveLeader()
                        && isUpToDate(request.last());
        if (!granted && member.explains()) {
            member.because("refused pre-vote to " + request.from() + ": " + objection(request));
        }
        member.send(
                new PreVoteResponse(
                        member.self(),
                        request.from(),
                        member.term(),
                        request.campaignTerm(),
                        granted));
    }

    /** Answers to an earlier question than the present one are not counted. */
    void handle(PreVoteResponse response) {
        if (member.role() instanceof PreCandidate role
                && response.campaignTerm() == role.campaignTerm()) {
            count(role, response.from(), response.granted());
        }
    }

    private void count(PreCandidate role, NodeId voter, boolean granted) {
        role.votes().record(voter, granted);
        switch (member.quorum().result(role.votes())) {
            case WON -> campaign(false);
            case LOST -> transitions.becomeFollower(NodeId.NONE);
            case PENDING -> {}
        }
    }

    /**
     * Grants at most one vote per term, and only to a log at least as up-to-date as the own (thesis
     * §3.6.1). The term gate has made both terms equal.
     */
    void handle(VoteRequest request) {
        boolean free =
                member.votedFor().equals(request.from())
                        || (member.votedFor().isNone() && member.role().leader().isNone());
        boolean granted = free && isUpToDate(request.last()) && votes();
        if (granted) {
            member.voteFor(request.from());
            member.timer().restart(member.now());
        } else if (member.explains()) {
            member.because("refused vote to " + request.from() + ": " + objection(request, free));
        }
        VoteResponse response =
                new VoteResponse(member.self(), request.from(), member.term(), granted);
        if (granted) {
            sendVote(response);
        } else {
            member.send(response);
        }
    }

    private boolean votes() {
        return member.rules().keeps(Rule.LEARNER_VOTES_WHEN_ASKED)
                || member.quorum().hasVoter(member.self());
    }

    void handle(VoteResponse response) {
        if (member.role() instanceof Candidate role) {
            role.votes().record(response.from(), response.granted());
            switch (member.quorum().result(role.votes())) {
                case WON -> transitions.becomeLeader();
                case LOST -> transitions.becomeFollower(NodeId.NONE);
                case PENDING -> {}
            }
        }
    }

    /**
     * Whether this member has a leader that it heard within the shortest election timeout; such a
     * member neither grants pre-votes nor, with CheckQuorum, lets a higher term depose its leader
     * (thesis §4.2.3).
     */
    boolean followsLiveLeader() {
        if (member.config().readLease().enabled()) {
            return member.role() instanceof Leader || isBoundByLease();
        }
        return switch (member.role()) {
            case Leader leader -> true;
            case Follower follower -> !follower.leader().isNone() && heardOfLate();
            case PreCandidate candidate -> false;
            case Candidate candidate -> false;
        };
    }

    /**
     * With leases loyalty is a promise about time, whatever happens in between. (1) n2 hears leader
     * n1 of term 5, which now counts on n2 for a while; (2) a late answer takes n2 to term 7, where
     * it knows no leader; (3) were n2 free now, it could elect n3 while n1 still answers reads. A
     * restart makes it forget whom it heard, so it waits as if it had just heard someone.
     */
    private boolean isBoundByLease() {
        return heardOfLate()
                || (member.now() < member.config().electionTicks() && member.hasHistory());
    }

    private boolean heardOfLate() {
        return member.now() - member.lastLeaderContact() < member.config().electionTicks();
    }

    private boolean isUpToDate(EntryId candidateLast) {
        return candidateLast.compareTo(member.log().lastId()) >= 0
                || !member.rules().keeps(Rule.VOTER_COMPARES_LOGS);
    }

    private String objection(PreVoteRequest request) {
        if (request.campaignTerm() <= member.term()) {
            return "term " + request.campaignTerm() + " is not above mine, " + member.term();
        }
        if (!followsLiveLeader()) {
            return behind(request.last());
        }
        return member.role().leader().isNone()
                ? "a leader was heard lately, and leases count on that"
                : "leader " + member.role().leader() + " is alive";
    }

    private String objection(VoteRequest request, boolean free) {
        if (free) {
            return behind(request.last());
        }
        return member.votedFor().isNone()
                ? "term " + member.term() + " has leader " + member.role().leader()
                : "voted for " + member.votedFor() + " in term " + member.term();
    }

    private String behind(EntryId candidateLast) {
        return "candidate's log " + candidateLast + " is behind mine " + member.log().lastId();
    }
}
