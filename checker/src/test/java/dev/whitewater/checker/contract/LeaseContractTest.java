package dev.whitewater.checker.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whitewater.checker.contract.LeaseContract.Event;
import dev.whitewater.checker.contract.LeaseContract.Holding;
import dev.whitewater.checker.contract.LeaseContract.Tolerance;

import org.junit.jupiter.api.Test;

import java.util.List;

final class LeaseContractTest {
    private static final Event GRANTED = new Event.Granted(7, 0, 100);
    private static final Event KEPT = new Event.Kept(7, 60, 100);

    private static List<String> rules(Event... events) {
        return LeaseContract.check(List.of(events), new Tolerance(5, 20), 1000).stream()
                .map(Breach::rule)
                .toList();
    }

    @Test
    void aLeaseExpiresWhenItsTimeIsOver() {
        assertEquals(List.of(), rules(GRANTED, KEPT, new Event.Expired(7, 156)));
        assertEquals(List.of(), rules(GRANTED, new Event.Revoked(7, 10)));
    }

    @Test
    void anEarlyExpiryIsM30() {
        assertEquals(List.of("M30"), rules(GRANTED, KEPT, new Event.Expired(7, 154)));
    }

    @Test
    void aLateOrMissingExpiryIsM31() {
        assertEquals(List.of("M31"), rules(GRANTED, new Event.Expired(7, 121)));
        assertEquals(List.of("M31"), rules(GRANTED, KEPT));
    }

    @Test
    void keepingAliveWhatIsGoneIsM32() {
        assertEquals(List.of("M32"), rules(GRANTED, new Event.Revoked(7, 10), KEPT));
    }

    @Test
    void twoHoldersOrATokenThatDoesNotRiseAreM33() {
        Holding first = new Holding("l", "a", 3, 0, 10);
        assertEquals(
                List.of(),
                LeaseContract.checkLocks(List.of(first, new Holding("l", "b", 4, 10, 12))));
        assertEquals(
                1,
                LeaseContract.checkLocks(List.of(first, new Holding("l", "b", 4, 9, 12))).size());
        assertEquals(
                1,
                LeaseContract.checkLocks(List.of(first, new Holding("l", "b", 3, 11, 12))).size());
    }
}
