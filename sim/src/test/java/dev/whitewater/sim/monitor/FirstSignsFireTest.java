package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.whitewater.node.AppliedView;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.TimeoutNow;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * The monitors of votes that are counted, timers that are put off, leases and hand-overs fire on
 * the first sign of a broken rule, and not on the state beside it.
 */
class FirstSignsFireTest extends MonitorFixture {

    private static final long TICK = 10;
    private static final Monitors.Pace PACE = new Monitors.Pace(100 * TICK, TICK, 10, 0);

    private final MemberState other = new MemberState(2);
    private final Patience patience = new Patience(clock, 2, 100 * TICK);

    @BeforeEach
    void readByLease() {
        readLease = true;
    }

    private static VoteResponse vote(long term, boolean granted) {
        return new VoteResponse(id(2), id(1), term, granted);
    }

    /** n2's answer is delivered, and n1 counts n2 as one of its voters from then on. */
    private void counts(Message answer) {
        CountedVotes monitor = new CountedVotes();
        raft.counted.clear();
        monitor.delivering(member, frame(answer));
        raft.counted.add(id(2));
        member.refresh(journal);
        monitor.after(member);
    }

    @Test
    void aVoteForAnEarlierTermThatIsCountedFires() {
        open(RoleKind.CANDIDATE, 4);
        assertDoesNotThrow(() -> counts(vote(4, true)));
        assertFires("M13", () -> counts(vote(3, true)));
    }

    @Test
    void aRefusalThatIsCountedAsAVoteFires() {
        open(RoleKind.CANDIDATE, 4);
        assertFires("M13", () -> counts(vote(4, false)));
    }

    @Test
    void aVoteThatComesTwiceIsStillTheFirstOne() {
        open(RoleKind.CANDIDATE, 4);
        raft.counted.add(id(2));
        CountedVotes monitor = new CountedVotes();
        monitor.delivering(member, frame(vote(3, true)));
        member.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(member));
    }

    @Test
    void aPreVoteForAnEarlierQuestionThatIsCountedFires() {
        open(RoleKind.PRE_CANDIDATE, 4);
        assertDoesNotThrow(() -> counts(new PreVoteResponse(id(2), id(1), 4, 5, true)));
        assertFires("M35", () -> counts(new PreVoteResponse(id(2), id(1), 4, 4, true)));
    }

    /** n1 is told by n2 that it might campaign, and does. */
    private void campaigns(RoleKind from) {
        CountedVotes monitor = new CountedVotes();
        raft.counted.clear();
        open(from, 4);
        raft.electionDeadline = 20;
        monitor.delivering(member, frame(new PreVoteResponse(id(2), id(1), 4, 5, true)));
        raft.role = RoleKind.CANDIDATE;
        raft.term = 5;
        member.refresh(journal);
        monitor.after(member);
    }

    @Test
    void aPreVoteThatMakesACandidateOfWhoDoesNotAskFires() {
        assertDoesNotThrow(() -> campaigns(RoleKind.PRE_CANDIDATE));
        assertFires("M35", () -> campaigns(RoleKind.FOLLOWER));
    }

    /** The message is delivered, and n1 puts its own election off by a tick. */
    private void putsOff(Message message) {
        ElectionTimers monitor = new ElectionTimers();
        monitor.delivering(member, frame(message));
        raft.electionDeadline++;
        member.refresh(journal);
        monitor.after(member);
    }

    @Test
    void anElectionThatIsPutOffForACandidateWithoutTheVoteFires() {
        open(RoleKind.FOLLOWER, 4);
        raft.electionDeadline = 20;
        VoteRequest request = new VoteRequest(id(2), id(1), 4, EntryId.ZERO, false);
        assertFires("M35", () -> putsOff(request));
        assertFires("M35", () -> putsOff(new PreVoteRequest(id(2), id(1), 4, 5, EntryId.ZERO)));
        raft.vote = id(2);
        assertDoesNotThrow(() -> putsOff(request));
    }

    @Test
    void aNewProcessIsNotJudgedByWhatItsPredecessorDiedOver() {
        ElectionTimers timers = new ElectionTimers();
        open(RoleKind.FOLLOWER, 4);
        raft.electionDeadline = 20;
        timers.delivering(member, frame(new VoteRequest(id(2), id(1), 4, EntryId.ZERO, false)));
        raft.electionDeadline = 90;
        timers.recovered();
        assertDoesNotThrow(() -> timers.after(member));
    }

    @Test
    void anElectionThatIsPutOffForAnEarlierLeaderFires() {
        open(RoleKind.FOLLOWER, 4);
        raft.electionDeadline = 20;
        assertDoesNotThrow(() -> putsOff(append(4)));
        assertFires("M35", () -> putsOff(append(3)));
    }

    private static AppendRequest append(long term) {
        return new AppendRequest(id(2), id(1), term, EntryId.ZERO, List.of(), 0);
    }

    @Test
    void whoseTimeIsUpDrawsAnew() {
        open(RoleKind.FOLLOWER, 4);
        raft.electionDeadline = 20;
        raft.tick = 20;
        PreVoteRequest request = new PreVoteRequest(id(2), id(1), 4, 5, EntryId.ZERO);
        assertDoesNotThrow(() -> putsOff(request));
    }

    /** n1 leads term 4 with a lease of ten ticks; so much later n2 leads term 5. */
    private void electedAfter(long nanos) {
        ReadLeases monitor = new ReadLeases(List.of(member, other), patience, PACE);
        open(RoleKind.LEADER, 4);
        raft.tick = 100;
        raft.readLeaseDeadline = 110;
        monitor.after(member);
        clock.reading += nanos;
        FakeRaft winner = new FakeRaft();
        winner.role = RoleKind.LEADER;
        winner.term = 5;
        other.opened(winner, new Store(), journal);
        monitor.elected(other);
    }

    @Test
    void aLeaderWhileAnEarlierOneHoldsItsLeaseFires() {
        assertFires("M19", () -> electedAfter(9 * TICK - 1));
        assertDoesNotThrow(() -> electedAfter(9 * TICK));
    }

    @Test
    void aLeaseThatIsLongerThanClocksAllowFires() {
        ReadLeases monitor = new ReadLeases(List.of(member, other), patience, PACE);
        open(RoleKind.LEADER, 4);
        raft.tick = 100;
        raft.readLeaseDeadline = 110;
        assertDoesNotThrow(() -> monitor.after(member));
        raft.readLeaseDeadline = 111;
        assertFires("M19", () -> monitor.after(member));
    }

    @Test
    void aLeaseOfWhoToldAnotherToTakeOverFires() {
        ReadLeases monitor = new ReadLeases(List.of(member, other), patience, PACE);
        open(RoleKind.LEADER, 4);
        raft.tick = 100;
        raft.readLeaseDeadline = 105;
        monitor.sent(member, new TimeoutNow(id(1), id(2), 3));
        assertDoesNotThrow(() -> monitor.after(member));
        monitor.sent(member, new TimeoutNow(id(1), id(2), 4));
        assertFires("M19", () -> monitor.after(member));
    }

    @Test
    void aLeaseThatIsOverBindsNobody() {
        ReadLeases monitor = new ReadLeases(List.of(member, other), patience, PACE);
        open(RoleKind.LEADER, 4);
        raft.tick = 100;
        raft.readLeaseDeadline = 0;
        monitor.after(member);
        FakeRaft winner = new FakeRaft();
        winner.role = RoleKind.LEADER;
        winner.term = 5;
        other.opened(winner, new Store(), journal);
        assertDoesNotThrow(() -> monitor.elected(other));
    }

    /** n1 starts in {@code term}; so many ticks later n2 asks for its vote in term 5. */
    private void leavesAfter(long term, long ticks, boolean byTransfer) {
        RestartedVoters monitor = new RestartedVoters(2, PACE);
        raft.tick = 0;
        open(RoleKind.FOLLOWER, term);
        monitor.recovered(member);
        VoteRequest request = new VoteRequest(id(2), id(1), 5, EntryId.ZERO, byTransfer);
        monitor.delivering(member, frame(request));
        raft.tick = ticks;
        raft.term = 5;
        member.refresh(journal);
        monitor.after(member);
    }

    @Test
    void whoForgetsInARestartThatALeaderMayCountOnItFires() {
        assertFires("M19", () -> leavesAfter(4, 99, false));
        assertDoesNotThrow(() -> leavesAfter(4, 100, false));
    }

    @Test
    void whoNeverTookPartOrIsAskedByTheLeaderItselfNeedNotWait() {
        assertDoesNotThrow(() -> leavesAfter(0, 1, false));
        assertDoesNotThrow(() -> leavesAfter(4, 1, true));
    }

    @Test
    void aNewLeaderThatIsHandingOverAlreadyFires() {
        StuckMarks monitor = new StuckMarks(patience, 2);
        open(RoleKind.LEADER, 4);
        assertDoesNotThrow(() -> monitor.after(member, 0));
        raft.handsOverTo = id(2);
        assertDoesNotThrow(() -> monitor.after(member, 0));
        raft.term = 5;
        member.refresh(journal);
        assertFires("M38", () -> monitor.after(member, 0));
    }

    @Test
    void aWaitForASnapshotThatOutlivesItsDeadlineFires() {
        StuckMarks monitor = new StuckMarks(patience, 2);
        open(RoleKind.LEADER, 4);
        raft.snapshotDeadline.put(id(2), 100L);
        raft.tick = 99;
        assertDoesNotThrow(() -> answered(monitor, 4));
        raft.tick = 100;
        assertDoesNotThrow(() -> answered(monitor, 3));
        assertFires("M38", () -> answered(monitor, 4));
    }

    @Test
    void aLogThatKeepsWhatIsBehindTheSnapshotThatReplacedItFires() {
        ReplacedLog monitor = new ReplacedLog();
        raft.append(1, 1, 1);
        open(RoleKind.FOLLOWER, 4);
        assertDoesNotThrow(() -> monitor.after(member, new Restored(0)));
        assertDoesNotThrow(() -> monitor.after(member, new Restored(3)));
        assertFires("M4", () -> monitor.after(member, new Restored(2)));
    }

    /** Nothing was applied; a snapshot that ends at this index replaced the state, or none did. */
    private record Restored(long restoredIndex) implements AppliedView {
        @Override
        public long restoredHash() {
            return 0;
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public long index(int i) {
            return 0;
        }

        @Override
        public long term(int i) {
            return 0;
        }

        @Override
        public long proposer(int i) {
            return 0;
        }

        @Override
        public long requestId(int i) {
            return 0;
        }

        @Override
        public long storeHash(int i) {
            return 0;
        }
    }

    private void answered(StuckMarks monitor, long term) {
        monitor.delivering(frame(new HeartbeatResponse(id(2), id(1), term, 0)));
        monitor.after(member, 2);
    }
}
