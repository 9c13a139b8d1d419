package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.ReadIndexRequest;
import dev.whitewater.raft.message.ReadIndexResponse;
import dev.whitewater.raft.quorum.Majority;

import java.util.List;

/**
 * Linearizable reads without a log entry (thesis §6.4): a leader that committed in its own term
 * names its commit index once a quorum confirmed, later than the question, that it still leads.
 */
final class ReadIndex {

    private final Member member;
    private final CommitRule commitRule;
    private final Majority.Reached confirmed = this::confirmedRound;

    ReadIndex(Member member, CommitRule commitRule) {
        this.member = member;
        this.commitRule = commitRule;
    }

    /** A read that came to this member. */
    void ask(long context) {
        switch (member.role()) {
            case Leader leader -> ask(leader, member.self(), context);
            case Follower follower when !follower.leader().isNone() -> {
                follower.reads().add(context, member.now() + member.config().electionTicks());
                member.send(
                        new ReadIndexRequest(
                                member.self(), follower.leader(), member.term(), context));
            }
            case Follower follower -> refuse(context);
            case PreCandidate candidate -> refuse(context);
            case Candidate candidate -> refuse(context);
        }
    }

    void handle(ReadIndexRequest request) {
        if (member.role() instanceof Leader leader) {
            ask(leader, request.from(), request.context());
        }
    }

    private void ask(Leader leader, NodeId from, long context) {
        leader.reads().ask(new ReadRounds.Question(from, context));
        leader.somethingIsDue();
    }

    /** An answer that nobody waits for any more is dropped. */
    void handle(ReadIndexResponse response) {
        if (member.role() instanceof Follower follower
                && follower.reads().remove(response.context())) {
            member.answer(new ReadResult.Granted(response.context(), response.index()));
        }
    }

    /**
     * Begins a round for the questions asked so far, unless the leader does not know yet what its
     * predecessors committed: before an entry of its own term is committed, its commit index may be
     * older than a write that was acknowledged (thesis §6.4 step 1).
     *
     * @return whether followers must be asked to confirm
     */
    boolean maybeBeginRound(Leader leader) {
        boolean knows =
                commitRule.hasCommittedInTerm(leader)
                        || !member.rules().keeps(Rule.READS_WAIT_FOR_OWN_COMMIT);
        if (!leader.reads().hasAsked() || !knows) {
            return false;
        }
        if (holdsLease(leader)) {
            grant(leader.reads().takeAsked(), member.commit());
            return false;
        }
        beginRound(leader);
        confirm(leader);
        return leader.reads().waiting() > 0;
    }

    /** With leases every regular heartbeat is a round, asked for or not: it renews the lease. */
    void renewLease(Leader leader) {
        if (member.config().readLease().enabled() && commitRule.hasCommittedInTerm(leader)) {
            beginRound(leader);
            confirm(leader);
        }
    }

    private void beginRound(Leader leader) {
        leader.reads().begin(member.commit(), member.now());
    }

    /**
     * Whether a quorum heard this leader so lately that nobody else can lead yet (thesis §6.4.1).
     *
     * <p>Each of them refuses its vote for {@code electionTicks} of its own clock from then on. If
     * clocks drift by at most d per mille, as many ticks of the leader's clock as {@code
     * electionTicks * (1000 - d) / (1000 + d)} pass sooner; one more is taken off because a tick
     * may have been about to end. A leader that told a member to campaign has no lease any more,
     * since that campaign asks for no loyalty.
     */
    private boolean holdsLease(Leader leader) {
        return member.now() < leaseDeadline(leader);
    }

    /** The tick at which the lease ends; 0 if there is none. */
    long leaseDeadline(Leader leader) {
        RaftConfig.ReadLease lease = member.config().readLease();
        if (!lease.enabled() || leader.transfer().everTold()) {
            return 0;
        }
        long ticks =
                (long) member.config().electionTicks()
                                * (1000 - lease.driftPermille())
                                / (1000 + lease.driftPermille())
                        - 1;
        return leader.reads().confirmedSince() + ticks;
    }

    /** Answers every round that a quorum has confirmed. */
    void confirm(Leader leader) {
        if (leader.reads().waiting() == 0) {
            return;
        }
        long newest =
                member.rules().readWaitsForQuorum()
                        ? member.reached(Rule.ONLY_VOTERS_CONFIRM_READS, confirmed)
                        : Long.MAX_VALUE;
        while (leader.reads().hasConfirmed(newest)) {
            ReadRounds.Round round = leader.reads().takeConfirmed();
            grant(round.questions(), round.index());
        }
    }

    private void grant(List<ReadRounds.Question> questions, long index) {
        for (ReadRounds.Question question : questions) {
            if (question.from().equals(member.self())) {
                member.answer(new ReadResult.Granted(question.context(), index));
            } else {
                member.send(
                        new ReadIndexResponse(
                                member.self(),
                                question.from(),
                                member.term(),
                                question.context(),
                                index));
            }
        }
    }

    private long confirmedRound(NodeId voter) {
        if (!(member.role() instanceof Leader leader)) {
            return 0;
        }
        if (voter.equals(member.self())) {
            return Long.MAX_VALUE;
        }
        return leader.knows(voter) ? leader.progress(voter).confirmedRound() : 0;
    }

    /** Gives up forwarded reads whose question or answer was lost. */
    void refuseOverdue(Follower follower) {
        while (follower.reads().firstDeadline() <= member.now()) {
            refuse(follower.reads().takeFirst());
        }
    }

    /** The role ends, and with it the hope of every read that it had taken in. */
    void refuseAll(Role role) {
        switch (role) {
            case Leader leader -> {
                for (ReadRounds.Question question : leader.reads().abandon()) {
                    if (question.from().equals(member.self())) {
                        refuse(question.context());
                    }
                }
            }
            case Follower follower -> {
                while (!follower.reads().isEmpty()) {
                    refuse(follower.reads().takeFirst());
                }
            }
            case PreCandidate candidate -> {}
            case Candidate candidate -> {}
        }
    }

    private void refuse(long context) {
        member.answer(new ReadResult.Refused(context));
    }
}
