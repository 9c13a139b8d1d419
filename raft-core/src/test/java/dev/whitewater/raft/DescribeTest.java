package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;
import static dev.whitewater.raft.Papers.entry;
import static dev.whitewater.raft.Papers.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.ProposalRequest;
import dev.whitewater.raft.message.ReadIndexRequest;
import dev.whitewater.raft.message.ReadIndexResponse;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.raft.message.TimeoutNow;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.TreeSet;

/** What values are called in traces and golden files; and that a Ready is what it says. */
final class DescribeTest {

    private static final NodeId A = n(1);
    private static final NodeId B = n(2);

    @Test
    void everyMessageSaysWhatItCarries() {
        SnapshotMeta snapshot = new SnapshotMeta(id(2, 7), Configuration.of(List.of(A, B)));
        List<Message> messages =
                List.of(
                        new PreVoteRequest(A, B, 3, 4, id(2, 9)),
                        new PreVoteResponse(A, B, 3, 4, false),
                        new VoteRequest(A, B, 3, id(2, 9), true),
                        new VoteResponse(A, B, 3, true),
                        new AppendRequest(A, B, 3, id(2, 9), List.of(entry(3, 10)), 8),
                        new AppendResponse(A, B, 3, true, 10, EntryId.ZERO),
                        new AppendResponse(A, B, 3, false, 9, id(1, 4)),
                        new InstallSnapshot(A, B, 3, snapshot),
                        new TimeoutNow(A, B, 3),
                        new HeartbeatRequest(A, B, 3, 8, 5),
                        new HeartbeatResponse(A, B, 3, 0),
                        new ReadIndexRequest(A, B, 3, 77),
                        new ReadIndexResponse(A, B, 3, 77, 8),
                        new ProposalRequest(A, B, 3, List.of(new byte[1], new byte[2])));
        assertEquals(
                List.of(
                        "n1->n2 PreVoteRequest t3 campaign 4 log 2/9",
                        "n1->n2 PreVoteResponse t3 campaign 4 refused",
                        "n1->n2 VoteRequest t3 log 2/9 by transfer",
                        "n1->n2 VoteResponse t3 granted",
                        "n1->n2 AppendRequest t3 prev 2/9 +1 commit 8",
                        "n1->n2 AppendResponse t3 accepted 10",
                        "n1->n2 AppendResponse t3 rejected 9 hint 1/4",
                        "n1->n2 InstallSnapshot t3 snapshot 2/7 voters (n1 n2)",
                        "n1->n2 TimeoutNow t3",
                        "n1->n2 HeartbeatRequest t3 commit 8 round 5",
                        "n1->n2 HeartbeatResponse t3",
                        "n1->n2 ReadIndexRequest t3 read 77",
                        "n1->n2 ReadIndexResponse t3 read 77 index 8",
                        "n1->n2 ProposalRequest t3 +2"),
                messages.stream().map(Message::describe).toList());
    }

    @Test
    void everyRoleSaysWhatDecidesItsFuture() {
        Cluster cluster = Cluster.of(3);
        TreeSet<String> roles = new TreeSet<>();
        Raft raft = cluster.raft(1);
        roles.add(role(raft));
        raft.advance(raft.ticksToDeadline());
        roles.add(role(raft));
        raft.step(new PreVoteResponse(n(2), n(1), 0, 1, true));
        roles.add(role(raft));
        cluster.machine(1).work();
        raft.step(new VoteResponse(n(2), n(1), 1, true));
        roles.add(role(raft));
        assertEquals(
                new TreeSet<>(
                        List.of(
                                "role FOLLOWER leader none",
                                "role PRE_CANDIDATE leader none",
                                "role CANDIDATE leader none",
                                "role LEADER leader n1")),
                roles);
        assertTrue(raft.describe().toString().contains("leads from 1"), raft.describe()::toString);
    }

    private static String role(Raft raft) {
        return raft.describe().stream()
                .filter(line -> line.startsWith("role "))
                .findFirst()
                .orElse("nothing of a role");
    }

    @Test
    void aReadyNamesEachLane() {
        Cluster cluster = Cluster.of(1);
        cluster.elect(1);
        cluster.raft(1).propose(new byte[1]);
        assertEquals(
                "ready 4\n  persist t1 vote n1 commit 1 entries 1/2",
                cluster.raft(1).ready().describe());
    }

    private static Ready ready(List<Entry> stored, List<Entry> committed, Restore restore) {
        Persist persist = new Persist(new HardState(1, A, 0), stored, true);
        return new Ready(1, persist, restore, List.of(), committed, List.of());
    }

    @Test
    void aReadyWithAGapIsNotHandedOut() {
        List<Entry> gap = List.of(entry(1, 1), entry(1, 3));
        assertThrows(
                InvariantViolation.class, () -> ready(gap, List.of(), Restore.NONE).validate(9));
        assertThrows(
                InvariantViolation.class, () -> ready(List.of(), gap, Restore.NONE).validate(9));
    }

    @Test
    void aReadyThatAppliesWhatIsNotDurableIsNotHandedOut() {
        Ready early = ready(List.of(), List.of(entry(1, 2)), Restore.NONE);
        assertThrows(InvariantViolation.class, () -> early.validate(1));
        early.validate(2);
    }

    @Test
    void aReadyThatStoresEntriesOfTheReplacedLogIsNotHandedOut() {
        Restore restore = new Restore(new SnapshotMeta(id(1, 5), Configuration.of(List.of(A))));
        assertThrows(
                InvariantViolation.class,
                () -> ready(List.of(entry(1, 5)), List.of(), restore).validate(9));
        ready(List.of(entry(1, 6)), List.of(), restore).validate(9);
    }
}
