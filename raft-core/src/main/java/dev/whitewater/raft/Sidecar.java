package dev.whitewater.raft;

import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.NodeId;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Watches one incarnation of one member from beside, for whoever turns its crank: {@code basic}
 * invariants hold at any moment, {@code delta} ones between two moments. Costs a few comparisons
 * for each member of the cluster and allocates little; what only a look at several members can tell
 * is not here.
 *
 * <p>Begin a new one when the member restarts: what is not durable may fall then.
 */
public final class Sidecar {

    private final Supplier<Raft> subject;
    private Raft raft;
    private long term;
    private long commit;
    private long applied;
    private long compacted;
    private long last;
    private EntryTerm committedTerm;
    private NodeId vote;
    private NodeId leader;
    private RoleKind role;
    private long ledTerm;
    private final TreeMap<NodeId, Long> matches = new TreeMap<>();

    /** The term of the entry at the commit index, while that entry is retained. */
    private record EntryTerm(long index, long term) {}

    public Sidecar(Raft raft) {
        this(() -> raft);
    }

    /** Watches whatever {@code subject} gives, for tests in which a member forgets something. */
    Sidecar(Supplier<Raft> subject) {
        this.subject = subject;
        this.raft = subject.get();
        remember();
    }

    /** Checks both kinds; a broken one is an {@link InvariantViolation}. */
    public void check() {
        raft = subject.get();
        basic();
        delta();
        remember();
    }

    // ---- at any moment

    private void basic() {
        Check.atMost("compacted-applied", raft.compactedIndex(), raft.commit());
        Check.atMost("applied-committed", raft.applied(), raft.commit());
        Check.atMost("commit-in-log", raft.commit(), raft.lastIndex());
        Check.atMost("durable-in-log", raft.durableIndex(), raft.lastIndex());
        Check.atMost("log-term", raft.termAt(raft.lastIndex()), raft.term());
        Check.atMost("terms-rise", raft.termAt(raft.commit()), raft.termAt(raft.lastIndex()));
        Check.below("deadline-ahead", 0, raft.ticksToDeadline());
        Check.atMost("configuration-in-log", raft.configurationIndex(), raft.lastIndex());
        switch (raft.role()) {
            case LEADER -> leads();
            case CANDIDATE -> {
                campaigns();
                votedForItself("candidate-votes-for-itself");
                Check.below("candidate-in-a-term", 0, raft.term());
            }
            case PRE_CANDIDATE -> campaigns();
            case FOLLOWER ->
                    Check.that(
                            !raft.leader().equals(raft.self()),
                            "follower-follows-another",
                            "follows itself");
        }
    }

    private void campaigns() {
        Check.that(raft.leader().isNone(), "candidate-knows-no-leader", "leader " + raft.leader());
    }

    private void votedForItself(String invariant) {
        Check.that(raft.votedFor().equals(raft.self()), invariant, "voted for " + raft.votedFor());
    }

    /** Raft figure 3.1, volatile state on leaders; the no-op makes the last entry its own. */
    private void leads() {
        votedForItself("leader-votes-for-itself");
        Check.that(raft.leader().equals(raft.self()), "leader-leads-itself", "" + raft.leader());
        Check.equal("leader-ends-in-own-term", raft.term(), raft.termAt(raft.lastIndex()));
        Configuration configuration = raft.configuration();
        for (NodeId member : configuration.members()) {
            Check.atMost("match-in-log", raft.matchIndex(member), raft.lastIndex());
            Check.below("next-above-match", raft.matchIndex(member), raft.nextIndex(member));
        }
        if (raft.commit() > 0 && raft.termAt(raft.commit()) == raft.term()) {
            heldByQuorum(configuration.voters());
            heldByQuorum(configuration.outgoing());
        }
    }

    /**
     * What a leader committed by counting is still held by a quorum, once its change is through.
     */
    private void heldByQuorum(List<NodeId> voters) {
        if (raft.configurationIndex() > raft.commit()) {
            return;
        }
        int holders = 0;
        for (NodeId voter : voters) {
            holders += raft.matchIndex(voter) >= raft.commit() ? 1 : 0;
        }
        Check.that(
                voters.isEmpty() || 2 * holders > voters.size(),
                "commit-held-by-quorum",
                raft.commit() + " is held by " + holders + " of " + voters);
    }

    // ---- between two moments

    private void delta() {
        Check.atMost("term-never-falls", term, raft.term());
        Check.atMost("commit-never-falls", commit, raft.commit());
        Check.atMost("applied-never-falls", applied, raft.applied());
        Check.atMost("compacted-never-falls", compacted, raft.compactedIndex());
        if (committedTerm.index() > raft.compactedIndex()) {
            Check.equal(
                    "committed-entry-stays",
                    committedTerm.term(),
                    raft.termAt(committedTerm.index()));
        }
        if (term == raft.term()) {
            sameTerm();
        }
        if (raft.role() == RoleKind.LEADER && role != RoleKind.LEADER) {
            Check.below("leads-a-term-once", ledTerm, raft.term());
        }
    }

    private void sameTerm() {
        Check.that(
                vote.isNone() || vote.equals(raft.votedFor()),
                "vote-stays",
                vote + " became " + raft.votedFor());
        Check.that(
                leader.isNone() || raft.leader().isNone() || leader.equals(raft.leader()),
                "leader-of-a-term-stays",
                leader + " became " + raft.leader());
        if (role == RoleKind.LEADER && raft.role() == RoleKind.LEADER) {
            Check.atMost("leader-append-only", last, raft.lastIndex());
            matches.forEach(this::matchNeverFalls);
        }
    }

    private void matchNeverFalls(NodeId member, long before) {
        if (raft.nextIndex(member) > 0 && !member.equals(raft.self())) {
            Check.that(
                    before <= raft.matchIndex(member) || rejoined(member),
                    "match-never-falls",
                    member + " from " + before + " to " + raft.matchIndex(member));
        }
    }

    /** A member that was removed and added again begins anew. */
    private boolean rejoined(NodeId member) {
        return raft.matchIndex(member) == 0 && raft.configurationIndex() > commit;
    }

    private void remember() {
        term = raft.term();
        commit = raft.commit();
        applied = raft.applied();
        compacted = raft.compactedIndex();
        last = raft.lastIndex();
        committedTerm = new EntryTerm(commit, raft.termAt(commit));
        vote = raft.votedFor();
        leader = raft.leader();
        role = raft.role();
        matches.clear();
        if (role == RoleKind.LEADER) {
            ledTerm = term;
            for (NodeId member : raft.configuration().members()) {
                matches.put(member, raft.matchIndex(member));
            }
        }
    }
}
