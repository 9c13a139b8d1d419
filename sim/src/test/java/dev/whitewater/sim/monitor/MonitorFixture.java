package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.function.Executable;

/** Member n1 as monitors see it, with a core whose state the test says. */
abstract class MonitorFixture {
    final Journal journal = new Journal(false);
    final FakeRaft raft = new FakeRaft();
    final MemberState member = new MemberState(1);
    final OneClock clock = new OneClock();

    /** Whether its leaders answer reads by a lease. */
    boolean readLease;

    static NodeId id(long number) {
        return new NodeId(number);
    }

    static Frame frame(Message message) {
        return new Frame.Core(message);
    }

    static void assertFires(String monitor, Executable step) {
        assertEquals(monitor, assertThrows(Finding.class, step).monitor());
    }

    /** Its process starts in this state. */
    void open(RoleKind role, long term) {
        raft.role = role;
        raft.term = term;
        member.told(true, readLease);
        member.opened(raft, new Store(), journal);
    }
}
