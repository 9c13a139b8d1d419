package dev.whitewater.node;

import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.node.port.CrashPoints;
import dev.whitewater.node.port.Reply;
import dev.whitewater.store.Store;

import java.util.ArrayList;
import java.util.List;

/**
 * Packs the store anew when an operator asks for it, in slices, and then has a snapshot taken of
 * it, so that the disk too gives back what compaction removed. There is no other way than the
 * snapshot's by which this becomes durable: one that forgot the applied index would have entries
 * applied twice after a crash (etcd issue 14685).
 */
final class Defragmenter {

    /** Versions looked at in one event. */
    private static final int VERSIONS_AT_ONCE = 2_000;

    private final SnapshotKeeper snapshots;
    private final ClientReplies replies;
    private final CrashPoints crashPoints;

    /** Who waits for the present round, and who came while it was under way. */
    private final List<Long> served = new ArrayList<>();

    private final List<Long> waiting = new ArrayList<>();

    private Stage stage = Stage.IDLE;
    private long savedFrom;

    private enum Stage {
        IDLE,
        PACKING,
        SAVING
    }

    Defragmenter(SnapshotKeeper snapshots, Ports ports) {
        this.snapshots = snapshots;
        replies = ports.replies();
        crashPoints = ports.crashPoints();
    }

    void request(long requestId) {
        waiting.add(requestId);
    }

    /** Whether {@link #turn} has something to do at once. */
    boolean hasWork() {
        return stage == Stage.PACKING || (stage == Stage.IDLE && !waiting.isEmpty());
    }

    /** Does a bounded piece of the work. */
    void turn(Store store) {
        if (stage == Stage.IDLE && !waiting.isEmpty()) {
            served.addAll(waiting);
            waiting.clear();
            stage = Stage.PACKING;
        }
        if (stage == Stage.PACKING) {
            boolean more = store.defragment(VERSIONS_AT_ONCE);
            crashPoints.reached(CrashPoint.STORE_PACKED);
            if (more) {
                return;
            }
            stage = Stage.SAVING;
            savedFrom = store.appliedIndex();
            snapshots.save(savedFrom);
        }
        if (stage == Stage.SAVING && snapshots.holds(savedFrom)) {
            stage = Stage.IDLE;
            served.forEach(id -> replies.reply(id, new Reply.Defragmented()));
            served.clear();
        }
    }

    /** What was begun may still come to its end. */
    void stop() {
        Reply unknown = new Reply.Unknown("the member stops");
        served.forEach(id -> replies.reply(id, unknown));
        waiting.forEach(id -> replies.reply(id, unknown));
        served.clear();
        waiting.clear();
    }
}
