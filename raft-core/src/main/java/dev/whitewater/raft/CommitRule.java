package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.quorum.Majority;

/** When a leader may call an entry committed (thesis §3.5, §3.6.2). */
final class CommitRule {

    private final Member member;
    private final Majority.Reached matched = this::matchIndex;

    CommitRule(Member member) {
        this.member = member;
    }

    /** How much of this leader's own copy counts: what is durable (thesis §10.2.1). */
    private long ownMatch() {
        return member.rules().acknowledgementWaitsForDisk()
                        && member.rules().keeps(Rule.OWN_COPY_COUNTS_WHEN_DURABLE)
                ? member.log().durable()
                : member.log().last();
    }

    /** The leader's own copy may have grown. */
    void ownCopyMayHaveGrown(Leader leader) {
        long own = ownMatch();
        if (own > leader.ownMatch()) {
            leader.ownMatch(own);
            maybeCommit(leader);
        }
    }

    /** Commits what a quorum holds, if it is of this leader's own term. */
    void maybeCommit(Leader leader) {
        long index = matchedByQuorum();
        if (index > member.commit() && mayCommit(leader, index)) {
            long before = member.commit();
            member.commit(index);
            if (member.rules().keeps(Rule.COMMITTED_BYTES_ARE_GIVEN_BACK)) {
                leader.uncommitted().committed(ownBytes(leader, before + 1, index));
            }
            leader.somethingIsDue();
        }
    }

    private long matchedByQuorum() {
        if (!member.rules().keeps(Rule.BOTH_HALVES_COMMIT)) {
            return new Majority(member.membership().active().voters()).reached(matched);
        }
        long index = member.reached(Rule.ONLY_VOTERS_COMMIT, matched);
        return Math.min(index, member.log().last());
    }

    private boolean mayCommit(Leader leader, long index) {
        RaftRules rules = member.rules();
        if (!rules.keeps(Rule.OWN_ENTRY_COMMITS_EARLIER_ONES)
                && member.log().termAt(member.commit() + 1) != member.term()) {
            return false;
        }
        return rules.commitsByCounting(member.log().termAt(index), member.term())
                || (index == leader.firstIndex() - 1
                        && !rules.keeps(Rule.PREDECESSORS_LAST_IS_NOT_COUNTED));
    }

    /** Whether this leader has committed an entry of its own term. */
    boolean hasCommittedInTerm(Leader leader) {
        return member.commit() >= leader.firstIndex();
    }

    /** Bytes of the entries that this leader itself took in; inherited ones were not counted. */
    private long ownBytes(Leader leader, long from, long to) {
        long bytes = 0;
        for (long index = Math.max(from, leader.firstIndex()); index <= to; index++) {
            bytes += member.log().entry(index).data().length;
        }
        return bytes;
    }

    private long matchIndex(NodeId voter) {
        return member.role() instanceof Leader leader ? leader.match(voter) : 0;
    }
}
