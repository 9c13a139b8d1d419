package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.HardState;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.ReadIndexRequest;
import dev.whitewater.raft.message.ReadIndexResponse;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.raft.message.VoteRequest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/**
 * The monitors that look at the root of what would otherwise only show in its rare consequences
 * fire on a state that breaks their statement, and not on the state beside it.
 */
class RootMonitorsFireTest extends MonitorFixture {
    private static final long TIMEOUT = 1000;

    private final CommittedLog committed = new CommittedLog();
    private final Configurations configurations =
            new Configurations(committed, 3, new Situations(List.of()));
    private final Patience patience = new Patience(clock, 3, TIMEOUT);

    private void turn(long nanos) {
        clock.reading += nanos;
        patience.turned(1);
        member.refresh(journal);
    }

    @Test
    void aLeaderThatHearsNoQuorumFires() {
        StableLeader monitor = new StableLeader(patience, configurations, 3);
        open(RoleKind.LEADER, 4);
        for (int i = 0; i < 40; i++) {
            turn(TIMEOUT / 2);
            monitor.after(member, i % 8 == 0 ? 2 : 0);
        }
        assertFires(
                "M35",
                () -> {
                    for (int i = 0; i < 12; i++) {
                        turn(TIMEOUT / 2);
                        monitor.after(member, 0);
                    }
                });
    }

    @Test
    void aLeaderWhoseClockJumpedHasHadNoTimeToNotice() {
        StableLeader monitor = new StableLeader(patience, configurations, 3);
        open(RoleKind.LEADER, 4);
        turn(1);
        monitor.after(member, 2);
        turn(100 * TIMEOUT);
        assertDoesNotThrow(() -> monitor.after(member, 0));
    }

    @Test
    void aFollowerThatLeavesALiveLeaderFires() {
        StableLeader monitor = new StableLeader(patience, configurations, 3);
        open(RoleKind.FOLLOWER, 4);
        raft.leader = id(2);
        heartbeat(monitor);
        clock.reading += TIMEOUT / 2;
        assertFires("M35", () -> leaves(monitor, false));
    }

    @Test
    void aFollowerMayLeaveALeaderThatIsSilentOrHandsOver() {
        StableLeader monitor = new StableLeader(patience, configurations, 3);
        open(RoleKind.FOLLOWER, 4);
        raft.leader = id(2);
        heartbeat(monitor);
        assertDoesNotThrow(() -> leaves(monitor, true));
        raft.leader = id(2);
        heartbeat(monitor);
        clock.reading += TIMEOUT;
        assertDoesNotThrow(() -> leaves(monitor, false));
    }

    /** Seed 48 of the grade V swarm: its append of term 14 came when it led term 16. */
    @Test
    void whatALeaderSaidInAnEarlierTermIsNoSignOfLife() {
        StableLeader monitor = new StableLeader(patience, configurations, 3);
        open(RoleKind.FOLLOWER, 4);
        raft.leader = id(2);
        heartbeat(monitor);
        clock.reading += TIMEOUT;
        monitor.delivering(member, frame(new HeartbeatRequest(id(2), id(1), 3, 0, 0)));
        monitor.after(member, 2);
        assertDoesNotThrow(() -> leaves(monitor, false));
    }

    @Test
    void aFollowerThatEncouragesARivalOfALiveLeaderFires() {
        StableLeader monitor = new StableLeader(patience, configurations, 3);
        open(RoleKind.FOLLOWER, 4);
        raft.leader = id(2);
        heartbeat(monitor);
        assertDoesNotThrow(() -> encourages(monitor, false));
        clock.reading += TIMEOUT / 2;
        assertFires("M35", () -> encourages(monitor, true));
        clock.reading += TIMEOUT;
        assertDoesNotThrow(() -> encourages(monitor, true));
    }

    @Test
    void aLeaderThatEncouragesARivalFires() {
        StableLeader monitor = new StableLeader(patience, configurations, 3);
        open(RoleKind.LEADER, 4);
        raft.leader = id(1);
        member.refresh(journal);
        assertFires("M35", () -> encourages(monitor, true));
    }

    private void encourages(StableLeader monitor, boolean granted) {
        long next = raft.term + 1;
        EntryId last = new EntryId(1, 1);
        monitor.delivering(member, frame(new PreVoteRequest(id(3), id(1), raft.term, next, last)));
        monitor.sent(member, new PreVoteResponse(id(1), id(3), raft.term, next, granted));
        member.refresh(journal);
        monitor.after(member, 3);
    }

    private void heartbeat(StableLeader monitor) {
        member.refresh(journal);
        monitor.delivering(member, frame(new HeartbeatRequest(id(2), id(1), raft.term, 0, 0)));
        member.refresh(journal);
        monitor.after(member, 2);
    }

    private void leaves(StableLeader monitor, boolean byTransfer) {
        EntryId last = new EntryId(1, 1);
        monitor.delivering(
                member, frame(new VoteRequest(id(3), id(1), raft.term + 1, last, byTransfer)));
        raft.term++;
        raft.leader = NodeId.NONE;
        member.refresh(journal);
        monitor.after(member, 3);
    }

    @Test
    void aVoteThatIsForgottenWithinItsTermFires() {
        OneVote monitor = new OneVote();
        raft.vote = id(2);
        open(RoleKind.FOLLOWER, 4);
        raft.vote = NodeId.NONE;
        raft.term = 5;
        member.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(member), "a new term");
        raft.vote = id(3);
        member.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(member), "given");
        raft.vote = NodeId.NONE;
        member.refresh(journal);
        assertFires("M2", () -> monitor.after(member));
    }

    @Test
    void aVoteThatIsOwedAndRefusedFires() {
        OwedVotes monitor = new OwedVotes();
        raft.append(1, 2);
        open(RoleKind.FOLLOWER, 4);
        assertDoesNotThrow(() -> asks(monitor, new EntryId(2, 1)), "behind");
        assertFires("M35", () -> asks(monitor, new EntryId(3, 1)));
        raft.vote = id(3);
        assertDoesNotThrow(() -> asks(monitor, new EntryId(3, 1)), "voted for another");
    }

    @Test
    void aNewProcessOwesNoVoteThatItsPredecessorDiedOver() {
        OwedVotes monitor = new OwedVotes();
        raft.append(1, 2);
        open(RoleKind.FOLLOWER, 4);
        monitor.delivering(member, frame(new VoteRequest(id(2), id(1), 4, new EntryId(3, 1))));
        monitor.recovered();
        assertDoesNotThrow(() -> monitor.after(member));
    }

    private void asks(OwedVotes monitor, EntryId last) {
        monitor.delivering(member, frame(new VoteRequest(id(2), id(1), raft.term, last)));
        member.refresh(journal);
        monitor.after(member);
    }

    @Test
    void aPreVoteThatIsOwedAndRefusedFires() {
        OwedVotes monitor = new OwedVotes();
        raft.append(1, 2);
        open(RoleKind.FOLLOWER, 4);
        assertDoesNotThrow(() -> asksBefore(monitor, new EntryId(2, 1)), "behind");
        assertFires("M35", () -> asksBefore(monitor, new EntryId(2, 2)));
        raft.leader = id(3);
        member.refresh(journal);
        assertDoesNotThrow(() -> asksBefore(monitor, new EntryId(2, 2)), "has a leader");
    }

    private void asksBefore(OwedVotes monitor, EntryId last) {
        monitor.delivering(member, frame(new PreVoteRequest(id(2), id(1), 4, 5, last)));
        monitor.sent(member, new PreVoteResponse(id(1), id(2), 4, 5, false));
        monitor.after(member);
    }

    @Test
    void aRoundOfReadsThatVotersDidNotConfirmFires() {
        ReadConfirmation monitor = new ReadConfirmation(committed, configurations, 3);
        raft.append(4);
        open(RoleKind.LEADER, 4);
        configurations.after(member, withLearner());
        monitor.after(member);
        raft.granted = 1;
        raft.round.put(id(2), 1L);
        assertDoesNotThrow(() -> monitor.after(member));
        raft.granted = 2;
        assertDoesNotThrow(() -> monitor.after(member), "nobody counted who must not");
        raft.granted = 3;
        raft.round.put(id(3), 3L);
        assertFires("M13", () -> monitor.after(member));
    }

    private static Configuration withLearner() {
        List<NodeId> none = List.of();
        return new Configuration(List.of(id(1), id(2)), none, List.of(id(3)), none, false);
    }

    @Test
    void aReadIndexBelowWhatWasCommittedFires() {
        ReadConfirmation monitor = new ReadConfirmation(committed, configurations, 3);
        open(RoleKind.LEADER, 4);
        committed.append(1, 1);
        monitor.sent(member, new ReadIndexRequest(id(2), id(1), 4, 7));
        committed.append(1, 1);
        assertDoesNotThrow(
                () -> monitor.sent(member, new ReadIndexResponse(id(1), id(2), 4, 7, 1)));
        assertFires(
                "M19", () -> monitor.sent(member, new ReadIndexResponse(id(1), id(2), 4, 7, 0)));
    }

    @Test
    void aQuestionThatIsAnsweredByAnEarlierRoundFires() {
        ReadConfirmation monitor = new ReadConfirmation(committed, configurations, 3);
        open(RoleKind.LEADER, 4);
        asks(monitor, 7);
        monitor.sentHeartbeat(member, frame(new HeartbeatRequest(id(1), id(2), 4, 0, 1)));
        raft.granted = 1;
        member.refresh(journal);
        ReadIndexResponse first = new ReadIndexResponse(id(1), id(2), 4, 7, 1);
        assertDoesNotThrow(() -> monitor.sent(member, first));
        asks(monitor, 8);
        monitor.sentHeartbeat(member, frame(new HeartbeatRequest(id(1), id(2), 4, 0, 1)));
        ReadIndexResponse second = new ReadIndexResponse(id(1), id(2), 4, 8, 1);
        assertFires("M19", () -> monitor.sent(member, second));
    }

    private void asks(ReadConfirmation monitor, long context) {
        ReadIndexRequest request = new ReadIndexRequest(id(2), id(1), 4, context);
        monitor.sent(member, request);
        monitor.delivering(frame(request));
    }

    @Test
    void anEntryThatPassesForDurableAndIsNotFires() {
        DurableBeforePromise monitor = new DurableBeforePromise();
        raft.append(1, 1);
        raft.durable = 0;
        open(RoleKind.FOLLOWER, 1);
        member.durable().add(HardState.INITIAL, List.of(Entry.noop(new EntryId(1, 1))));
        raft.durable = 1;
        member.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(member));
        raft.durable = 2;
        member.refresh(journal);
        assertFires("M11", () -> monitor.after(member));
        assertFires("M11", () -> monitor.recovered(member));
    }

    @Test
    void aSnapshotThatIsAwaitedForEverFires() {
        StuckMarks monitor = new StuckMarks(patience, 3);
        open(RoleKind.LEADER, 4);
        for (long deadline = 1; deadline < 30; deadline++) {
            raft.snapshotDeadline.put(id(2), deadline);
            answered(monitor, TIMEOUT);
        }
        assertFires(
                "M38",
                () -> {
                    for (int i = 0; i < 20; i++) {
                        answered(monitor, TIMEOUT);
                    }
                });
    }

    private void answered(StuckMarks monitor, long nanos) {
        turn(nanos);
        monitor.delivering(frame(new HeartbeatResponse(id(2), id(1), 4, 0)));
        monitor.after(member, 2);
    }

    @Test
    void aHandoverThatNeverEndsFires() {
        StuckMarks monitor = new StuckMarks(patience, 3);
        open(RoleKind.LEADER, 4);
        answered(monitor, TIMEOUT);
        for (int i = 0; i < 30; i++) {
            raft.handsOverTo = id(2 + i % 2);
            answered(monitor, TIMEOUT);
        }
        assertFires(
                "M38",
                () -> {
                    for (int i = 0; i < 20; i++) {
                        answered(monitor, TIMEOUT);
                    }
                });
    }

    @Test
    void bytesThatCountAsUncommittedWhenAllIsCommittedFire() {
        StuckMarks monitor = new StuckMarks(patience, 3);
        raft.append(4);
        open(RoleKind.LEADER, 4);
        raft.uncommitted = 1;
        member.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(member, 0));
        raft.commit = 1;
        member.refresh(journal);
        assertFires("M38", () -> monitor.after(member, 0));
    }

    @Test
    void anAcknowledgementOfWhatNoAppendBroughtFires() {
        AnsweredAppends monitor = new AnsweredAppends(3);
        raft.append(4, 4, 4);
        open(RoleKind.FOLLOWER, 4);
        monitor.delivering(member, frame(append(0, 3)));
        assertDoesNotThrow(() -> monitor.sent(member, acknowledgement(3)));
        monitor.delivering(member, frame(append(0, 1)));
        assertFires("M10", () -> monitor.sent(member, acknowledgement(3)));
        assertFires("M10", () -> monitor.sent(member, acknowledgement(2)));
        assertDoesNotThrow(() -> monitor.sent(member, acknowledgement(1)));
    }

    @Test
    void anAcknowledgementOfASnapshotOrOfWhatIsCommittedHolds() {
        AnsweredAppends monitor = new AnsweredAppends(3);
        raft.append(4, 4, 4);
        raft.commit = 2;
        open(RoleKind.FOLLOWER, 4);
        assertDoesNotThrow(() -> monitor.sent(member, acknowledgement(2)));
        assertFires("M10", () -> monitor.sent(member, acknowledgement(3)));
        SnapshotMeta snapshot = new SnapshotMeta(new EntryId(4, 3), withLearner());
        Frame.Envelope envelope = new Frame.Envelope(id(2), id(1), 4);
        Frame.Whole whole = new Frame.Whole(1, 1);
        monitor.delivering(
                member, new Frame.Chunk(envelope, snapshot, whole, 1, 0, new byte[] {1}));
        assertDoesNotThrow(() -> monitor.sent(member, acknowledgement(3)));
    }

    @Test
    void aRefusalThatPointsBehindWhatItRefusesOrToALaterTermFires() {
        AnsweredAppends monitor = new AnsweredAppends(3);
        raft.append(1, 4, 4);
        open(RoleKind.FOLLOWER, 5);
        EntryId before = new EntryId(3, 2);
        monitor.delivering(member, frame(new AppendRequest(id(2), id(1), 5, before, List.of(), 0)));
        assertDoesNotThrow(() -> monitor.sent(member, refusal(2, new EntryId(1, 1))));
        assertFires("M37", () -> monitor.sent(member, refusal(2, new EntryId(4, 3))));
        assertFires("M37", () -> monitor.sent(member, refusal(2, new EntryId(4, 2))));
        assertDoesNotThrow(() -> monitor.sent(member, refusal(0, EntryId.ZERO)));
    }

    private static AppendResponse refusal(long index, EntryId hint) {
        return new AppendResponse(id(1), id(2), 5, false, index, hint);
    }

    @Test
    void aCommitBehindTheEndOfTheAppendFires() {
        LeaderCompleteness completeness = new LeaderCompleteness(committed, List.of(member));
        StateMachineSafety monitor = new StateMachineSafety(committed, completeness, 3);
        raft.append(4, 4, 4);
        open(RoleKind.FOLLOWER, 4);
        takes(monitor, append(0, 3), 1);
        assertFires("M8", () -> takes(monitor, append(1, 1), 3));
        assertDoesNotThrow(() -> takes(monitor, append(2, 1), 3));
    }

    private void takes(StateMachineSafety monitor, AppendRequest request, long commit) {
        member.refresh(journal);
        monitor.delivering(member, frame(request));
        long before = raft.commit;
        raft.commit = commit;
        member.refresh(journal);
        try {
            monitor.after(member);
        } catch (Finding finding) {
            raft.commit = before;
            throw finding;
        }
    }

    private static AppendRequest append(long previous, int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            entries.add(Entry.noop(new EntryId(4, previous + i)));
        }
        EntryId before = previous == 0 ? EntryId.ZERO : new EntryId(4, previous);
        return new AppendRequest(id(2), id(1), 4, before, entries, 3);
    }

    private static AppendResponse acknowledgement(long index) {
        return new AppendResponse(id(1), id(2), 4, true, index, EntryId.ZERO);
    }
}
