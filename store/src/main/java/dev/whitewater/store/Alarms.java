package dev.whitewater.store;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The alarms that are raised, and what they forbid (etcd's capped and corrupt appliers). */
final class Alarms {
    private final NavigableSet<Alarm> raised = new TreeSet<>();
    private long hash;

    void raise(Alarm alarm) {
        if (raised.add(alarm)) {
            hash += fact(alarm);
        }
    }

    /** True if it was raised. */
    boolean clear(Alarm alarm) {
        if (!raised.remove(alarm)) {
            return false;
        }
        hash -= fact(alarm);
        return true;
    }

    List<Alarm> list() {
        return List.copyOf(raised);
    }

    long hash() {
        return hash;
    }

    boolean isRaised(Alarm.Kind kind) {
        return raised.stream().anyMatch(alarm -> alarm.kind() == kind);
    }

    /** Whether an alarm forbids to serve the request. */
    boolean forbids(Request request) {
        return !raised.isEmpty() && (isCorrupt(request) || isOutOfSpace(request));
    }

    ErrorCode reason() {
        return isRaised(Alarm.Kind.CORRUPT) ? ErrorCode.CORRUPT : ErrorCode.NO_SPACE;
    }

    private boolean isCorrupt(Request request) {
        return isRaised(Alarm.Kind.CORRUPT)
                && !(request instanceof MaintenanceRequest.RaiseAlarm)
                && !(request instanceof MaintenanceRequest.ClearAlarm);
    }

    private boolean isOutOfSpace(Request request) {
        return isRaised(Alarm.Kind.NO_SPACE) && needsRoom(request);
    }

    private static boolean needsRoom(Request request) {
        return switch (request) {
            case Put put -> true;
            case Txn txn ->
                    txn.success().stream().anyMatch(Alarms::needsRoom)
                            || txn.failure().stream().anyMatch(Alarms::needsRoom);
            case LeaseRequest.Grant grant -> true;
            case Range range -> false;
            case DeleteRange delete -> false;
            case LeaseRequest other -> false;
            case MaintenanceRequest other -> false;
            case AuthRequest other -> false;
            case MemberRequest other -> false;
            case Attributed other -> needsRoom(other.request());
        };
    }

    private static long fact(Alarm alarm) {
        return StateHash.fold(
                StateHash.fold(3, alarm.member()), alarm.kind() == Alarm.Kind.CORRUPT ? 1 : 2);
    }
}
