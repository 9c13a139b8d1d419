package dev.whitewater.raft;

/**
 * Watches one member from beside: {@code basic} invariants hold at any moment, {@code delta} ones
 * between two moments of one incarnation.
 */
final class Sidecar {

    private final Raft raft;
    private long term;
    private long commit;
    private long applied;
    private long last;
    private dev.whitewater.raft.message.NodeId vote;
    private RoleKind role;

    Sidecar(Raft raft) {
        this.raft = raft;
        remember();
    }

    void check() {
        basic();
        delta();
        remember();
    }

    private void basic() {
        Check.atMost("applied-committed", raft.applied(), raft.commit());
        Check.atMost("commit-in-log", raft.commit(), raft.lastIndex());
        Check.atMost("compacted-committed", raft.compactedIndex(), raft.commit());
        Check.atMost("durable-in-log", raft.durableIndex(), raft.lastIndex());
        Check.atMost("log-term", raft.termAt(raft.lastIndex()), raft.term());
        Check.below("deadline-ahead", 0, raft.ticksToDeadline());
        switch (raft.role()) {
            case LEADER -> {
                Check.that(raft.votedFor().equals(raft.self()), "leader-vote", "" + vote);
                Check.that(raft.leader().equals(raft.self()), "leader-leads", "" + raft.leader());
                Check.equal("leader-term", raft.term(), raft.termAt(raft.lastIndex()));
            }
            case CANDIDATE -> {
                Check.that(raft.votedFor().equals(raft.self()), "candidate-vote", "" + vote);
                Check.that(raft.leader().isNone(), "candidate-leader", "" + raft.leader());
            }
            case PRE_CANDIDATE ->
                    Check.that(raft.leader().isNone(), "candidate-leader", "" + raft.leader());
            case FOLLOWER ->
                    Check.that(!raft.leader().equals(raft.self()), "follower-leads", "itself");
        }
    }

    private void delta() {
        Check.atMost("term-never-falls", term, raft.term());
        Check.atMost("commit-never-falls", commit, raft.commit());
        Check.atMost("applied-never-falls", applied, raft.applied());
        if (term == raft.term()) {
            Check.that(
                    vote.isNone() || vote.equals(raft.votedFor()),
                    "vote-stays",
                    vote + " became " + raft.votedFor());
            if (role == RoleKind.LEADER && raft.role() == RoleKind.LEADER) {
                Check.atMost("leader-append-only", last, raft.lastIndex());
            }
        }
    }

    private void remember() {
        term = raft.term();
        commit = raft.commit();
        applied = raft.applied();
        last = raft.lastIndex();
        vote = raft.votedFor();
        role = raft.role();
    }
}
