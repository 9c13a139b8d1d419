package dev.whitewater.store;

import java.util.List;

/** What a {@link MaintenanceRequest} did. */
public sealed interface MaintenanceResponse extends Response {

    /** Compacted; the versions themselves go away in slices. */
    record Compacted(long revision) implements MaintenanceResponse {}

    /** The alarm that is raised now or was taken back: none if there was none to take back. */
    record Alarms(long revision, List<Alarm> alarms) implements MaintenanceResponse {}
}
