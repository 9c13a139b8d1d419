package dev.whitewater.store;

/** A command on the store as a whole. */
public sealed interface MaintenanceRequest extends Request {

    /** Makes all that was superseded before {@code revision} unreadable. */
    record Compact(long revision) implements MaintenanceRequest {}

    /** Raises an alarm on behalf of a member. */
    record RaiseAlarm(Alarm alarm) implements MaintenanceRequest {}

    /** Takes an alarm back. */
    record ClearAlarm(Alarm alarm) implements MaintenanceRequest {}
}
