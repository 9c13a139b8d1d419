package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.NodeId;

/**
 * M38, no stuck flag, while a member leads: it waits for a follower to take in a snapshot, and for
 * another to take over from it, for a bounded time only; and what is committed does not count as
 * uncommitted any more.
 */
final class StuckMarks {
    /** More than any such wait may last: the longest is ten. */
    private static final int TIMEOUTS = 13;

    private final Patience patience;
    private final int members;
    private final long[] terms;

    /** By leader and follower: the mark and since when it is there, in the leader's patience. */
    private final long[] snapshots;

    private final long[] snapshotsSince;
    private final long[] transfers;
    private final long[] transfersSince;

    /** In which term the heartbeat was answered that is being handled; -1 if none is. */
    private long answered = -1;

    StuckMarks(Patience patience, int members) {
        this.patience = patience;
        this.members = members;
        terms = new long[members + 1];
        snapshots = new long[(members + 1) * (members + 1)];
        snapshotsSince = new long[snapshots.length];
        transfers = new long[members + 1];
        transfersSince = new long[members + 1];
    }

    void delivering(Frame frame) {
        answered = frame instanceof Frame.Core(HeartbeatResponse answer) ? answer.term() : -1;
    }

    /** The leader has handled an event; {@code peer} sent it, or is 0. */
    void after(MemberState leader, int peer) {
        if (!leader.isLeader()) {
            return;
        }
        int number = leader.number();
        boolean anew = terms[number] != leader.term;
        terms[number] = leader.term;
        if (leader.commit == leader.last && leader.raft().uncommittedBytes() > 0) {
            throw finding(
                    leader
                            + " has committed all its log and still counts "
                            + leader.raft().uncommittedBytes()
                            + " bytes of it as uncommitted");
        }
        handsOver(leader, anew);
        if (peer > 0 && answered == leader.term && !leader.isStopping()) {
            awaitsSnapshot(leader, peer, anew);
        }
    }

    private void handsOver(MemberState leader, boolean anew) {
        int number = leader.number();
        long now = patience.of(number);
        long to = leader.raft().handsOverTo().value();
        if (anew && to > 0) {
            throw finding(leader + " leads since now and is handing over to n" + to + " already");
        }
        if (anew || to != transfers[number]) {
            transfers[number] = to;
            transfersSince[number] = now;
        } else if (to > 0 && isOver(now, transfersSince[number])) {
            throw finding(leader + " is handing over to n" + to + still());
        }
    }

    /** A follower that answers: by the time that is over its leader must try something else. */
    private void awaitsSnapshot(MemberState leader, int peer, boolean anew) {
        int at = leader.number() * (members + 1) + peer;
        long now = patience.of(leader.number());
        long deadline = leader.raft().snapshotDeadline(new NodeId(peer));
        if (deadline > 0 && leader.raft().tick() >= deadline) {
            throw finding(
                    leader
                            + " waits for n"
                            + peer
                            + " to take a snapshot in, though it answers and the time for that is"
                            + " over");
        }
        if (anew || deadline != snapshots[at]) {
            snapshots[at] = deadline;
            snapshotsSince[at] = now;
        } else if (deadline > 0 && isOver(now, snapshotsSince[at])) {
            throw finding(leader + " waits for n" + peer + " to take a snapshot in" + still());
        }
    }

    private boolean isOver(long now, long since) {
        return now - since > TIMEOUTS * patience.electionNanos();
    }

    private static String still() {
        return ", still after " + TIMEOUTS + " election timeouts";
    }

    private static Finding finding(String message) {
        return new Finding("M38", "no stuck flag", message);
    }
}
