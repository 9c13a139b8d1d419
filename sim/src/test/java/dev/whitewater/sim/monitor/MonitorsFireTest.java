package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.AppliedView;
import dev.whitewater.node.wire.Command;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.HardState;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.ReadIndexRequest;
import dev.whitewater.raft.message.VoteResponse;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Put;
import dev.whitewater.store.RequestCodec;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.ArrayList;
import java.util.List;

/** Every monitor fires on a state that breaks its statement, and not on the state beside it. */
class MonitorsFireTest {

    private final Journal journal = new Journal(false);
    private final List<MemberState> members = new ArrayList<>();
    private final List<FakeRaft> rafts = new ArrayList<>();
    private final List<Store> stores = new ArrayList<>();

    MonitorsFireTest() {
        for (int number = 1; number <= 3; number++) {
            members.add(new MemberState(number));
            rafts.add(new FakeRaft());
            stores.add(new Store());
        }
    }

    private MemberState open(int number) {
        MemberState member = members.get(number - 1);
        member.opened(rafts.get(number - 1), stores.get(number - 1), journal);
        return member;
    }

    private FakeRaft raft(int number) {
        return rafts.get(number - 1);
    }

    private static NodeId id(long number) {
        return new NodeId(number);
    }

    private static void assertFires(String monitor, Executable step) {
        Finding finding = assertThrows(Finding.class, step);
        assertEquals(monitor, finding.monitor());
    }

    private static Entry command(long term, long index, String value) {
        Put put = Put.of(Bytes.utf8("k"), Bytes.utf8(value));
        return Entry.command(
                new EntryId(term, index),
                new Command(id(1), index, RequestCodec.encode(put)).encode());
    }

    private static Configurations configurations() {
        return new Configurations(new CommittedLog(), 3, new Situations(List.of()));
    }

    private MemberState lead(int number, long term) {
        MemberState member = open(number);
        raft(number).role = RoleKind.LEADER;
        raft(number).term = term;
        member.refresh(journal);
        return member;
    }

    @Test
    void electionSafetyFiresOnASecondLeaderOfATermEvenAfterTheFirstIsGone() {
        ElectionSafety monitor = new ElectionSafety();
        monitor.after(lead(1, 4));
        members.getFirst().closed(journal);
        monitor.after(lead(2, 5));
        assertFires("M1", () -> monitor.after(lead(3, 4)));
        assertEquals(3, monitor.leaderChanges());
    }

    @Test
    void oneVoteFiresOnASecondCandidateInATerm() {
        OneVote monitor = new OneVote();
        MemberState voter = open(1);
        monitor.sent(voter, new VoteResponse(id(1), id(2), 4, true));
        monitor.sent(voter, new VoteResponse(id(1), id(2), 4, true));
        monitor.sent(voter, new VoteResponse(id(1), id(3), 4, false));
        monitor.sent(voter, new VoteResponse(id(1), id(3), 5, true));
        assertFires("M2", () -> monitor.sent(voter, new VoteResponse(id(1), id(3), 4, true)));
    }

    @Test
    void termOrderFiresOnATermThatFalls() {
        TermOrder monitor = new TermOrder();
        raft(1).term = 5;
        MemberState member = open(1);
        raft(1).term = 4;
        member.refresh(journal);
        assertFires("M3", () -> monitor.after(member));
    }

    @Test
    void termOrderFiresOnATermThatTheDiskKnewBetter() {
        TermOrder monitor = new TermOrder();
        members.getFirst().durable().add(new HardState(5, NodeId.NONE, 0), List.of());
        raft(1).term = 4;
        MemberState member = open(1);
        assertFires("M3", () -> monitor.recovered(member));
    }

    @Test
    void termOrderFiresOnAMessageOfATermThatACrashWouldForget() {
        TermOrder monitor = new TermOrder();
        MemberState member = open(1);
        member.durable().add(new HardState(4, NodeId.NONE, 0), List.of());
        monitor.sent(member, heartbeat(4));
        assertFires("M3", () -> monitor.sent(member, heartbeat(5)));
    }

    @Test
    void logMatchingFiresOnTwoEntriesOfOneId() {
        EntryIdentity monitor = new EntryIdentity(new EntryBook());
        monitor.durable(open(1), command(2, 7, "a"), 1);
        monitor.durable(open(2), command(2, 7, "a"), 1);
        monitor.durable(open(2), command(3, 7, "c"), 1);
        assertFires("M4", () -> monitor.durable(open(3), command(2, 7, "b"), 1));
    }

    @Test
    void logMatchingFiresOnTwoPredecessorsOfOneEntry() {
        EntryIdentity monitor = new EntryIdentity(new EntryBook());
        monitor.durable(open(1), command(3, 7, "a"), 1);
        assertFires("M4", () -> monitor.durable(open(2), command(3, 7, "a"), 2));
    }

    @Test
    void leaderAppendOnlyFiresOnALeaderThatCutsItsLog() {
        LeaderAppendOnly monitor = new LeaderAppendOnly();
        raft(1).append(1, 1, 2);
        MemberState leader = lead(1, 2);
        raft(1).append(2);
        leader.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(leader));
        raft(1).terms.removeLast();
        leader.refresh(journal);
        assertFires("M5", () -> monitor.after(leader));
    }

    @Test
    void leaderAppendOnlyFiresOnAnEntryStampedWithAnotherTerm() {
        LeaderAppendOnly monitor = new LeaderAppendOnly();
        MemberState leader = lead(1, 2);
        raft(1).append(3);
        leader.refresh(journal);
        assertFires("M5", () -> monitor.after(leader));
    }

    @Test
    void leaderCompletenessFiresOnALeaderThatLacksACommittedEntry() {
        CommittedLog committed = new CommittedLog();
        LeaderCompleteness monitor = new LeaderCompleteness(committed, members);
        committed.append(1, 1);
        raft(1).append(1);
        assertDoesNotThrow(() -> monitor.after(lead(1, 2)));
        assertFires("M6", () -> monitor.after(lead(2, 3)));
    }

    @Test
    void leaderCompletenessFiresWhenAnEarlierLeaderCommitsLate() {
        CommittedLog committed = new CommittedLog();
        LeaderCompleteness monitor = new LeaderCompleteness(committed, members);
        monitor.after(lead(2, 3));
        committed.append(1, 2);
        assertFires("M6", () -> monitor.committed(1));
    }

    @Test
    void committedOnQuorumFiresOnACommitThatAMajorityWouldForget() {
        CommittedOnQuorum monitor = new CommittedOnQuorum(members, configurations());
        MemberState leader = lead(1, 2);
        raft(1).append(2);
        Entry entry = Entry.noop(new EntryId(2, 1));
        members.get(0).durable().add(new HardState(2, id(1), 0), List.of(entry));
        raft(1).commit = 1;
        leader.refresh(journal);
        assertFires("M7", () -> monitor.after(leader));
        members.get(2).durable().add(new HardState(2, id(1), 0), List.of(entry));
        assertDoesNotThrow(() -> monitor.after(leader));
    }

    @Test
    void committedOnQuorumFiresOnAnEarlierTermsEntryCommittedByCounting() {
        CommittedOnQuorum monitor = new CommittedOnQuorum(members, configurations());
        raft(1).append(1);
        MemberState leader = lead(1, 2);
        for (MemberState member : members) {
            member.durable().add(HardState.INITIAL, List.of(Entry.noop(new EntryId(1, 1))));
        }
        raft(1).commit = 1;
        leader.refresh(journal);
        assertFires("M7", () -> monitor.after(leader));
    }

    @Test
    void indexOrderFiresOnAnAppliedIndexBeyondTheCommit() {
        IndexOrder monitor = new IndexOrder();
        raft(1).append(1, 1).commit = 1;
        MemberState member = open(1);
        assertDoesNotThrow(() -> monitor.after(member));
        raft(1).applied = 2;
        member.refresh(journal);
        assertFires("M9", () -> monitor.after(member));
    }

    @Test
    void indexOrderFiresOnACommitThatFalls() {
        IndexOrder monitor = new IndexOrder();
        raft(1).append(1, 1).commit = 2;
        MemberState member = open(1);
        raft(1).commit = 1;
        member.refresh(journal);
        assertFires("M9", () -> monitor.after(member));
    }

    @Test
    void acknowledgementTruthFiresOnAMatchThatTheDiskDoesNotHold() {
        AcknowledgementTruth monitor = new AcknowledgementTruth(members, configurations());
        raft(1).append(1, 1);
        MemberState leader = lead(1, 1);
        members.get(1).durable().add(HardState.INITIAL, List.of(Entry.noop(new EntryId(1, 1))));
        raft(1).match.put(id(2), 1L);
        assertDoesNotThrow(() -> monitor.after(leader, 2));
        raft(1).match.put(id(2), 2L);
        assertFires("M10", () -> monitor.after(leader, 2));
    }

    @Test
    void acknowledgementTruthFiresOnAMatchThatFalls() {
        AcknowledgementTruth monitor = new AcknowledgementTruth(members, configurations());
        raft(1).append(1);
        MemberState leader = lead(1, 1);
        members.get(1).durable().add(HardState.INITIAL, List.of(Entry.noop(new EntryId(1, 1))));
        raft(1).match.put(id(2), 1L);
        monitor.after(leader, 2);
        raft(1).match.put(id(2), 0L);
        assertFires("M10", () -> monitor.after(leader, 2));
    }

    @Test
    void acknowledgementTruthFiresOnANextIndexThatIsMatchedAlready() {
        AcknowledgementTruth monitor = new AcknowledgementTruth(members, configurations());
        raft(1).append(1);
        MemberState leader = lead(1, 1);
        members.get(1).durable().add(HardState.INITIAL, List.of(Entry.noop(new EntryId(1, 1))));
        raft(1).match.put(id(2), 1L);
        raft(1).next.put(id(2), 1L);
        assertFires("M10", () -> monitor.after(leader, 2));
    }

    @Test
    void acknowledgementTruthFiresOnAnswersOfAnotherTerm() {
        AcknowledgementTruth monitor = new AcknowledgementTruth(members, configurations());
        MemberState leader = lead(1, 4);
        monitor.delivering(leader, 4);
        raft(1).round.put(id(2), 1L);
        assertDoesNotThrow(() -> monitor.after(leader, 2));
        monitor.delivering(leader, 3);
        assertDoesNotThrow(() -> monitor.after(leader, 2));
        raft(1).round.put(id(2), 2L);
        assertFires("M10", () -> monitor.after(leader, 2));
        monitor.delivering(leader, 0);
        assertDoesNotThrow(() -> monitor.after(leader, 2));
    }

    @Test
    void readFloorFiresOnAQuestionUnderANameThatWasUsedBeforeTheRestart() {
        ReadQuestions monitor = new ReadQuestions();
        MemberState member = open(1);
        monitor.sent(member, new ReadIndexRequest(id(1), id(2), 1, 1));
        monitor.sent(member, new ReadIndexRequest(id(1), id(2), 1, 2));
        monitor.sent(open(2), new ReadIndexRequest(id(2), id(3), 1, 1));
        member.closed(journal);
        MemberState again = open(1);
        assertFires("M19", () -> monitor.sent(again, new ReadIndexRequest(id(1), id(2), 1, 1)));
    }

    @Test
    void durableBeforePromiseFiresOnAnAcknowledgementThatACrashWouldBreak() {
        DurableBeforePromise monitor = new DurableBeforePromise();
        raft(1).append(1, 1);
        MemberState member = open(1);
        member.durable().add(HardState.INITIAL, List.of(Entry.noop(new EntryId(1, 1))));
        monitor.sent(member, new AppendResponse(id(1), id(2), 1, true, 1, EntryId.ZERO));
        assertFires(
                "M11",
                () ->
                        monitor.sent(
                                member,
                                new AppendResponse(id(1), id(2), 1, true, 2, EntryId.ZERO)));
    }

    @Test
    void durableBeforePromiseFiresOnAVoteThatACrashWouldForget() {
        DurableBeforePromise monitor = new DurableBeforePromise();
        MemberState member = open(1);
        member.durable().add(new HardState(4, id(2), 0), List.of());
        monitor.sent(member, new VoteResponse(id(1), id(2), 4, true));
        assertFires("M11", () -> monitor.sent(member, new VoteResponse(id(1), id(3), 4, true)));
    }

    @Test
    void durableBeforePromiseFiresOnAnAnswerFromTheFuture() {
        DurableBeforePromise monitor = new DurableBeforePromise();
        MemberState member = open(1);
        monitor.answered(member, 1);
        assertFires("M11", () -> monitor.answered(member, 2));
    }

    private ReplicaDeterminism replicas(Entry... entries) {
        EntryBook book = new EntryBook();
        CommittedLog committed = new CommittedLog();
        long previousTerm = 0;
        for (Entry entry : entries) {
            book.add(entry, previousTerm);
            committed.append(entry.term(), entry.term());
            previousTerm = entry.term();
        }
        return new ReplicaDeterminism(
                new ReferenceModel(
                        committed,
                        book,
                        new LeasePromises(
                                new LeasePromisesTest.ByHand(),
                                new Situations(List.of()),
                                3,
                                new Monitors.Pace(0, 1, 0, 0)),
                        new Access(new Situations(List.of()))));
    }

    /** The member applies a put at index 1 and says so. */
    private AppliedView applies(int number, String value) {
        Store store = stores.get(number - 1);
        store.apply(1, Put.of(Bytes.utf8("k"), Bytes.utf8(value)));
        raft(number).append(1).commit = 1;
        raft(number).applied = 1;
        return new OneApplied(store.hash());
    }

    @Test
    void replicaDeterminismFiresOnAStateThatTheLogDoesNotLeadTo() {
        ReplicaDeterminism monitor = replicas(command(1, 1, "a"));
        MemberState honest = open(1);
        AppliedView right = applies(1, "a");
        honest.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(honest, right));
        MemberState other = open(2);
        AppliedView wrong = applies(2, "b");
        other.refresh(journal);
        assertFires("M14", () -> monitor.after(other, wrong));
    }

    @Test
    void recoveryEquivalenceFiresOnARecoveredStateThatTheLogDoesNotLeadTo() {
        ReplicaDeterminism monitor = replicas(command(1, 1, "a"));
        assertEquals(1, applies(1, "b").size());
        MemberState member = open(1);
        assertFires("M15", () -> monitor.recovered(member));
    }

    @Test
    void recoveryEquivalenceFiresOnADurableEntryThatIsGone() {
        ReplicaDeterminism monitor = replicas();
        members.getFirst().durable().add(HardState.INITIAL, List.of(Entry.noop(new EntryId(1, 1))));
        MemberState member = open(1);
        assertFires("M15", () -> monitor.recovered(member));
    }

    @Test
    void anEntryThatIsAppliedButOnNoDiskIsFound() {
        ReplicaDeterminism monitor = replicas();
        MemberState member = open(1);
        AppliedView view = applies(1, "a");
        member.refresh(journal);
        assertFires("M7", () -> monitor.after(member, view));
    }

    @Test
    void failStopNamesTheMemberThatDamageKeepsAway() {
        LeasePromises.Clocks none =
                new LeasePromises.Clocks() {
                    @Override
                    public long now() {
                        return 0;
                    }

                    @Override
                    public long reading(int member) {
                        return 0;
                    }
                };
        Monitors monitors = new Monitors(List.of(), List.of(), none, new Monitors.Pace(1, 1, 1, 0));
        Finding finding = monitors.damaged(open(1), "a hole in its log");
        assertEquals("M16", finding.monitor());
        assertEquals("n1 can't start again: a hole in its log", finding.getMessage());
    }

    @Test
    void readFloorFiresOnALinearizableReadBelowWhatAClientKnew() {
        ReadFloor monitor = new ReadFloor();
        monitor.learnt(7);
        long floor = monitor.floor();
        monitor.learnt(9);
        assertDoesNotThrow(() -> monitor.read(1, 7, floor));
        assertFires("M19", () -> monitor.read(1, 6, floor));
    }

    @Test
    void aFindingNamesWhoAndWhere() {
        ReadFloor monitor = new ReadFloor();
        monitor.learnt(7);
        Finding finding = assertThrows(Finding.class, () -> monitor.read(2, 6, 7));
        assertTrue(finding.getMessage().startsWith("n2 "), finding.getMessage());
        assertEquals("read floor", finding.monitorName());
    }

    private static Frame heartbeat(long term) {
        return new Frame.Core(new HeartbeatRequest(id(1), id(2), term, 0, 0));
    }

    /** One applied entry at index 1. */
    private record OneApplied(long hash) implements AppliedView {
        @Override
        public long restoredIndex() {
            return 0;
        }

        @Override
        public long restoredHash() {
            return 0;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public long index(int i) {
            return 1;
        }

        @Override
        public long term(int i) {
            return 1;
        }

        @Override
        public long proposer(int i) {
            return 1;
        }

        @Override
        public long requestId(int i) {
            return 1;
        }

        @Override
        public long storeHash(int i) {
            return hash;
        }
    }
}
