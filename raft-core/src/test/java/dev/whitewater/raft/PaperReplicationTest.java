package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;
import static dev.whitewater.raft.Papers.answers;
import static dev.whitewater.raft.Papers.append;
import static dev.whitewater.raft.Papers.bytes;
import static dev.whitewater.raft.Papers.entry;
import static dev.whitewater.raft.Papers.id;
import static dev.whitewater.raft.Papers.plain;
import static dev.whitewater.raft.Papers.recovered;
import static dev.whitewater.raft.Papers.terms;
import static dev.whitewater.raft.Papers.timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.VoteResponse;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Sentences of the Raft paper on the log: sections 5.3, 5.4 and 5.5, and the receiver's rules for
 * AppendEntries in its figure 2. Each test names its section; the words are ours.
 */
final class PaperReplicationTest {

    private static List<AppendRequest> appends(Cluster cluster, long to) {
        return cluster.take(AppendRequest.class, to);
    }

    // ---- 5.3 Log replication, the leader

    /** §5.3: the leader appends the command and sends it to all others in parallel. */
    @Test
    void aCommandIsAppendedAndSentToEveryoneAtOnce() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        cluster.raft(1).propose(bytes("x"));
        cluster.machine(1).collect();
        assertEquals(2, cluster.raft(1).lastIndex());
        for (long to = 2; to <= 3; to++) {
            AppendRequest request = appends(cluster, to).getFirst();
            assertEquals(id(1, 1), request.previous());
            assertEquals(id(1, 2), request.entries().getFirst().id());
        }
    }

    /** §5.3: an entry carries the term in which the leader received it, and its index. */
    @Test
    void anEntryCarriesTheLeadersTermAndItsPlace() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        cluster.elect(2);
        assertEquals(new ProposalResult.Accepted(id(2, 3)), cluster.raft(2).propose(bytes("x")));
    }

    /** §5.3: an entry is committed once the leader that made it has it on a majority. */
    @Test
    void anEntryIsCommittedWhenAMajorityHoldsIt() {
        Cluster cluster = plain(5);
        cluster.elect(1);
        cluster.raft(1).propose(bytes("x"));
        cluster.machine(1).work();
        Raft leader = cluster.raft(1);
        leader.step(new AppendResponse(n(2), n(1), 1, true, 2, EntryId.ZERO));
        assertEquals(1, leader.commit());
        leader.step(new AppendResponse(n(3), n(1), 1, true, 2, EntryId.ZERO));
        assertEquals(2, leader.commit());
    }

    /** §5.3: that commits all entries before it too, those of earlier leaders as well. */
    @Test
    void whatPrecedesACommittedEntryIsCommittedWithIt() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 2, 1, 2);
        cluster.elect(1);
        assertEquals(3, cluster.raft(1).commit());
        assertEquals(3, cluster.machine(3).applied.size());
    }

    /** §5.3: followers learn of it from the leader's next messages and apply in log order. */
    @Test
    void followersLearnTheCommitIndexAndApplyInOrder() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        cluster.raft(1).propose(List.of(bytes("a"), bytes("b"), bytes("c")));
        cluster.settle();
        for (long id = 1; id <= 3; id++) {
            assertEquals(List.of("a", "b", "c"), cluster.machine(id).commands());
        }
    }

    /** §5.3: the leader tries again without end; whoever comes back catches up. */
    @Test
    void aFollowerThatWasAwayIsSentEverythingItMissed() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        cluster.machine(3).crash();
        cluster.raft(1).propose(bytes("a"));
        cluster.settle();
        cluster.machine(3).restart();
        cluster.raft(1).advance(Cluster.HEARTBEAT);
        cluster.settle();
        assertEquals(List.of("a"), cluster.machine(3).commands());
    }

    /** §5.3: a new leader assumes that everyone has what it has: next is its last plus one. */
    @Test
    void aNewLeaderBeginsWithTheEndOfItsOwnLog() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 2, 1, 1, 2);
        Raft raft = timeout(cluster, 1);
        raft.step(new VoteResponse(n(2), n(1), 3, true));
        assertEquals(4, raft.nextIndex(n(2)));
        assertEquals(0, raft.matchIndex(n(2)));
    }

    /** §5.3: refused, it goes back until the logs agree, then sends all that follows. */
    @Test
    void aRefusalMakesTheLeaderGoBackUntilTheLogsAgree() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 6, 1, 1, 1, 4, 4, 5, 5, 6, 6, 6);
        recovered(cluster, 2, 4, 1, 1, 1, 4);
        recovered(cluster, 3, 3, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3);
        cluster.elect(1);
        List<Long> wanted = List.of(1L, 1L, 1L, 4L, 4L, 5L, 5L, 6L, 6L, 6L, 7L);
        for (long id = 1; id <= 3; id++) {
            assertEquals(wanted, terms(cluster, id));
        }
    }

    /** §5.3: a leader never removes or overwrites entries of its own log. */
    @Test
    void aLeaderOnlyAppendsToItsOwnLog() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 3, 1, 3);
        recovered(cluster, 2, 2, 1, 2, 2, 2);
        cluster.elect(1, Cluster.among(1, 3));
        cluster.raft(1).advance(1);
        cluster.settle();
        assertEquals(List.of(1L, 3L, 4L), terms(cluster, 1));
        assertEquals(List.of(1L, 3L, 4L), terms(cluster, 2));
    }

    // ---- figure 2, the receiver of AppendEntries

    /** Figure 2, step 2: refused if the log has no entry at the previous index. */
    @Test
    void anAppendBeyondTheEndOfTheLogIsRefused() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 1, 1);
        assertEquals(
                List.of(new AppendResponse(n(1), n(2), 1, false, 3, id(1, 1))),
                answers(cluster, append(2, 1, 1, id(1, 3), 0, entry(1, 4))));
    }

    /** Figure 2, step 2: or one of another term. */
    @Test
    void anAppendAfterAnEntryOfAnotherTermIsRefused() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 3, 1, 1, 2);
        AppendResponse answer =
                assertInstanceOf(
                        AppendResponse.class,
                        answers(cluster, append(2, 1, 3, id(3, 3), 0, entry(3, 4))).getFirst());
        assertEquals(false, answer.accepted());
        assertEquals(List.of(1L, 1L, 2L), terms(cluster, 1));
    }

    /** Figure 2, step 2: the check holds for the first index as for any other. */
    @Test
    void anAppendAtTheBeginningReplacesWhatConflictsFromThere() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 1, 1, 1);
        answers(cluster, append(2, 1, 2, EntryId.ZERO, 0, entry(2, 1)));
        assertEquals(List.of(2L), terms(cluster, 1));
    }

    /** Figure 2, step 3: a conflicting entry goes, and all that follow it. */
    @Test
    void aConflictingEntryGoesWithAllThatFollow() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 2, 1, 2, 2, 2);
        answers(cluster, append(2, 1, 3, id(1, 1), 0, entry(3, 2)));
        assertEquals(List.of(1L, 3L), terms(cluster, 1));
    }

    /** Figure 2, steps 3 and 4: what agrees stays, with all that follows it. */
    @Test
    void entriesThatAgreeStayWithAllThatFollow() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 1, 1, 1, 1);
        answers(cluster, append(2, 1, 1, EntryId.ZERO, 0, entry(1, 1)));
        answers(cluster, append(2, 1, 1, EntryId.ZERO, 0));
        assertEquals(List.of(1L, 1L, 1L), terms(cluster, 1));
    }

    /** Figure 2, step 4: only the entries that are missing are appended. */
    @Test
    void onlyMissingEntriesAreWritten() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 1, 1);
        cluster.raft(1).step(append(2, 1, 1, EntryId.ZERO, 0, entry(1, 1), entry(1, 2)));
        cluster.machine(1).collect();
        assertEquals(List.of(entry(1, 2)), cluster.machine(1).last.persist().entries());
    }

    /** Figure 2, step 5: the commit index is the leader's, up to the last new entry. */
    @Test
    void theCommitIndexGoesNoFurtherThanTheLastNewEntry() {
        Cluster cluster = plain(3);
        Raft raft = recovered(cluster, 1, 1, 1, 1, 1);
        answers(cluster, append(2, 1, 1, id(1, 1), 3, entry(1, 2)));
        assertEquals(2, raft.commit());
    }

    /** Figure 2, step 5: and never back. */
    @Test
    void theCommitIndexNeverFalls() {
        Cluster cluster = plain(3);
        Raft raft = recovered(cluster, 1, 1, 1, 1, 1);
        answers(cluster, append(2, 1, 1, id(1, 3), 3));
        answers(cluster, append(2, 1, 1, id(1, 3), 1));
        answers(cluster, append(2, 1, 1, id(1, 1), 1));
        answers(cluster, new HeartbeatRequest(n(2), n(1), 1, 2, 0));
        assertEquals(3, raft.commit());
    }

    /** §5.3: to accept an append is to say that the log equals the leader's up to its end. */
    @Test
    void anAnswerSpeaksOnlyOfWhatTheAppendCovered() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 2, 1, 2, 2);
        assertEquals(
                List.of(new AppendResponse(n(1), n(2), 3, true, 1, EntryId.ZERO)),
                answers(cluster, append(2, 1, 3, id(1, 1), 0)));
    }

    // ---- 5.4 Safety

    /** §5.4.1: without the committed entries nobody is elected: a majority refuses. */
    @Test
    void whoLacksACommittedEntryIsNotElected() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        cluster.raft(1).propose(bytes("a"));
        cluster.settle(Cluster.among(1, 2));
        cluster.machine(1).crash();
        cluster.elect(3);
        assertEquals(RoleKind.CANDIDATE, cluster.raft(3).role());
        cluster.elect(2);
        assertEquals(RoleKind.LEADER, cluster.raft(2).role());
        assertEquals(List.of("a"), cluster.machine(3).commands());
    }

    /** §5.4.2: an entry of an earlier term is not committed by counting its copies. */
    @Test
    void anInheritedEntryOnAMajorityIsNotCommittedYet() {
        Cluster cluster = plain(5);
        recovered(cluster, 1, 3, 1, 2);
        Raft raft = timeout(cluster, 1);
        raft.step(new VoteResponse(n(2), n(1), 4, true));
        raft.step(new VoteResponse(n(3), n(1), 4, true));
        cluster.machine(1).work();
        raft.step(new AppendResponse(n(2), n(1), 4, true, 2, EntryId.ZERO));
        raft.step(new AppendResponse(n(3), n(1), 4, true, 2, EntryId.ZERO));
        assertEquals(0, raft.commit());
        raft.step(new AppendResponse(n(2), n(1), 4, true, 3, EntryId.ZERO));
        assertEquals(0, raft.commit());
        raft.step(new AppendResponse(n(3), n(1), 4, true, 3, EntryId.ZERO));
        assertEquals(3, raft.commit());
    }

    /** §5.4.2: an entry keeps the term in which it was made, whoever passes it on. */
    @Test
    void anInheritedEntryKeepsItsTerm() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 4, 1, 2);
        cluster.elect(1);
        assertEquals(List.of(1L, 2L, 5L), terms(cluster, 3));
    }

    /** §5.4.3: what one server applied at an index no other applies differently. */
    @Test
    void everyServerAppliesTheSame() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        cluster.raft(1).propose(bytes("lost"));
        cluster.machine(1).work();
        cluster.wire.clear();
        cluster.elect(2, Cluster.among(2, 3));
        cluster.raft(2).propose(bytes("kept"));
        cluster.settle(Cluster.among(2, 3));
        cluster.raft(2).advance(1);
        cluster.settle();
        for (long id = 1; id <= 3; id++) {
            assertEquals(List.of("kept"), cluster.machine(id).commands());
        }
    }

    /** §5.3: what was said to this leader in an earlier term of its own counts for nothing. */
    @Test
    void anAnswerFromAnEarlierLeadershipDoesNotCount() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        cluster.raft(1).step(Papers.campaign(2, 1, 2, EntryId.ZERO));
        cluster.elect(1, Cluster.among(1, 3));
        assertEquals(RoleKind.LEADER, cluster.raft(1).role());
        long term = cluster.raft(1).term();
        assertTrue(term > 1);
        cluster.raft(1).step(new AppendResponse(n(2), n(1), 1, true, 1, EntryId.ZERO));
        assertEquals(0, cluster.raft(1).matchIndex(n(2)));
        cluster.raft(1).step(new AppendResponse(n(2), n(1), term, true, 1, EntryId.ZERO));
        assertEquals(1, cluster.raft(1).matchIndex(n(2)));
    }

    // ---- 5.5 and 8

    /** §5.5: a request that arrives twice changes nothing the second time. */
    @Test
    void anAppendThatArrivesTwiceChangesNothing() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 1, 1);
        AppendRequest request = append(2, 1, 1, id(1, 1), 2, entry(1, 2));
        assertEquals(answers(cluster, request), answers(cluster, request));
        assertEquals(2, cluster.raft(1).lastIndex());
    }

    /** Figure 2: what must survive a crash does; the commit index need not. */
    @Test
    void termVoteAndLogSurviveACrash() {
        Cluster cluster = plain(3);
        answers(cluster, append(2, 1, 3, EntryId.ZERO, 0, entry(3, 1)));
        answers(cluster, Papers.campaign(3, 1, 4, id(3, 9)));
        cluster.machine(1).restart();
        assertEquals(4, cluster.raft(1).term());
        assertEquals(n(3), cluster.raft(1).votedFor());
        assertEquals(List.of(3L), terms(cluster, 1));
    }

    /** Figure 2: what was not written when it crashed was not promised to anybody. */
    @Test
    void whatACrashLosesWasNeverAcknowledged() {
        Cluster cluster = plain(3);
        cluster.raft(1).step(append(2, 1, 3, EntryId.ZERO, 0, entry(3, 1)));
        cluster.machine(1).collect();
        cluster.machine(1).restart();
        assertEquals(0, cluster.raft(1).lastIndex());
        assertEquals(List.of(), cluster.wire);
    }

    /** §8: only a leader answers; whoever else is asked names it. */
    @Test
    void aFollowerNamesItsLeader() {
        Cluster cluster = plain(3);
        cluster.elect(2);
        assertEquals(
                new ProposalResult.Refused(ProposalResult.Refusal.NOT_LEADER, n(2)),
                cluster.raft(1).propose(bytes("x")));
    }

    /** §8: a leader begins its term with an empty entry, to learn what is committed. */
    @Test
    void aLeaderBeginsWithAnEmptyEntry() {
        Cluster cluster = plain(3);
        cluster.elect(1);
        assertEquals(1, cluster.raft(1).lastIndex());
        assertTrue(cluster.machine(2).durableLog.getFirst().data().length == 0);
        assertEquals(1, cluster.raft(1).commit());
    }

    /** Figure 3, Log Matching: equal ids mean equal logs up to there. */
    @Test
    void logsThatShareAnIdShareAllBeforeIt() {
        Cluster cluster = plain(3);
        recovered(cluster, 1, 3, 1, 3);
        recovered(cluster, 2, 2, 1, 2);
        recovered(cluster, 3, 2, 1);
        cluster.elect(1);
        assertEquals(cluster.machine(1).durableLog, cluster.machine(2).durableLog);
        assertEquals(cluster.machine(1).durableLog, cluster.machine(3).durableLog);
    }
}
