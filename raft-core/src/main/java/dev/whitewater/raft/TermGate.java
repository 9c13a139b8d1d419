package dev.whitewater.raft;

import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.ProposalRequest;
import dev.whitewater.raft.message.ReadIndexRequest;
import dev.whitewater.raft.message.ReadIndexResponse;
import dev.whitewater.raft.message.TimeoutNow;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

/**
 * Terms are compared here, once, before any rule sees a message (thesis §3.3). What passes is of
 * the member's own term, but for the two messages of PreVote, which speak of terms to come.
 */
final class TermGate {

    private final Member member;
    private final ElectionRules elections;
    private final Transitions transitions;

    TermGate(Member member, ElectionRules elections, Transitions transitions) {
        this.member = member;
        this.elections = elections;
        this.transitions = transitions;
    }

    /** Whether {@code message} goes on to its rule. */
    boolean passes(Message message) {
        long term = message.term();
        if (term > member.term()) {
            return newerPasses(message);
        }
        return term == member.term() || olderPasses(message);
    }

    private boolean newerPasses(Message message) {
        return switch (message) {
            // A pre-candidate's term is no reason to leave a leader that is alive (thesis §9.6).
            case PreVoteRequest request -> true;
            case VoteRequest request -> {
                if (!request.byTransfer() && deposesLiveLeader()) {
                    if (member.explains()) {
                        member.because(ignored(request));
                    }
                    yield false;
                }
                yield adopt(request, NodeId.NONE);
            }
            case AppendRequest request -> adopt(request, request.from());
            case HeartbeatRequest request -> adopt(request, request.from());
            case InstallSnapshot request -> adopt(request, request.from());
            case TimeoutNow request -> adopt(request, request.from());
            case PreVoteResponse response -> adopt(response, NodeId.NONE);
            case VoteResponse response -> adopt(response, NodeId.NONE);
            case AppendResponse response -> adopt(response, NodeId.NONE);
            case HeartbeatResponse response -> adopt(response, NodeId.NONE);
            case ReadIndexRequest request -> adopt(request, NodeId.NONE);
            case ReadIndexResponse response -> adopt(response, response.from());
            case ProposalRequest request -> adopt(request, NodeId.NONE);
        };
    }

    /**
     * With CheckQuorum on everywhere, a leader that does not hear a quorum steps down by itself, so
     * who hears one need not listen to a candidate (thesis §4.2.3).
     */
    private boolean deposesLiveLeader() {
        return member.config().guards().checkQuorum()
                && member.rules().keeps(Rule.LOYAL_TO_LIVE_LEADER)
                && elections.followsLiveLeader();
    }

    private boolean adopt(Message message, NodeId leader) {
        if (member.explains()) {
            member.because(
                    (member.role() instanceof Leader
                                    ? "steps down"
                                    : "leaves term " + member.term())
                            + ": higher term "
                            + message.term()
                            + " from "
                            + message.from());
        }
        member.enterTerm(message.term());
        transitions.becomeFollower(leader);
        return true;
    }

    /** Who speaks of an older term is told the present one; late answers are dropped. */
    private boolean olderPasses(Message message) {
        return switch (message) {
            case PreVoteRequest request -> member.rules().keeps(Rule.PRE_VOTES_CROSS_TERMS);
            case PreVoteResponse response -> member.rules().keeps(Rule.PRE_VOTES_CROSS_TERMS);
            case VoteRequest request -> {
                member.send(new VoteResponse(member.self(), request.from(), member.term(), false));
                yield false;
            }
            case AppendRequest request -> {
                refuse(request);
                yield false;
            }
            case HeartbeatRequest request -> {
                member.send(new HeartbeatResponse(member.self(), request.from(), member.term(), 0));
                yield false;
            }
            case InstallSnapshot request -> {
                refuse(request);
                yield false;
            }
            case TimeoutNow request -> false;
            case VoteResponse response -> !member.rules().keeps(Rule.VOTES_COUNT_IN_THEIR_TERM);
            case AppendResponse response ->
                    !member.rules().keeps(Rule.ACKNOWLEDGEMENTS_COUNT_IN_THEIR_TERM);
            case HeartbeatResponse response -> false;
            case ReadIndexRequest request -> false;
            case ReadIndexResponse response -> false;
            case ProposalRequest request -> false;
        };
    }

    /**
     * A leader of an older term learns the present one from the refusal, and nothing else: it names
     * index 0. Should the sender lead the present term by the time it arrives, a refusal that named
     * the old request's index could pass for one of a new request.
     */
    private void refuse(Message request) {
        member.send(
                new AppendResponse(
                        member.self(), request.from(), member.term(), false, 0, EntryId.ZERO));
    }

    private String ignored(VoteRequest request) {
        return "ignored "
                + request.from()
                + "'s campaign in term "
                + request.term()
                + ": leader "
                + member.role().leader()
                + " is alive";
    }
}
