package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Replication and commitment: thesis §3.5, §3.6.2, §3.8, §10.2.1. */
final class ReplicationTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Entry entry(long term, long index) {
        return Entry.command(new EntryId(term, index), bytes(term + "/" + index));
    }

    private static AppendRequest append(
            long term, EntryId previous, List<Entry> entries, long commit) {
        return new AppendRequest(n(2), n(1), term, previous, entries, commit);
    }

    @Test
    void aProposalReachesEveryStateMachine() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        ProposalResult result = cluster.raft(1).propose(List.of(bytes("a"), bytes("b")));
        assertEquals(new ProposalResult.Accepted(new EntryId(1, 2)), result);
        cluster.settle();
        for (long id = 1; id <= 3; id++) {
            assertEquals(List.of("a", "b"), cluster.machine(id).commands());
            assertEquals(3, cluster.raft(id).commit());
        }
    }

    @Test
    void aFollowerRefusesAProposalAndNamesTheLeader() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        assertEquals(
                new ProposalResult.Refused(ProposalResult.Refusal.NOT_LEADER, n(1)),
                cluster.raft(2).propose(bytes("a")));
    }

    @Test
    void followerRejectsAppendWhenPreviousEntryDiffers() {
        Cluster cluster = Cluster.of(3);
        Raft raft = cluster.raft(1);
        raft.step(append(1, EntryId.ZERO, List.of(entry(1, 1), entry(1, 2)), 0));
        cluster.machine(1).work();
        cluster.wire.clear();
        raft.step(append(3, new EntryId(2, 2), List.of(entry(3, 3)), 0));
        cluster.machine(1).work();
        assertEquals(
                List.of(new AppendResponse(n(1), n(2), 3, false, 2, new EntryId(1, 2))),
                cluster.wire);
        assertEquals(2, raft.lastIndex());
    }

    @Test
    void followerNamesOnlyDurableEntries() {
        Cluster cluster = Cluster.of(3);
        cluster.raft(1).step(append(1, EntryId.ZERO, List.of(entry(1, 1)), 0));
        cluster.machine(1).collect();
        assertEquals(List.of(), cluster.wire);
        cluster.machine(1).sync();
        cluster.machine(1).collect();
        assertEquals(
                List.of(new AppendResponse(n(1), n(2), 1, true, 1, EntryId.ZERO)), cluster.wire);
    }

    @Test
    void followerReplacesConflictingEntriesAndWhatFollowsThem() {
        Cluster cluster = Cluster.of(3);
        Raft raft = cluster.raft(1);
        raft.step(append(1, EntryId.ZERO, List.of(entry(1, 1), entry(1, 2), entry(1, 3)), 0));
        cluster.machine(1).work();
        raft.step(append(2, new EntryId(1, 1), List.of(entry(2, 2)), 0));
        cluster.machine(1).work();
        assertEquals(2, raft.lastIndex());
        assertEquals(List.of(entry(1, 1), entry(2, 2)), cluster.machine(1).durableLog);
        assertTrue(
                cluster.machine(1)
                        .reasons
                        .contains("truncates 2..3: entry 2 has term 1, leader's 2"));
    }

    @Test
    void anOvertakenAppendRemovesNothing() {
        Cluster cluster = Cluster.of(3);
        Raft raft = cluster.raft(1);
        AppendRequest early = append(1, EntryId.ZERO, List.of(entry(1, 1)), 0);
        raft.step(early);
        raft.step(append(1, new EntryId(1, 1), List.of(entry(1, 2), entry(1, 3)), 0));
        raft.step(early);
        assertEquals(3, raft.lastIndex());
    }

    @Test
    void anAppendIsAcknowledgedUpToItsOwnLastEntry() {
        Cluster cluster = Cluster.of(3);
        Raft raft = cluster.raft(1);
        raft.step(append(1, EntryId.ZERO, List.of(entry(1, 1), entry(1, 2), entry(1, 3)), 0));
        cluster.machine(1).work();
        cluster.wire.clear();
        raft.step(append(2, EntryId.ZERO, List.of(entry(1, 1)), 0));
        cluster.machine(1).work();
        assertEquals(
                List.of(new AppendResponse(n(1), n(2), 2, true, 1, EntryId.ZERO)), cluster.wire);
    }

    @Test
    void commitGoesNoFurtherThanTheLastNewEntry() {
        Cluster cluster = Cluster.of(3);
        Raft raft = cluster.raft(1);
        raft.step(append(1, EntryId.ZERO, List.of(entry(1, 1), entry(1, 2), entry(1, 3)), 0));
        raft.step(append(2, EntryId.ZERO, List.of(entry(1, 1)), 3));
        assertEquals(1, raft.commit());
    }

    @Test
    void aTruncatedAndRewrittenEntryIsNotTakenForADurableOne() {
        Cluster cluster = Cluster.of(3);
        Raft raft = cluster.raft(1);
        raft.step(append(1, EntryId.ZERO, List.of(entry(1, 1)), 0));
        cluster.machine(1).collect();
        raft.step(append(2, EntryId.ZERO, List.of(entry(2, 1)), 0));
        cluster.machine(1).collect();
        cluster.machine(1).sync();
        assertEquals(0, raft.durableIndex());
        cluster.machine(1).sync();
        assertEquals(1, raft.durableIndex());
    }

    @Test
    void theLeadersOwnCopyCountsOnlyWhenDurable() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        cluster.raft(1).propose(bytes("a"));
        cluster.machine(1).collect();
        for (AppendRequest request : cluster.take(AppendRequest.class, 2)) {
            cluster.raft(2).step(request);
        }
        cluster.machine(2).work();
        for (AppendResponse response : cluster.take(AppendResponse.class, 1)) {
            cluster.raft(1).step(response);
        }
        assertEquals(1, cluster.raft(1).commit());
        cluster.machine(1).sync();
        assertEquals(2, cluster.raft(1).commit());
    }

    @Test
    void aLeaderCommitsInheritedEntriesOnlyWithOneOfItsOwn() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        cluster.raft(1).propose(bytes("lost?"));
        cluster.settle(message -> false);
        cluster.machine(2).crash();
        cluster.machine(3).crash();
        cluster.machine(2).restart();
        cluster.machine(3).restart();
        cluster.machine(1).restart();
        cluster.elect(1, Cluster.among(1, 2));
        assertEquals(3, cluster.raft(1).commit());
        assertEquals(2, cluster.raft(1).termAt(3));
    }

    @Test
    void aFollowerFarBehindCatchesUpInTwoRoundTrips() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        for (int i = 0; i < 100; i++) {
            cluster.raft(1).propose(bytes("x" + i));
            cluster.settle(Cluster.among(1, 2));
        }
        cluster.raft(1).advance(1);
        cluster.settle();
        assertEquals(101, cluster.raft(3).lastIndex());
        assertEquals(101, cluster.raft(3).commit());
    }

    @Test
    void aLeaderWithoutQuorumTakesInNoMoreThanItsLimit() {
        Cluster cluster = Cluster.of(3);
        cluster.elect(1);
        byte[] large = new byte[40 << 20];
        assertInstanceOf(ProposalResult.Accepted.class, cluster.raft(1).propose(large));
        assertEquals(
                new ProposalResult.Refused(ProposalResult.Refusal.TOO_MANY_UNCOMMITTED, n(1)),
                cluster.raft(1).propose(large));
        cluster.settle();
        assertInstanceOf(ProposalResult.Accepted.class, cluster.raft(1).propose(large));
    }
}
