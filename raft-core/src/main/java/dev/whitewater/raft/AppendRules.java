package dev.whitewater.raft;

import dev.whitewater.raft.log.RaftLog;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;

import java.util.List;

/** The follower's half of replication (thesis figure 3.1, AppendEntries). */
final class AppendRules {

    private final Member member;

    AppendRules(Member member) {
        this.member = member;
    }

    /** Accepts if the log holds what precedes; otherwise says where the logs may still agree. */
    void handle(AppendRequest request) {
        if (request.previous().index() < member.log().compacted()) {
            acknowledge(request, member.commit());
            return;
        }
        boolean compares =
                !request.entries().isEmpty()
                        || member.rules().keeps(Rule.EMPTY_APPENDS_ARE_COMPARED);
        if (compares && !member.log().holds(request.previous())) {
            reject(request);
            return;
        }
        long last = request.previous().index() + request.entries().size();
        append(request.entries());
        if (member.rules().truncatesWithoutConflict() && last < member.log().last()) {
            member.truncateAfter(last);
        }
        commitUpTo(Math.min(request.commit(), last));
        acknowledge(request, last);
    }

    /**
     * Appends what is new. Entries that are there already stay, and so does whatever follows them:
     * a request that was overtaken by its successors removes nothing (step 3).
     */
    private void append(List<Entry> entries) {
        RaftLog log = member.log();
        for (Entry entry : entries) {
            if (entry.index() <= log.last()) {
                if (log.termAt(entry.index()) == entry.term()) {
                    continue;
                }
                if (member.explains()) {
                    member.because(conflict(entry));
                }
                member.truncateAfter(entry.index() - 1);
            }
            member.append(entry);
        }
    }

    private String conflict(Entry entry) {
        RaftLog log = member.log();
        return "truncates "
                + entry.index()
                + ".."
                + log.last()
                + ": entry "
                + entry.index()
                + " has term "
                + log.termAt(entry.index())
                + ", leader's "
                + entry.term();
    }

    private void commitUpTo(long index) {
        if (index > member.commit()) {
            member.commit(index);
        }
    }

    /** Names only durable entries: waits for the Ready that carries the last of them. */
    private void acknowledge(AppendRequest request, long index) {
        AppendResponse response =
                new AppendResponse(
                        member.self(), request.from(), member.term(), true, index, EntryId.ZERO);
        if (member.rules().acknowledgementWaitsForDisk()) {
            long number = member.log().numberThatStores(index, member.numbers().next());
            member.sendAfter(response, number);
        } else {
            member.send(response);
        }
    }

    private void reject(AppendRequest request) {
        EntryId previous = request.previous();
        RaftLog log = member.log();
        long agreement = log.lastWithTermAtMost(previous.index(), previous.term());
        EntryId hint = log.idAt(agreement);
        if (member.explains()) {
            member.because(
                    "refused append after "
                            + previous
                            + ": "
                            + (previous.index() > log.last()
                                    ? "my log ends at " + log.lastId()
                                    : "I have " + log.idAt(previous.index())));
        }
        member.send(
                new AppendResponse(
                        member.self(),
                        request.from(),
                        member.term(),
                        false,
                        previous.index(),
                        hint));
    }

    /** The leader never names a commit index beyond what it knows this member to hold. */
    void handle(HeartbeatRequest request) {
        Check.atMost("heartbeat-commit-within-log", request.commit(), member.log().last());
        commitUpTo(request.commit());
        member.send(
                new HeartbeatResponse(
                        member.self(), request.from(), member.term(), request.readContext()));
    }
}
