package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.message.AppendRequest;

/**
 * M8, state machine safety: what is committed at an index never changes, whoever says so (thesis
 * figure 3.2); and a follower takes nothing for committed that it has not compared with its present
 * leader's log.
 */
final class StateMachineSafety {

    private final CommittedLog committed;
    private final LeaderCompleteness completeness;
    private final long[] verified;
    private final long[] verifiedTerm;

    StateMachineSafety(CommittedLog committed, LeaderCompleteness completeness, int members) {
        this.committed = committed;
        this.completeness = completeness;
        verified = new long[members + 1];
        verifiedTerm = new long[members + 1];
    }

    /**
     * A frame is about to be handled: an append that fits the log compares it, a snapshot of the
     * leader's stands for what the leader has.
     */
    void delivering(MemberState member, Frame frame) {
        if (frame instanceof Frame.Chunk chunk) {
            begin(member.number(), chunk.term());
            if (chunk.term() >= member.term) {
                verifiedUpTo(member.number(), chunk.snapshot().index());
            }
        } else if (frame instanceof Frame.Core(AppendRequest request)) {
            compares(member, request);
        }
    }

    private void begin(int number, long term) {
        if (term > verifiedTerm[number]) {
            verifiedTerm[number] = term;
            verified[number] = 0;
        }
    }

    private void verifiedUpTo(int number, long index) {
        verified[number] = Math.max(verified[number], index);
    }

    private void compares(MemberState member, AppendRequest request) {
        begin(member.number(), request.term());
        long previous = request.previous().index();
        boolean fits =
                previous <= member.commit
                        || (previous <= member.last
                                && member.raft().termAt(previous) == request.previous().term());
        if (fits && request.term() >= member.term) {
            verifiedUpTo(member.number(), previous + request.entries().size());
        }
    }

    void after(MemberState member) {
        if (member.commit <= member.commitBefore) {
            return;
        }
        for (long index = member.commitBefore + 1; index <= member.commit; index++) {
            compare(member, index);
        }
        int number = member.number();
        boolean known = verifiedTerm[number] == member.term && member.commit <= verified[number];
        if (!member.led() && !known) {
            throw finding(
                    member
                            + " took "
                            + member.commit
                            + " for committed, but compared its log with the leader of term "
                            + member.term
                            + " only up to "
                            + (verifiedTerm[number] == member.term ? verified[number] : 0));
        }
    }

    /** A process begins with the commit index its disk gave it. */
    void recovered(MemberState member) {
        if (member.commit > 0 && member.commit <= committed.last()) {
            compare(member, member.commit);
        }
    }

    private void compare(MemberState member, long index) {
        if (index <= member.raft().compactedIndex()) {
            return;
        }
        long term = member.raft().termAt(index);
        if (index > committed.last()) {
            committed.append(term, member.term);
            completeness.committed(index);
        } else if (committed.termAt(index) != term) {
            throw finding(
                    member
                            + " takes "
                            + term
                            + "/"
                            + index
                            + " for committed, but at that index "
                            + committed.termAt(index)
                            + "/"
                            + index
                            + " was");
        }
    }

    private static Finding finding(String message) {
        return new Finding("M8", "state machine safety", message);
    }
}
