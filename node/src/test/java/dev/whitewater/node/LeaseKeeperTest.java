package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.port.Reply;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.Request;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** A leader's timers, notes and renewals, one step at a time. */
class LeaseKeeperTest {

    private static final long SECOND = 1_000_000_000L;

    private final Store store = new Store();
    private final List<Request> proposed = new ArrayList<>();
    private final List<Reply.LeaseTold> told = new ArrayList<>();
    private boolean accepts = true;
    private int again;

    private LeaseKeeper leading(long checkpointNanos) {
        store.apply(1, new LeaseRequest.Grant(7, 5));
        LeaseKeeper keeper =
                new LeaseKeeper(
                        store,
                        new LeaseKeeper.Settings(SECOND, checkpointNanos),
                        request -> {
                            if (accepts) {
                                proposed.add(Attributed.strip(request));
                            }
                            return accepts;
                        });
        keeper.turn(RoleKind.LEADER, 1, 1, 0);
        return keeper;
    }

    private final class Waiter implements LeaseKeeper.Renewal {
        private final long deadline;

        Waiter(long deadline) {
            this.deadline = deadline;
        }

        @Override
        public long deadline() {
            return deadline;
        }

        @Override
        public void told(Reply.LeaseTold answer) {
            told.add(answer);
        }

        @Override
        public void again() {
            again++;
        }
    }

    private void apply(LeaseKeeper keeper, Request request, long now) {
        keeper.applied(request, store.apply(store.appliedIndex() + 1, request), now);
    }

    private static LeaseRequest.Checkpoint left(long seconds) {
        return new LeaseRequest.Checkpoint(List.of(new LeaseRequest.Remaining(7, seconds)));
    }

    /**
     * (1) A lease is over while its leader hands leadership over. (2) Its end is refused. (3) It is
     * due still, so the leader wants to be woken at once, and at once again: found as a simulated
     * second that had no end.
     */
    @Test
    void anEndThatCantBeProposedIsNotLookedAtWithoutPause() {
        LeaseKeeper keeper = leading(0);
        assertEquals(6 * SECOND, keeper.nextDeadline(0));
        accepts = false;
        keeper.turn(RoleKind.LEADER, 1, 1, 6 * SECOND);
        long next = keeper.nextDeadline(6 * SECOND);
        assertTrue(next > 6 * SECOND, "again at " + next);
        accepts = true;
        keeper.turn(RoleKind.LEADER, 1, 1, 6 * SECOND);
        assertEquals(List.of(), proposed);
        keeper.turn(RoleKind.LEADER, 1, 1, next);
        assertEquals(List.of(new LeaseRequest.Revoke(7)), proposed);
    }

    @Test
    void whatLeasesHaveLeftIsNotedAtThePaceAsked() {
        LeaseKeeper keeper = leading(2 * SECOND);
        assertEquals(2 * SECOND, keeper.nextDeadline(0));
        keeper.turn(RoleKind.LEADER, 1, 1, 2 * SECOND);
        assertEquals(List.of(), proposed);
        keeper.turn(RoleKind.LEADER, 1, 1, 4 * SECOND);
        assertEquals(List.of(left(2)), proposed);
    }

    @Test
    void nothingIsNotedUnlessAskedFor() {
        LeaseKeeper keeper = leading(0);
        keeper.turn(RoleKind.LEADER, 1, 1, 5 * SECOND);
        assertEquals(List.of(), proposed);
    }

    @Test
    void renewalIsAnsweredOnlyWhenNothingIsNotedAnyMore() {
        LeaseKeeper keeper = leading(2 * SECOND);
        apply(keeper, left(2), 4 * SECOND);
        keeper.renew(7, new Waiter(Long.MAX_VALUE), 4 * SECOND);
        assertEquals(List.of(), told);
        assertTrue(keeper.nextDeadline(4 * SECOND) <= 4 * SECOND);
        keeper.turn(RoleKind.LEADER, 1, 1, 4 * SECOND);
        keeper.turn(RoleKind.LEADER, 1, 1, 4 * SECOND);
        assertEquals(List.of(left(0)), proposed);
        apply(keeper, left(0), 4 * SECOND);
        assertEquals(List.of(new Reply.LeaseTold(7, 5, 5, List.of())), told);
        assertEquals(5 * SECOND, keeper.nanosLeft(7, 4 * SECOND));
    }

    /**
     * (1) An earlier leader's word that all 5 seconds are there again is in the log, not applied.
     * (2) Its successor notes that 2 are left. (3) That word is applied: it looks as if nothing
     * were on its way any more, and a renewal is answered. (4) The note is applied, and the next
     * leader goes by it.
     */
    @Test
    void nothingIsNotedBeforeWhatEarlierLeadersLeftIsApplied() {
        LeaseKeeper keeper = leading(2 * SECOND);
        apply(keeper, left(4), SECOND);
        keeper.turn(RoleKind.LEADER, 3, 1, 2 * SECOND);
        keeper.turn(RoleKind.LEADER, 3, 1, 5 * SECOND);
        assertEquals(List.of(), proposed);
        long next = keeper.nextDeadline(5 * SECOND);
        assertTrue(next > 5 * SECOND, "again at " + next);
        apply(keeper, left(0), 5 * SECOND);
        keeper.turn(RoleKind.LEADER, 3, 3, 8 * SECOND);
        assertEquals(List.of(left(2)), proposed);
    }

    /**
     * (1) That 2 of 5 seconds are left is in the log, not applied. (2) A renewal comes and is
     * answered. (3) The note is applied, and the next leader goes by it: the lease ends 3 seconds
     * early.
     */
    @Test
    void renewalDoesNotOvertakeANoteOnItsWay() {
        LeaseKeeper keeper = leading(2 * SECOND);
        keeper.turn(RoleKind.LEADER, 1, 1, 4 * SECOND);
        assertEquals(List.of(left(2)), proposed);
        keeper.renew(7, new Waiter(Long.MAX_VALUE), 4 * SECOND);
        assertEquals(List.of(), told);
        keeper.turn(RoleKind.LEADER, 1, 1, 4 * SECOND);
        assertEquals(List.of(left(2), left(0)), proposed);
        apply(keeper, left(2), 4 * SECOND);
        assertEquals(List.of(), told);
        apply(keeper, left(0), 4 * SECOND);
        assertEquals(1, told.size());
    }

    @Test
    void whoWaitsForARenewalAsksAgainWhenLeadershipOrPatienceEnds() {
        LeaseKeeper keeper = leading(2 * SECOND);
        apply(keeper, left(3), SECOND);
        keeper.renew(7, new Waiter(SECOND), SECOND);
        keeper.renew(7, new Waiter(3 * SECOND), SECOND);
        keeper.turn(RoleKind.LEADER, 1, 1, SECOND);
        assertEquals(1, again);
        keeper.observe(RoleKind.FOLLOWER, 2, 2 * SECOND);
        assertEquals(2, again);
        apply(keeper, left(0), 2 * SECOND);
        assertEquals(List.of(), told);
    }

    @Test
    void renewalThatWaitsWhileItsLeaseEndsIsToldSo() {
        LeaseKeeper keeper = leading(2 * SECOND);
        apply(keeper, left(3), SECOND);
        keeper.renew(7, new Waiter(Long.MAX_VALUE), SECOND);
        apply(keeper, new LeaseRequest.Revoke(7), SECOND);
        assertEquals(List.of(Reply.LeaseTold.none(7)), told);
    }
}
