package dev.whitewater.raft;

import dev.whitewater.raft.log.RaftLog;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.raft.progress.Progress;
import dev.whitewater.raft.quorum.Majority;

import java.util.List;

/** The leader's half of replication: what each follower is sent (thesis §3.5, §10.2.1). */
final class Replication {

    /** After so many election timeouts without news a snapshot is taken for lost. */
    private static final int SNAPSHOT_TIMEOUTS = 10;

    private final Member member;
    private final CommitRule commitRule;

    Replication(Member member, CommitRule commitRule) {
        this.member = member;
        this.commitRule = commitRule;
    }

    /**
     * Sends every follower what its flow control allows. One that has everything is told of a new
     * commit index by an empty append; while entries are under way the next ones carry it.
     */
    void sendWhatIsDue(Leader leader) {
        for (Progress peer : leader.peers()) {
            while (peer.next() <= member.log().last() && peer.mayAppend()) {
                sendAppend(peer);
            }
            if (peer.isIdle() && member.commit() > peer.sentCommit()) {
                sendAppend(peer);
            }
        }
    }

    /**
     * One append that may be empty, even if there is nothing new: it tests where the logs agree. If
     * what the follower needs was let go of, a snapshot takes its place.
     */
    private void sendAppend(Progress peer) {
        RaftLog log = member.log();
        long previous = peer.next() - 1;
        if (previous < log.compacted()) {
            sendSnapshot(peer);
            return;
        }
        long limit = member.config().limits().maxBytesPerAppend();
        long last = log.lastWithin(peer.next(), log.last(), limit);
        List<Entry> entries = log.slice(peer.next(), last);
        member.send(
                new AppendRequest(
                        member.self(),
                        peer.id(),
                        member.term(),
                        log.idAt(previous),
                        entries,
                        member.commit()));
        peer.appended(last, bytes(entries), member.commit());
    }

    private static long bytes(List<Entry> entries) {
        long bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            bytes += entries.get(i).data().length;
        }
        return bytes;
    }

    private void sendSnapshot(Progress peer) {
        SnapshotMeta snapshot = member.snapshot();
        Check.atMost("snapshot-covers-compacted", member.log().compacted(), snapshot.index());
        if (member.explains()) {
            member.because(
                    peer.id() + " needs " + peer.next() + ", compacted: sends " + snapshot.last());
        }
        member.send(new InstallSnapshot(member.self(), peer.id(), member.term(), snapshot));
        long patience = (long) SNAPSHOT_TIMEOUTS * member.config().electionTicks();
        peer.snapshotSent(snapshot.index(), member.now() + patience);
    }

    /** The snapshot for {@code id} did not arrive, says who carries it. */
    void snapshotFailed(Leader leader, NodeId id) {
        if (leader.knows(id) && member.rules().keeps(Rule.SNAPSHOT_WAIT_ENDS)) {
            leader.progress(id).snapshotFailed();
        }
    }

    /** A message for {@code id} was not sent, says who carries it. */
    void unreachable(Leader leader, NodeId id) {
        if (leader.knows(id)) {
            leader.progress(id).unreachable();
        }
    }

    void broadcastHeartbeat(Leader leader) {
        leader.heartbeatDeadline(member.now() + member.config().heartbeatTicks());
        for (Progress peer : leader.peers()) {
            sendHeartbeat(leader, peer);
            peer.heartbeatSent();
        }
    }

    /** Asks for confirmation of the newest round of reads, between the regular heartbeats. */
    void broadcastReadRound(Leader leader) {
        for (Progress peer : leader.peers()) {
            sendHeartbeat(leader, peer);
        }
    }

    private void sendHeartbeat(Leader leader, Progress peer) {
        member.send(
                new HeartbeatRequest(
                        member.self(),
                        peer.id(),
                        member.term(),
                        knownCommit(peer),
                        leader.reads().waiting()));
    }

    /**
     * The commit index as far as {@code peer} is known to hold the log: beyond its match it may
     * hold other entries than the leader's.
     */
    private long knownCommit(Progress peer) {
        return Math.min(member.commit(), peer.match());
    }

    void handle(Leader leader, AppendResponse response) {
        if (!leader.knows(response.from())) {
            return;
        }
        Progress peer = leader.progress(response.from());
        peer.heardFrom();
        if (response.accepted()) {
            Check.atMost("match-within-log", response.index(), member.log().last());
            boolean isNews =
                    member.rules().keeps(Rule.MATCH_IS_WHAT_WAS_NAMED)
                            ? peer.accepted(response.index())
                            : peer.accepted(Math.max(response.index(), peer.next() - 1));
            if (isNews) {
                commitRule.maybeCommit(leader);
            }
            leader.somethingIsDue();
        } else if (!member.rules().keeps(Rule.REFUSAL_IS_NO_MATCH)) {
            peer.accepted(Math.min(response.hint().index(), member.log().last()));
        } else if (peer.rejected(response.index(), agreement(response.hint()))) {
            if (member.explains()) {
                member.because(
                        "probes "
                                + peer.id()
                                + " from "
                                + peer.next()
                                + ": it refused to append after "
                                + response.index());
            }
            leader.somethingIsDue();
        }
    }

    /**
     * Where the logs may agree, at most: the follower has nothing above the hint with a term as low
     * as the leader's there, and the leader has nothing of the hint's term or below above what this
     * finds. Both skip whole terms, so each term costs one round trip at most.
     */
    private long agreement(EntryId hint) {
        return member.log().lastWithTermAtMost(hint.index(), hint.term());
    }

    /** A follower that lags may have lost appends; the next one finds out. */
    void handle(Leader leader, HeartbeatResponse response) {
        if (!leader.knows(response.from())) {
            return;
        }
        Progress peer = leader.progress(response.from());
        peer.heardFrom();
        peer.confirmed(response.readContext());
        boolean repeats =
                member.rules().keeps(Rule.LOST_APPENDS_ARE_REPEATED)
                        && (member.rules().keeps(Rule.SNAPSHOT_WAIT_ENDS)
                                || peer.snapshotDeadline() == 0);
        if (repeats && peer.heartbeatAnswered(member.now()) && peer.match() < member.log().last()) {
            sendAppend(peer);
        }
    }

    /**
     * A leader that hears no quorum for an election timeout steps down (thesis §6.2): its clients
     * look elsewhere, and those that still hear it stop refusing a better leader.
     */
    boolean hearsQuorum(Leader leader) {
        leader.quorumDeadline(member.now() + member.config().electionTicks());
        Majority.Reached reached = voter -> isHeard(leader, voter) ? 1 : 0;
        boolean heard =
                !member.rules().keeps(Rule.LEADER_HEARS_A_QUORUM)
                        || member.reached(Rule.ONLY_VOTERS_KEEP_A_LEADER, reached) > 0;
        for (Progress peer : leader.peers()) {
            peer.forgetHeard();
        }
        return heard;
    }

    private boolean isHeard(Leader leader, NodeId voter) {
        return voter.equals(member.self())
                || (leader.knows(voter) && leader.progress(voter).isHeard());
    }
}
