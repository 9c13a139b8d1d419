package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.node.AppliedView;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Put;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** M18, M20 and M21 fire on what must not be, and are silent beside it. */
class ExactlyOnceTest {

    private final ExactlyOnce monitor = new ExactlyOnce();

    /** One entry at {@code index} that carries the request; 0 entries for {@code index} 0. */
    private record Applied(long index, long requestId) implements AppliedView {
        @Override
        public int size() {
            return index == 0 ? 0 : 1;
        }

        @Override
        public long index(int i) {
            return index;
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
            // Members name operations from 1 on.
            return requestId + 1;
        }

        @Override
        public long storeHash(int i) {
            return 0;
        }

        @Override
        public long restoredIndex() {
            return 0;
        }

        @Override
        public long restoredHash() {
            return 0;
        }
    }

    private static void assertFires(String id, Executable step) {
        assertEquals(id, assertThrows(Finding.class, step).monitor());
    }

    /**
     * {@code client-retry-nonidempotent} and {@code dedup-not-replicated}, seen by what they do.
     */
    @Test
    void aRequestThatHappensTwiceFiresAndAnEntryThatTwoMembersApplyDoesNot() {
        monitor.after(new Applied(1, 7));
        assertDoesNotThrow(() -> monitor.after(new Applied(1, 7)));
        assertFires("M18", () -> monitor.after(new Applied(2, 7)));
    }

    @Test
    void aConfirmationWithoutAnEntryFires() {
        monitor.done(7);
        monitor.after(new Applied(1, 7));
        monitor.done(8);
        assertFires("M18", () -> monitor.after(new Applied(0, 0)));
    }

    @Test
    void aConfirmationOfAProcessThatEndedInItIsDueInTheEnd() {
        monitor.done(7);
        monitor.ends();
        monitor.after(new Applied(1, 6));
        assertFires("M18", () -> monitor.converged(1));
    }

    /** {@code client-false-fail}. */
    @Test
    void aRefusedRequestThatHappensFiresWhicheverComesFirst() {
        monitor.refused(7);
        assertFires("M18", () -> monitor.after(new Applied(1, 7)));
        monitor.after(new Applied(2, 8));
        assertFires("M18", () -> monitor.refused(8));
    }

    @Test
    void aLogThatEndsBeforeAConfirmedWriteFires() {
        monitor.done(7);
        monitor.after(new Applied(5, 7));
        assertDoesNotThrow(() -> monitor.converged(5));
        assertFires("M20", () -> monitor.converged(4));
    }

    @Test
    void aRevisionThatFallsFires() {
        Journal journal = new Journal(false);
        Revisions revisions = new Revisions(1);
        MemberState member = new MemberState(1);
        Store store = new Store();
        store.apply(1, Put.of(Bytes.utf8("k"), Bytes.utf8("v")));
        member.opened(new FakeRaft(), store, journal);
        revisions.recovered(member);
        assertDoesNotThrow(() -> revisions.after(member));
        member.refresh(new Store(), journal);
        assertFires("M21", () -> revisions.after(member));
    }
}
