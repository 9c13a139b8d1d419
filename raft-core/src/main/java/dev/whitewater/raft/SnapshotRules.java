package dev.whitewater.raft;

import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.SnapshotMeta;

import java.util.List;

/** Snapshots: which there are, what they let go of, and taking one in (thesis §5). */
final class SnapshotRules {

    private final Member member;

    SnapshotRules(Member member) {
        this.member = member;
    }

    /** What a snapshot of the state machine after {@code index} must carry. */
    SnapshotMeta describe(long index) {
        Check.atMost("snapshot-applied", index, member.applied());
        Configuration inForce = member.membership().at(index);
        Configuration carried =
                member.rules().keeps(Rule.SNAPSHOT_CARRIES_BOTH_HALVES)
                        ? inForce
                        : new Configuration(
                                inForce.voters(), List.of(), inForce.learners(), List.of(), false);
        return new SnapshotMeta(member.log().idAt(index), carried);
    }

    /** A snapshot is durable; from now on it is the one that followers are given. */
    void stored(SnapshotMeta snapshot) {
        Check.atMost("snapshot-applied", snapshot.index(), member.applied());
        if (snapshot.index() > member.snapshot().index()) {
            member.snapshot(snapshot);
        }
    }

    /** Lets go of the entries up to {@code index}, which a stored snapshot stands for. */
    void compact(long index) {
        Check.atMost("compacted-in-snapshot", index, member.snapshot().index());
        member.log().compact(index);
        member.membership().compacted(member.log().compacted());
    }

    /**
     * Takes the leader's snapshot in, unless this log already holds what it stands for. Older ones
     * than the commit index, late or repeated, change nothing.
     */
    void handle(InstallSnapshot request) {
        SnapshotMeta snapshot = request.snapshot();
        if (snapshot.index() <= member.commit()) {
            acknowledge(request, member.commit());
        } else if (holds(snapshot)) {
            member.commit(snapshot.index());
            acknowledge(request, snapshot.index());
        } else {
            if (member.explains()) {
                member.because(
                        "restores "
                                + snapshot
                                + ", my log "
                                + member.log().compacted()
                                + ".."
                                + member.log().lastId()
                                + " does not hold it");
            }
            member.restore(snapshot);
            acknowledge(request, snapshot.index());
        }
    }

    private boolean holds(SnapshotMeta snapshot) {
        return member.log().holds(snapshot.last())
                || (snapshot.index() <= member.log().last()
                        && !member.rules().keeps(Rule.SNAPSHOT_IS_COMPARED_BY_TERM));
    }

    private void acknowledge(InstallSnapshot request, long index) {
        AppendResponse response =
                new AppendResponse(
                        member.self(), request.from(), member.term(), true, index, EntryId.ZERO);
        member.sendAfter(response, member.log().numberThatStores(index, member.numbers().next()));
    }
}
