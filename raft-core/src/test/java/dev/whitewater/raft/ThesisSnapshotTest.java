package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;
import static dev.whitewater.raft.Papers.answers;
import static dev.whitewater.raft.Papers.append;
import static dev.whitewater.raft.Papers.bytes;
import static dev.whitewater.raft.Papers.entry;
import static dev.whitewater.raft.Papers.id;
import static dev.whitewater.raft.Papers.recovered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Sentences on compaction: section 7 of the Raft paper and chapter 5 of the thesis, as far as they
 * concern the core. The words are ours.
 */
final class ThesisSnapshotTest {

    private static final List<NodeId> VOTERS = List.of(n(1), n(2), n(3));

    private static Cluster led() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        return cluster;
    }

    private static InstallSnapshot install(Cluster cluster, long term, EntryId last) {
        cluster.snapshots.putIfAbsent(last, List.of());
        return new InstallSnapshot(
                n(2), n(1), term, new SnapshotMeta(last, Configuration.of(VOTERS)));
    }

    private static Cluster behind() {
        Cluster cluster = led();
        cluster.raft(1).propose(List.of(bytes("a"), bytes("b")));
        cluster.settle(Cluster.among(1, 2));
        cluster.machine(1).snapshot();
        return cluster;
    }

    /** §7: each server compacts on its own, and only what it has applied. */
    @Test
    void onlyWhatIsAppliedIsCompacted() {
        Cluster cluster = led();
        cluster.raft(1).propose(bytes("a"));
        assertThrows(InvariantViolation.class, () -> cluster.raft(1).describeSnapshot(2));
        assertThrows(InvariantViolation.class, () -> cluster.raft(1).compact(1));
    }

    /** §7: a snapshot names the last index and term that it stands for. */
    @Test
    void aSnapshotNamesTheLastEntryItStandsFor() {
        Cluster cluster = led();
        cluster.raft(1).propose(bytes("a"));
        cluster.settle();
        assertEquals(id(1, 2), cluster.raft(1).describeSnapshot(2).last());
        assertEquals(id(1, 1), cluster.raft(1).describeSnapshot(1).last());
    }

    /** §7: and the configuration as of that index, not the latest. */
    @Test
    void aSnapshotCarriesTheConfigurationAsOfItsIndex() {
        Cluster cluster = new Cluster(Cluster.Shape.of(3).spare(1), RaftRules.HONEST);
        cluster.elect(1);
        cluster.raft(1)
                .changeMembership(
                        List.of(new MemberChange(MemberChange.Kind.ADD_VOTER, n(4))),
                        ChangeMode.AUTOMATIC);
        cluster.settle();
        assertEquals(Configuration.of(VOTERS), cluster.raft(1).describeSnapshot(1).configuration());
        assertEquals(4, cluster.raft(1).describeSnapshot(2).configuration().voters().size());
    }

    /** Thesis §5.1: learners belong to the configuration as voters do. */
    @Test
    void aSnapshotCarriesTheLearners() {
        Cluster cluster = new Cluster(Cluster.Shape.of(3).spare(1), RaftRules.HONEST);
        cluster.elect(1);
        cluster.raft(1)
                .changeMembership(
                        List.of(new MemberChange(MemberChange.Kind.ADD_LEARNER, n(4))),
                        ChangeMode.AUTOMATIC);
        cluster.settle();
        assertEquals(List.of(n(4)), cluster.raft(1).describeSnapshot(2).configuration().learners());
    }

    /** §7: the term of the last compacted entry still answers the consistency check. */
    @Test
    void anAppendAfterTheSnapshotIsCheckedAgainstItsTerm() {
        Cluster cluster = led();
        cluster.raft(1).propose(bytes("a"));
        cluster.settle();
        cluster.machine(2).snapshot();
        assertEquals(2, cluster.raft(2).compactedIndex());
        assertEquals(
                List.of(new AppendResponse(n(2), n(1), 1, true, 3, EntryId.ZERO)),
                answers(cluster, append(1, 2, 1, id(1, 2), 2, entry(1, 3))));
    }

    /** §7: a follower that needs what is gone is sent the snapshot. */
    @Test
    void whoNeedsWhatIsGoneIsSentTheSnapshot() {
        Cluster cluster = behind();
        cluster.raft(1).advance(1);
        cluster.settle();
        assertEquals(id(1, 3), cluster.machine(3).durableSnapshot.last());
        assertEquals(List.of("a", "b"), cluster.machine(3).commands());
    }

    /** §7: what the follower had that conflicts with the snapshot is gone with it. */
    @Test
    void aSnapshotReplacesALogThatDoesNotHoldIt() {
        Cluster cluster = Cluster.of(3);
        recovered(cluster, 1, 3, 1, 1, 3, 3, 3);
        answers(cluster, install(cluster, 4, id(2, 4)));
        assertEquals(4, cluster.raft(1).compactedIndex());
        assertEquals(4, cluster.raft(1).lastIndex());
        assertEquals(4, cluster.raft(1).commit());
        assertEquals(4, cluster.raft(1).term(), "the leader's, not the snapshot's");
    }

    /** §7: if the log holds the snapshot's last entry, all that follows it stays. */
    @Test
    void aSnapshotOfAPrefixLeavesWhatFollows() {
        Cluster cluster = Cluster.of(3);
        recovered(cluster, 1, 1, 1, 1, 1);
        answers(cluster, install(cluster, 1, id(1, 2)));
        assertEquals(3, cluster.raft(1).lastIndex());
        assertEquals(2, cluster.raft(1).commit());
        assertEquals(0, cluster.raft(1).compactedIndex());
    }

    /** §7: an old snapshot, late or repeated, takes nothing back. */
    @Test
    void anOldSnapshotChangesNothing() {
        Cluster cluster = Cluster.of(3);
        recovered(cluster, 1, 1, 1, 1, 1);
        answers(cluster, append(2, 1, 1, id(1, 3), 3));
        List<?> said = answers(cluster, install(cluster, 1, id(1, 1)));
        assertEquals(3, cluster.raft(1).commit());
        assertEquals(List.of(new AppendResponse(n(1), n(2), 1, true, 3, EntryId.ZERO)), said);
    }

    /** §7: a snapshot is acknowledged when it is durable, as entries are. */
    @Test
    void aSnapshotIsAcknowledgedWhenItIsDurable() {
        Cluster cluster = Cluster.of(3);
        cluster.raft(1).step(install(cluster, 1, id(1, 5)));
        cluster.machine(1).collect();
        assertEquals(List.of(), cluster.wire);
        cluster.machine(1).sync();
        cluster.machine(1).collect();
        assertEquals(
                List.of(new AppendResponse(n(1), n(2), 1, true, 5, EntryId.ZERO)), cluster.wire);
    }

    /** §7: while one is under way nothing else is sent, and no second one. */
    @Test
    void whileASnapshotIsUnderWayNothingElseIsSent() {
        Cluster cluster = behind();
        cluster.raft(1).advance(1);
        cluster.settle(message -> !(message instanceof InstallSnapshot));
        assertTrue(cluster.raft(1).describeProgress().toString().contains("n3 SNAPSHOT"));
        cluster.raft(1).propose(bytes("c"));
        cluster.machine(1).collect();
        assertEquals(0, cluster.wire.stream().filter(message -> message.to().equals(n(3))).count());
    }

    /** Thesis §5.1: a server begins again from its snapshot and the log behind it. */
    @Test
    void aServerRestartsFromItsSnapshot() {
        Cluster cluster = led();
        cluster.raft(1).propose(bytes("a"));
        cluster.settle();
        cluster.machine(1).snapshot();
        cluster.raft(1).propose(bytes("b"));
        cluster.settle();
        cluster.machine(1).restart();
        assertEquals(2, cluster.raft(1).compactedIndex());
        assertEquals(3, cluster.raft(1).lastIndex());
        assertTrue(cluster.raft(1).commit() >= 2);
    }
}
