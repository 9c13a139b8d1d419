package dev.whitewater.sim.monitor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.store.Alarm;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.LeaseRequest;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;
import dev.whitewater.store.Store;
import dev.whitewater.store.Txn;

import org.junit.jupiter.api.Test;

/** What takes room is refused while an alarm stands, and only then. */
class TruthTest {
    private static final Alarm ALARM = new Alarm(2, Alarm.Kind.NO_SPACE);
    private static final Request RAISE = new MaintenanceRequest.RaiseAlarm(ALARM);
    private static final Request CLEAR = new MaintenanceRequest.ClearAlarm(ALARM);
    private static final Bytes KEY = Bytes.utf8("k");
    private static final Put PUT = Put.of(KEY, Bytes.utf8("v"));
    private static final Rejected NO_SPACE = Rejected.because(ErrorCode.NO_SPACE);

    private final Truth truth = new Truth();
    private final Store store = new Store();
    private final Store withoutAlarms = new Store();
    private long index;

    private void honest(Request... requests) {
        for (Request request : requests) {
            index++;
            truth.apply(index, request, store.apply(index, request));
        }
    }

    /** Of a store that does not mind alarms. */
    private Response unminding(Request request) {
        return withoutAlarms.apply(withoutAlarms.appliedIndex() + 1, request);
    }

    private void fires(Request request, Response response) {
        Finding finding =
                assertThrows(Finding.class, () -> truth.apply(index + 1, request, response));
        assertEquals("M17", finding.monitor());
    }

    @Test
    void honestStoreMindsAlarms() {
        assertDoesNotThrow(
                () ->
                        honest(
                                PUT,
                                RAISE,
                                PUT,
                                Range.of(KEY),
                                DeleteRange.of(KEY),
                                new LeaseRequest.Grant(7, 10),
                                Txn.of(PUT),
                                CLEAR,
                                PUT));
    }

    @Test
    void putThatIsTakenWhileAnAlarmStandsIsWrong() {
        honest(RAISE);
        fires(PUT, unminding(PUT));
    }

    @Test
    void transactionWithPutThatIsTakenWhileAnAlarmStandsIsWrong() {
        honest(RAISE);
        fires(Txn.of(PUT), unminding(Txn.of(PUT)));
    }

    @Test
    void leaseThatIsGrantedWhileAnAlarmStandsIsWrong() {
        honest(RAISE);
        Request grant = new LeaseRequest.Grant(7, 10);
        fires(grant, unminding(grant));
    }

    @Test
    void refusalForWantOfSpaceWithoutAnAlarmIsWrong() {
        fires(PUT, NO_SPACE);
    }

    @Test
    void refusalForWantOfSpaceAfterTheAlarmWasClearedIsWrong() {
        honest(RAISE, CLEAR);
        fires(PUT, NO_SPACE);
    }
}
