package dev.whitewater.node;

import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.node.port.CrashPoints;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Request;
import dev.whitewater.store.Store;

/**
 * Removes the versions that a compaction took away, some in each event, so that no request waits
 * for all of them.
 */
final class VersionSweeper {

    private static final int MAX_REMOVED_PER_EVENT = 1_000;

    private final CrashPoints crashPoints;
    private Store store;
    private boolean left;

    VersionSweeper(Store store, CrashPoints crashPoints) {
        this.crashPoints = crashPoints;
        moveTo(store);
    }

    /** A store that was restored may be in the middle of a compaction. */
    void moveTo(Store newStore) {
        store = newStore;
        left = newStore.compactRevision() > 0;
    }

    void applied(Request request) {
        left |= Attributed.strip(request) instanceof MaintenanceRequest.Compact;
    }

    /** Whether versions wait to be removed. */
    boolean hasLeft() {
        return left;
    }

    /** Whether it can go on at once: while a snapshot reads all versions, they wait. */
    boolean hasWork() {
        return left && !store.isBeingRead();
    }

    void turn() {
        if (hasWork()) {
            left = store.removeCompacted(MAX_REMOVED_PER_EVENT);
            crashPoints.reached(CrashPoint.VERSIONS_REMOVED);
        }
    }
}
