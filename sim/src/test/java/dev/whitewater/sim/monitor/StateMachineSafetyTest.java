package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.ArrayList;
import java.util.List;

/** M8: members never commit different entries, nor one that nobody's log was compared with. */
class StateMachineSafetyTest {

    private final Journal journal = new Journal(false);
    private final List<MemberState> members = List.of(new MemberState(1), new MemberState(2));
    private final List<FakeRaft> rafts = List.of(new FakeRaft(), new FakeRaft());

    private MemberState open(int number) {
        MemberState member = members.get(number - 1);
        member.opened(raft(number), new Store(), journal);
        return member;
    }

    private FakeRaft raft(int number) {
        return rafts.get(number - 1);
    }

    private MemberState lead(int number, long term) {
        MemberState member = open(number);
        raft(number).role = RoleKind.LEADER;
        raft(number).term = term;
        member.refresh(journal);
        return member;
    }

    private static NodeId id(long number) {
        return new NodeId(number);
    }

    private static void assertFires(Executable step) {
        assertEquals("M8", assertThrows(Finding.class, step).monitor());
    }

    private StateMachineSafety stateMachineSafety() {
        CommittedLog committed = new CommittedLog();
        return new StateMachineSafety(
                committed, new LeaderCompleteness(committed, members), members.size());
    }

    @Test
    void firesOnAnotherEntryAtACommittedIndex() {
        StateMachineSafety monitor = stateMachineSafety();
        raft(1).append(2);
        MemberState first = lead(1, 2);
        raft(1).commit = 1;
        first.refresh(journal);
        monitor.after(first);
        raft(2).append(3);
        MemberState second = lead(2, 3);
        raft(2).commit = 1;
        second.refresh(journal);
        assertFires(() -> monitor.after(second));
    }

    @Test
    void firesOnACommitBeyondWhatWasCompared() {
        StateMachineSafety monitor = stateMachineSafety();
        raft(1).append(1, 1, 1);
        MemberState follower = open(1);
        monitor.delivering(follower, append(1, 1, 1));
        raft(1).commit = 2;
        follower.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(follower));
        raft(1).commit = 3;
        follower.refresh(journal);
        assertFires(() -> monitor.after(follower));
    }

    private static Frame append(long term, long previous, int entries) {
        List<Entry> more = new ArrayList<>();
        for (int i = 1; i <= entries; i++) {
            more.add(Entry.noop(new EntryId(term, previous + i)));
        }
        EntryId before = new EntryId(previous == 0 ? 0 : term, previous);
        return new Frame.Core(new AppendRequest(id(2), id(1), term, before, more, 0));
    }

    /** n1 has handled an append of two entries of term 1 and had them written. */
    private MemberState comparedUpToTwo(StateMachineSafety monitor) {
        MemberState member = open(1);
        monitor.delivering(member, append(1, 0, 2));
        raft(1).append(1, 1);
        member.refresh(journal);
        monitor.after(member);
        return member;
    }

    @Test
    void remembersOverARestartWhatIsDurableAndWasCompared() {
        StateMachineSafety monitor = stateMachineSafety();
        MemberState member = comparedUpToTwo(monitor);
        raft(1).term = 2;
        monitor.delivering(member, append(2, 0, 0));
        member.refresh(journal);
        monitor.after(member);
        member.closed(journal);
        raft(1).term = 1;
        monitor.recovered(open(1));
        raft(1).commit = 2;
        member.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(member));
        raft(1).append(1).commit = 3;
        member.refresh(journal);
        assertFires(() -> monitor.after(member));
    }

    @Test
    void forgetsAtARestartWhatWasComparedAndLost() {
        StateMachineSafety monitor = stateMachineSafety();
        MemberState member = comparedUpToTwo(monitor);
        member.closed(journal);
        raft(1).terms.removeLast();
        monitor.recovered(open(1));
        raft(1).append(1).commit = 2;
        member.refresh(journal);
        assertFires(() -> monitor.after(member));
    }

    @Test
    void ignoresFramesThatAStoppingMemberDoesNotTakeIn() {
        StateMachineSafety monitor = stateMachineSafety();
        MemberState member = comparedUpToTwo(monitor);
        monitor.delivering(member, append(2, 0, 0));
        member.refresh(journal);
        monitor.after(member);
        raft(1).commit = 2;
        member.refresh(journal);
        assertDoesNotThrow(() -> monitor.after(member));
    }
}
