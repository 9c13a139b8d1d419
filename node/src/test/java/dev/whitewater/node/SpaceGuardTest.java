package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.store.Alarm;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Put;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.Test;

/** A member without room refuses, and asks for one alarm at a time. */
class SpaceGuardTest {

    private static final Bytes KEY = Bytes.utf8("k");

    private final Store store = new Store();
    private final SpaceGuard guard = new SpaceGuard(3, 1_000, 50);

    private boolean refusesPutOf(int bytes) {
        return guard.refuses(store, Put.of(KEY, Bytes.of(new byte[bytes])));
    }

    @Test
    void whatFitsIsTakenAndRaisesNothing() {
        assertFalse(refusesPutOf(10));
        assertFalse(guard.refuses(store, DeleteRange.of(KEY)));
        assertFalse(guard.mustAlarm(store, 0));
    }

    @Test
    void whatDoesNotFitIsRefusedAndRaisesTheMembersAlarm() {
        assertTrue(refusesPutOf(1_000));
        assertTrue(guard.mustAlarm(store, 0));
        assertEquals(
                Attributed.member(
                        new MaintenanceRequest.RaiseAlarm(new Alarm(3, Alarm.Kind.NO_SPACE))),
                guard.alarm().request());
    }

    @Test
    void alarmIsAskedForAgainWhenItHasNotComeForLong() {
        assertTrue(refusesPutOf(1_000));
        assertTrue(guard.mustAlarm(store, 0));
        assertTrue(refusesPutOf(1_000));
        assertFalse(guard.mustAlarm(store, 49));
        assertFalse(guard.mustAlarm(store, 60), "nobody was refused since");
        assertTrue(refusesPutOf(1_000));
        assertTrue(guard.mustAlarm(store, 60));
    }

    @Test
    void alarmThatStandsIsNotRaisedAgain() {
        store.apply(1, guard.alarm().request());
        assertTrue(refusesPutOf(1_000));
        assertFalse(guard.mustAlarm(store, 0));
    }
}
