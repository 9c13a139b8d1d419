package dev.whitewater.sim.monitor;

import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

import java.util.TreeMap;

/**
 * M2, one vote: all votes that a member sends for a term, over its whole life and across restarts,
 * name one candidate; asking for votes is a vote for oneself (thesis §3.4). At its root: within a
 * term a vote, once given, stays as it is.
 */
final class OneVote {

    private static final TreeMap<Integer, Long> NONE = new TreeMap<>();

    private final TreeMap<Long, TreeMap<Integer, Long>> votes = new TreeMap<>();

    void sent(MemberState voter, Message message) {
        if (message instanceof VoteRequest request) {
            check(voter, request.term(), request.from().value());
        } else if (message instanceof VoteResponse response && response.granted()) {
            check(voter, response.term(), response.to().value());
        }
    }

    void after(MemberState member) {
        boolean stays =
                member.vote.value() == member.voteBefore.value()
                        || member.voteBefore.isNone()
                        || member.term != member.termBefore;
        if (!stays) {
            throw new Finding(
                    "M2",
                    "one vote",
                    member
                            + " voted for "
                            + member.voteBefore
                            + " in term "
                            + member.term
                            + " and now says "
                            + member.vote);
        }
    }

    /** Whether {@code voter} was seen to vote for {@code candidate}. */
    boolean has(long term, NodeId voter, NodeId candidate) {
        TreeMap<Integer, Long> ofTerm = votes.getOrDefault(term, NONE);
        return ofTerm.getOrDefault((int) voter.value(), 0L) == candidate.value();
    }

    private void check(MemberState voter, long term, long candidate) {
        Long other =
                votes.computeIfAbsent(term, _ -> new TreeMap<>())
                        .putIfAbsent(voter.number(), candidate);
        if (other != null && other != candidate) {
            throw new Finding(
                    "M2",
                    "one vote",
                    voter
                            + " voted twice in term "
                            + term
                            + ": first for n"
                            + other
                            + ", now for n"
                            + candidate);
        }
    }
}
