package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.raft.RoleKind;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.LeaseResponse;
import dev.whitewater.store.Put;
import dev.whitewater.store.Request;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;

/** M30, M32 and M33 fire at leases and locks that are not as promised, and at those alone. */
class LeasePromisesTest {

    private static final long SECOND = 1_000_000_000L;

    /** Time goes by hand; member 2's clock is twice as fast. */
    static final class ByHand implements LeasePromises.Clocks {
        private long now = 7 * SECOND;

        @Override
        public long now() {
            return now;
        }

        @Override
        public long reading(int member) {
            return member == 2 ? 2 * now : now;
        }
    }

    private final ByHand clocks = new ByHand();
    private final Situations situations = new Situations(List.of(new MemberState(1)));
    private final LeasePromises promises =
            new LeasePromises(clocks, situations, 3, new Monitors.Pace(SECOND, 1, 0, 0));

    private static final long GRANTED = 10;

    private long term;

    /** What a new leader gives every lease. */
    private long given;

    private void pass(long seconds) {
        clocks.now += seconds * SECOND;
    }

    private void grant(long id, long seconds) {
        promises.applied(
                new LeasePromises.By(1, GRANTED, 0, false),
                new LeaseRequest.Grant(id, seconds),
                new LeaseResponse.Granted(1, id, seconds));
    }

    private void expire(int member, long id) {
        promises.applied(
                new LeasePromises.By(member, GRANTED + 1, term, true),
                Attributed.member(new LeaseRequest.Revoke(id)),
                new LeaseResponse.Revoked(1));
    }

    private void revoke(long id) {
        promises.applied(
                new LeasePromises.By(1, GRANTED + 1, 0, false),
                new LeaseRequest.Revoke(id),
                new LeaseResponse.Revoked(1));
    }

    private static void fires(String monitor, Executable what) {
        assertEquals(monitor, assertThrows(Finding.class, what).monitor());
    }

    @Test
    void aLeaseEndsWhenItsTimeIsUp() {
        grant(1, 5);
        pass(5);
        expire(1, 1);
        assertEquals(0, promises.alive());
    }

    @Test
    void aLeaseThatEndsEarlyIsFound() {
        grant(1, 5);
        pass(4);
        fires("M30", () -> expire(1, 1));
    }

    @Test
    void theClockOfWhoEndsItCounts() {
        grant(1, 5);
        pass(3);
        expire(2, 1);
    }

    @Test
    void aRenewedLeaseHasAllItsTime() {
        grant(1, 5);
        pass(4);
        promises.kept(promises.asks(1), 1);
        pass(4);
        fires("M30", () -> expire(1, 1));
        assertEquals(0, promises.alive());
    }

    @Test
    void aClientMayTakeItBackAtAnyTime() {
        grant(1, 5);
        revoke(1);
        assertEquals(0, promises.alive());
    }

    @Test
    void aRenewalOfWhatIsGoneIsFound() {
        grant(1, 5);
        revoke(1);
        pass(1);
        LeasePromises.Asked asked = promises.asks(1);
        fires("M32", () -> promises.kept(asked, 1));
    }

    @Test
    void aRenewalThatCrossedTheEndIsNot() {
        grant(1, 5);
        LeasePromises.Asked asked = promises.asks(1);
        pass(1);
        revoke(1);
        promises.kept(asked, 1);
    }

    @Test
    void aRenewalThatCrossedAnEarlyEndIsFound() {
        grant(1, 5);
        pass(4);
        LeasePromises.Asked asked = promises.asks(1);
        pass(2);
        expire(1, 1);
        fires("M30", () -> promises.kept(asked, 1));
    }

    @Test
    void aNewLeaderGivesAllTheTimeAndMore() {
        grant(1, 5);
        pass(3);
        leads(GRANTED);
        pass(5);
        fires("M30", () -> expire(1, 1));
    }

    @Test
    void aNewLeaderThatLearnsOfALeaseLaterGivesItNoMore() {
        grant(1, 5);
        leads(GRANTED - 1);
        pass(5);
        expire(1, 1);
        assertEquals(0, promises.alive());
    }

    /** The first member becomes leader, having applied this much. */
    private void leads(long applied) {
        MemberState leader = new MemberState(1);
        FakeRaft raft = new FakeRaft();
        raft.role = RoleKind.LEADER;
        leader.opened(raft, new Store(), new Journal(false));
        leader.roleBefore = RoleKind.FOLLOWER;
        leader.appliedBefore = applied;
        promises.after(leader, _ -> given);
        term = leader.term();
    }

    private void note(int member, long id, long seconds) {
        promises.applied(
                new LeasePromises.By(member, GRANTED, term, true),
                Attributed.member(
                        new LeaseRequest.Checkpoint(
                                List.of(new LeaseRequest.Remaining(id, seconds)))),
                new LeaseResponse.Checkpointed(1));
    }

    @Test
    void aNoteThatSaysTooLittleIsFound() {
        grant(1, 5);
        pass(2);
        note(1, 1, 3);
        fires("M30", () -> note(1, 1, 2));
    }

    @Test
    void whoGoesByANoteMayEndTheLeaseSooner() {
        grant(1, 5);
        pass(2);
        note(2, 1, 1);
        pass(1);
        expire(1, 1);
        assertEquals(0, promises.alive());
    }

    @Test
    void whatIsNotedBeforeARenewalDoesNotEndItSooner() {
        grant(1, 5);
        pass(2);
        note(1, 1, 3);
        LeasePromises.Asked asked = promises.asks(1);
        note(1, 1, 0);
        promises.kept(asked, 1);
        pass(3);
        fires("M30", () -> expire(1, 1));
    }

    /**
     * One event applies a note and what clears it, and answers; the monitor hears of that first.
     */
    @Test
    void anAnswerOfTheEventThatAppliesANoteComesAfterIt() {
        grant(1, 5);
        pass(2);
        LeasePromises.Asked asked = promises.asks(1);
        promises.hands(asked, 1);
        note(1, 1, 3);
        note(1, 1, 0);
        promises.settled();
        pass(4);
        fires("M30", () -> expire(1, 1));
    }

    @Test
    void aNoteThatIsClearedThoughNobodyAskedIsFound() {
        grant(1, 5);
        pass(2);
        note(1, 1, 3);
        fires("M31", () -> note(1, 1, 0));
    }

    @Test
    void aNewLeaderThatGivesMoreThanWasNotedIsFound() {
        grant(1, 5);
        pass(3);
        note(1, 1, 2);
        given = 3 * SECOND;
        leads(GRANTED);
        given = 3 * SECOND + 1;
        fires("M31", () -> leads(GRANTED));
        leads(GRANTED - 1);
    }

    /** {@code lock-lease-unchecked}. */
    @Test
    void whoHoldsALockIsFirstInTheQueue() {
        Store store = new Store();
        Truth truth = new Truth();
        KeyRange queue = KeyRange.prefix(Bytes.utf8("lock/"));
        Bytes first = Bytes.utf8("lock/1");
        Bytes second = Bytes.utf8("lock/2");
        for (Request request : List.of(Put.of(first, first), Put.of(second, second))) {
            long index = store.appliedIndex() + 1;
            truth.apply(index, request, store.apply(index, request));
        }
        LockPromises locks = new LockPromises(truth, situations);
        locks.held(queue, first, 2, 3);
        locks.wrote(queue, first, 2, 4);
        fires("M33", () -> locks.held(queue, second, 3, 3));
        fires("M33", () -> locks.wrote(queue, second, 3, 4));
        fires("M33", () -> locks.held(queue, first, 1, 3));
    }
}
