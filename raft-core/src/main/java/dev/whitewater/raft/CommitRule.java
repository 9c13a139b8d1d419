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
        long index = member.quorum().reached(matched);
        if (index > member.commit()
                && member.rules().commitsByCounting(member.log().termAt(index), member.term())) {
            long before = member.commit();
            member.commit(index);
            leader.uncommitted().committed(ownBytes(leader, before + 1, index));
            leader.somethingIsDue();
        }
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
