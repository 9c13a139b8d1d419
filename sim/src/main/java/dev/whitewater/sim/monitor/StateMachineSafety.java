package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.message.AppendRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * M8, state machine safety: what is committed at an index never changes, whoever says so (thesis
 * figure 3.2); and a follower takes nothing for committed that it has not compared with its present
 * leader's log, and from an append nothing behind its last entry (thesis figure 3.1, AppendEntries
 * step 5).
 */
final class StateMachineSafety {

    private final CommittedLog committed;
    private final LeaderCompleteness completeness;

    /**
     * By member and term: up to where its log was compared with that term's leader's. Terms that a
     * crash may bring back are kept, since what was compared and is durable stays compared: who
     * comes back to term 12 with 84 entries of its leader's may be told by it that 84 is committed.
     */
    private final List<TreeMap<Long, Long>> compared = new ArrayList<>();

    private int receiver;
    private long receivedTerm;
    private long receivedIndex;

    /** Where the append ended that the event is about; else the greatest number. */
    private long appendEnd = Long.MAX_VALUE;

    StateMachineSafety(CommittedLog committed, LeaderCompleteness completeness, int members) {
        this.committed = committed;
        this.completeness = completeness;
        for (int number = 0; number <= members; number++) {
            compared.add(new TreeMap<>());
        }
    }

    /**
     * A frame is about to be handled: an append that fits the log compares it, a snapshot of the
     * leader's stands for what the leader has.
     */
    void delivering(MemberState member, Frame frame) {
        receiver = 0;
        appendEnd = Long.MAX_VALUE;
        if (frame instanceof Frame.Chunk chunk && chunk.term() >= member.term) {
            received(member, chunk.term(), chunk.snapshot().index());
        } else if (frame instanceof Frame.Core(AppendRequest request)
                && request.term() >= member.term
                && fits(member, request)) {
            long index = request.previous().index() + request.entries().size();
            received(member, request.term(), index);
            appendEnd = index;
        }
    }

    private static boolean fits(MemberState member, AppendRequest request) {
        long previous = request.previous().index();
        return previous <= member.commit
                || (previous <= member.last
                        && member.raft().termAt(previous) == request.previous().term());
    }

    private void received(MemberState member, long term, long index) {
        receiver = member.number();
        receivedTerm = term;
        receivedIndex = index;
    }

    /** It counts when the member has taken the sender for its leader: who stops takes nothing. */
    private void take(MemberState member) {
        if (receiver == member.number() && receivedTerm == member.term) {
            TreeMap<Long, Long> terms = compared.get(member.number());
            if (terms.merge(receivedTerm, receivedIndex, Math::max) == receivedIndex) {
                forget(terms, member.durable().hardState().term());
            }
        }
        receiver = 0;
    }

    /** What it compared in terms that it will never be in again. */
    private static void forget(TreeMap<Long, Long> terms, long before) {
        while (terms.firstKey() < before) {
            terms.pollFirstEntry();
        }
    }

    private long comparedUpTo(MemberState member) {
        return compared.get(member.number()).getOrDefault(member.term, 0L);
    }

    void after(MemberState member) {
        long end = receiver == member.number() ? appendEnd : Long.MAX_VALUE;
        take(member);
        if (member.commit <= member.commitBefore) {
            return;
        }
        for (long index = member.commitBefore + 1; index <= member.commit; index++) {
            compare(member, index);
        }
        if (!member.led() && member.commit > comparedUpTo(member)) {
            throw finding(
                    member
                            + " took "
                            + member.commit
                            + " for committed, but compared its log with the leader of term "
                            + member.term
                            + " only up to "
                            + comparedUpTo(member));
        }
        if (!member.led() && member.commit > end) {
            throw finding(
                    member
                            + " took "
                            + member.commit
                            + " for committed from an append that ended at "
                            + end);
        }
    }

    /** A process begins with what its disk gave it: log, term and commit index. */
    void recovered(MemberState member) {
        receiver = 0;
        TreeMap<Long, Long> terms = compared.get(member.number());
        terms.tailMap(member.term, false).clear();
        terms.computeIfPresent(member.term, (_, index) -> Math.min(index, member.last));
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
