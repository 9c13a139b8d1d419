package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.RoleKind;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.Test;

import java.util.List;

class LeaseKeeperTest {

    private static final long SECOND = 1_000_000_000L;

    /**
     * (1) A lease is over while its leader hands leadership over. (2) Its end is refused. (3) It is
     * due still, so the leader wants to be woken at once, and at once again: found as a simulated
     * second that had no end.
     */
    @Test
    void anEndThatCantBeProposedIsNotLookedAtWithoutPause() {
        Store store = new Store();
        store.apply(1, new LeaseRequest.Grant(7, 5));
        LeaseKeeper keeper = new LeaseKeeper(store, SECOND);
        keeper.observe(RoleKind.LEADER, 1, 0);
        assertEquals(6 * SECOND, keeper.nextDeadline(0));
        assertEquals(List.of(7L), keeper.due(6 * SECOND));
        keeper.postponed(6 * SECOND);
        long next = keeper.nextDeadline(6 * SECOND);
        assertTrue(next > 6 * SECOND, "again at " + next);
        assertEquals(List.of(), keeper.due(6 * SECOND));
        assertEquals(List.of(7L), keeper.due(next));
    }
}
