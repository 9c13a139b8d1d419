package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.HardState;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.EntryKind;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;
import java.util.stream.LongStream;

/** M12 and M13 fire on changes that make two majorities possible, and on rights nobody gave. */
class ConfigurationsTest {

    private final Journal journal = new Journal(false);
    private final CommittedLog committed = new CommittedLog();
    private final Configurations monitor =
            new Configurations(committed, 3, new Situations(List.of()));
    private final FakeRaft raft = new FakeRaft();
    private final MemberState member = new MemberState(1);

    private static List<NodeId> ids(long... numbers) {
        return LongStream.of(numbers).mapToObj(NodeId::new).toList();
    }

    private static Configuration voters(long... numbers) {
        return Configuration.of(ids(numbers));
    }

    private static Configuration joint(List<NodeId> voters, List<NodeId> outgoing) {
        return new Configuration(voters, outgoing, List.of(), List.of(), true);
    }

    private static Entry change(long term, long index, Configuration to) {
        return new Entry(new EntryId(term, index), EntryKind.CONFIGURATION, to.encode());
    }

    private void opened() {
        member.opened(raft, new Store(), journal);
    }

    /** The entry becomes durable at the member, as disks tell it. */
    private void durable(Entry entry) {
        member.durable().add(new HardState(entry.term(), NodeId.NONE, 0), List.of(entry));
        monitor.durable(member, entry);
    }

    private void commit(long term) {
        durable(Entry.noop(new EntryId(term, committed.last() + 1)));
        committed.append(term, term);
    }

    private static void assertFires(String id, Executable step) {
        assertEquals(id, assertThrows(Finding.class, step).monitor());
    }

    @Test
    void aSecondUncommittedConfigurationFires() {
        opened();
        commit(1);
        durable(change(1, 2, voters(1, 2)));
        assertFires("M12", () -> durable(change(1, 3, voters(1))));
    }

    @Test
    void aConfigurationAfterACommittedOneIsFine() {
        opened();
        commit(1);
        durable(change(1, 2, voters(1, 2)));
        committed.append(1, 1);
        assertDoesNotThrow(() -> durable(change(1, 3, voters(1))));
    }

    @Test
    void aChangeBeforeTheLeadersFirstCommittedEntryFires() {
        opened();
        commit(1);
        durable(Entry.noop(new EntryId(2, 2)));
        assertFires("M12", () -> durable(change(2, 3, voters(1, 2))));
    }

    @Test
    void neighboursWithDisjointMajoritiesFireUnlessAJointOneIsBetween() {
        opened();
        commit(1);
        assertFires("M12", () -> durable(change(1, 2, voters(1))));
        assertTrue(Configurations.alwaysIntersect(voters(1, 2, 3), voters(1, 2)));
        assertTrue(Configurations.alwaysIntersect(voters(1, 2, 3), voters(1, 2, 3, 4)));
        assertFalse(Configurations.alwaysIntersect(voters(1, 2, 3), voters(1, 2, 3, 4, 5)));
        Configuration joint = joint(ids(1), ids(1, 2, 3));
        assertTrue(Configurations.alwaysIntersect(voters(1, 2, 3), joint));
        assertTrue(Configurations.alwaysIntersect(joint, voters(1)));
        assertFalse(Configurations.alwaysIntersect(voters(2, 3), joint(ids(1), ids(1))));
    }

    @Test
    void goingOnAsBeforeWhenASnapshotBroughtAnotherConfigurationFires() {
        opened();
        commit(1);
        durable(change(1, 2, voters(1, 2)));
        committed.append(1, 1);
        raft.append(1, 1);
        member.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(member, voters(1, 2, 3)));
        raft.compacted = 2;
        assertFires("M12", () -> monitor.after(member, voters(1, 2, 3)));
    }

    @Test
    void actingByAnotherConfigurationThanTheLogsFires() {
        opened();
        commit(1);
        raft.append(1);
        durable(change(1, 2, voters(1, 2)));
        raft.append(1);
        member.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(member, voters(1, 2)));
        member.refresh(journal);
        assertFires("M12", () -> monitor.after(member, voters(1, 2, 3)));
    }

    @Test
    void aConfigurationThatWasCutOffAndIsStillInForceFiresWhenTheDiskHasCaughtUp() {
        opened();
        commit(1);
        raft.append(1, 1);
        durable(change(1, 2, voters(1, 2)));
        member.refresh(journal);
        monitor.after(member, voters(1, 2));
        raft.terms.removeLast();
        raft.append(2, 2);
        member.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(member, voters(1, 2)));
        durable(Entry.noop(new EntryId(2, 2)));
        durable(Entry.noop(new EntryId(2, 3)));
        member.refresh(journal);
        assertFires("M12", () -> monitor.after(member, voters(1, 2)));
    }

    @Test
    void whoHasNoVoteMayNotAskForVotes() {
        opened();
        commit(1);
        durable(change(1, 2, voters(2, 3)));
        raft.append(1, 1);
        member.refresh(journal);
        monitor.after(member, voters(2, 3));
        VoteRequest request =
                new VoteRequest(new NodeId(1), new NodeId(2), 2, new EntryId(1, 2), false);
        raft.role = RoleKind.CANDIDATE;
        assertDoesNotThrow(() -> monitor.sent(member, request));
        raft.commit = 2;
        assertFires("M13", () -> monitor.sent(member, request));
        raft.role = RoleKind.FOLLOWER;
        assertDoesNotThrow(() -> monitor.sent(member, request), "it stands no more");
    }

    @Test
    void aSnapshotWithAnotherConfigurationThanTheLogsFires() {
        opened();
        commit(1);
        durable(change(1, 2, voters(1, 2)));
        committed.append(1, 1);
        commit(1);
        SnapshotMeta good = new SnapshotMeta(new EntryId(1, 2), voters(1, 2));
        assertDoesNotThrow(() -> monitor.sent(member, good));
        SnapshotMeta early = new SnapshotMeta(new EntryId(1, 1), voters(1, 2));
        assertFires("M12", () -> monitor.sent(member, early));
        SnapshotMeta late = new SnapshotMeta(new EntryId(1, 3), voters(1, 2, 3));
        assertFires("M12", () -> monitor.sent(member, late));
    }

    @Test
    void whoIsNoVoterAnyMoreStopsLeadingWhenThatIsCommitted() {
        raft.role = RoleKind.LEADER;
        opened();
        commit(1);
        durable(change(1, 2, voters(2, 3)));
        raft.append(1, 1);
        raft.commit = 1;
        member.refresh(journal);
        monitor.after(member, voters(2, 3));
        assertDoesNotThrow(() -> monitor.leads(member));
        raft.commit = 2;
        member.refresh(journal);
        assertFires("M13", () -> monitor.leads(member));
    }

    @Test
    void onlyVotersElect() {
        OneVote votes = new OneVote();
        MemberState other = new MemberState(2);
        raft.role = RoleKind.LEADER;
        raft.term = 4;
        raft.append(4); // not on the disk: its log says nothing yet
        opened();
        monitor.after(member, voters(1, 2, 3));
        assertFires("M13", () -> monitor.elected(member, votes));
        votes.sent(other, new VoteResponse(new NodeId(2), new NodeId(1), 4, true));
        assertDoesNotThrow(() -> monitor.elected(member, votes));
        monitor.after(member, voters(1, 3, 4));
        monitor.after(member, voters(1, 3, 4));
        assertFires("M13", () -> monitor.elected(member, votes));
    }
}
