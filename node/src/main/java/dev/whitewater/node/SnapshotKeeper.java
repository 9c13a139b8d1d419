package dev.whitewater.node;

import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.snapshot.Snapshot;
import dev.whitewater.node.snapshot.SnapshotFiles;
import dev.whitewater.node.snapshot.SnapshotReceiver;
import dev.whitewater.node.snapshot.SnapshotSender;
import dev.whitewater.node.wal.Wal;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.Raft;
import dev.whitewater.raft.Restore;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.store.Limits;
import dev.whitewater.store.MalformedSnapshot;
import dev.whitewater.store.Store;

/**
 * The life of snapshots on a member: taken here, after which the log lets go of what the older of
 * the kept ones stands for; sent to members that lag; taken in from a leader.
 *
 * <p>Taking one in: (1) its chunks are put together and checked, also by the store; (2) it is
 * written and synced under a name of its own; (3) the core hears of it, and if it wants it, the
 * store is replaced and the log records that the snapshot replaced it; (4) when that record is
 * durable, the file gets its final name, and older ones go. Every step before the record leaves the
 * old log as it was, every step after it can be taken again by recovery.
 */
final class SnapshotKeeper implements SnapshotSender.Line {

    private final Site site;
    private final SnapshotFiles files;
    private final SnapshotSender sender;
    private final SnapshotReceiver receiver;
    private SnapshotMeta taking = SnapshotMeta.NONE;
    private Incoming incoming = Incoming.NONE;
    private boolean retake;

    /** The parts of the member that snapshots touch. */
    record Site(NodeConfig config, Ports ports, Raft raft, Wal wal, FrameSink frames) {
        NodeId self() {
            return config.raft().self();
        }
    }

    /** Where frames to other members go. */
    interface FrameSink {
        void send(Frame frame);
    }

    /** A snapshot from a leader that is whole and on its way into the disk and the core. */
    private static final class Incoming {
        private static final Incoming NONE =
                new Incoming(new byte[0], new Store(), SnapshotMeta.NONE);

        private final SnapshotMeta meta;
        private final Store store;
        private byte[] state;
        private InstallSnapshot message;
        private Frame.Chunk last;
        private boolean offered;
        private long restoredBy;

        private Incoming(byte[] state, Store store, SnapshotMeta meta) {
            this.state = state;
            this.store = store;
            this.meta = meta;
        }

        private boolean isNone() {
            return meta.isNone();
        }

        private void from(Frame.Chunk chunk) {
            last = chunk;
            message = new InstallSnapshot(chunk.from(), chunk.to(), chunk.term(), chunk.snapshot());
        }
    }

    SnapshotKeeper(Site site, SnapshotFiles files) {
        this.site = site;
        this.files = files;
        long resend = site.config().raft().electionTicks() * site.config().tickNanos();
        sender = new SnapshotSender(files, site.config().transfer(), resend, this);
        receiver = new SnapshotReceiver(site.self());
        site.wal().release(files.oldestKept());
    }

    // ---- taking

    /** Takes a snapshot if enough was applied since the last. */
    void maybeTake(Store store) {
        long entries = site.config().snapshotEntries();
        boolean isDue = entries > 0 && store.appliedIndex() - files.newestIndex() >= entries;
        if ((isDue || retake)
                && store.appliedIndex() > files.newestIndex()
                && files.isIdle()
                && incoming.isNone()) {
            retake = false;
            taking = site.raft().describeSnapshot(store.appliedIndex());
            files.begin(new Snapshot(taking, store.snapshot()));
        }
    }

    private void stored() {
        reached(CrashPoint.SNAPSHOT_STORED);
        note("stored a snapshot at " + taking.index());
        site.raft().snapshotStored(taking);
        letGo();
    }

    /** Two snapshots are kept, and the log from the older one on. */
    private void letGo() {
        long kept = files.oldestKept();
        long unneeded = Math.min(kept, sender.needed());
        if (unneeded > site.raft().compactedIndex()) {
            site.raft().compact(unneeded);
            reached(CrashPoint.LOG_COMPACTED);
        }
        site.wal().release(kept);
    }

    // ---- sending

    /** The core wants a member to have the snapshot that {@code message} speaks of. */
    void send(InstallSnapshot message, long now) {
        sender.begin(message, now);
    }

    @Override
    public void send(Frame frame) {
        site.frames().send(frame);
    }

    @Override
    public void failed(NodeId to) {
        site.raft().reportSnapshotFailed(to);
    }

    /** The state itself is whole: it was applied here. So another snapshot of it is taken. */
    @Override
    public void damaged(long index) {
        note("the snapshot at " + index + " is damaged on disk, takes another");
        files.forget(index);
        retake = true;
    }

    void handle(Frame.Receipt receipt, long now) {
        sender.handle(receipt, now);
    }

    // ---- taking in

    void handle(Frame.Chunk chunk) {
        if (chunk.term() < site.raft().term()) {
            return;
        }
        if (!incoming.isNone() && incoming.meta.equals(chunk.snapshot())) {
            incoming.from(chunk);
            answer(chunk, chunk.whole().total(), Frame.Status.RECEIVING);
        } else if (holds(chunk.snapshot())) {
            site.raft().step(message(chunk));
            answer(chunk, chunk.whole().total(), Frame.Status.DONE);
        } else if (incoming.isNone()) {
            send(receiver.take(chunk));
            if (receiver.isComplete()) {
                complete(chunk);
            }
        }
    }

    private static InstallSnapshot message(Frame.Chunk chunk) {
        return new InstallSnapshot(chunk.from(), chunk.to(), chunk.term(), chunk.snapshot());
    }

    /** Whether the core needs no state for this: it has what the snapshot stands for. */
    private boolean holds(SnapshotMeta snapshot) {
        Raft raft = site.raft();
        return snapshot.index() <= raft.commit()
                || (snapshot.index() <= raft.lastIndex()
                        && raft.termAt(snapshot.index()) == snapshot.last().term());
    }

    private void answer(Frame.Chunk chunk, long received, Frame.Status status) {
        send(SnapshotReceiver.receipt(site.self(), chunk, received, status));
    }

    private void complete(Frame.Chunk chunk) {
        byte[] state = receiver.takeState();
        Store store;
        try {
            store = Store.restored(Limits.DEFAULT, state);
        } catch (MalformedSnapshot e) {
            note("refused the state in " + chunk.snapshot() + ": " + e.getMessage());
            answer(chunk, 0, Frame.Status.DAMAGED);
            return;
        }
        incoming = new Incoming(state, store, chunk.snapshot());
        incoming.from(chunk);
        maybeWrite();
    }

    private void maybeWrite() {
        if (!incoming.isNone() && incoming.state.length > 0 && files.isIdle()) {
            files.receive(new Snapshot(incoming.meta, incoming.state));
            incoming.state = new byte[0];
        }
    }

    /** The file is durable: now the core may hear of it. */
    private void offer() {
        reached(CrashPoint.SNAPSHOT_RECEIVED);
        incoming.offered = true;
        site.raft().step(incoming.message);
    }

    /**
     * The core replaces log and state by the snapshot; returns the state. The Ready of number
     * {@code number} says so and carries what is to be persisted with it.
     */
    Store restore(Restore restore, long number) {
        Check.that(
                incoming.meta.equals(restore.snapshot()),
                "restores-what-was-offered",
                "offered " + incoming.meta + ", restores " + restore.snapshot());
        incoming.restoredBy = number;
        site.wal().restore(restore.snapshot().last());
        note("restored " + restore.snapshot());
        reached(CrashPoint.SNAPSHOT_RESTORED);
        return incoming.store;
    }

    /** All that follows from an event was done: what the core did not want, it never will. */
    void settled() {
        if (incoming.offered && incoming.restoredBy == 0) {
            files.discard();
            incoming = Incoming.NONE;
        }
    }

    /** The log is durable up to the Ready of this number. */
    void persisted(long number) {
        if (incoming.restoredBy > 0 && incoming.restoredBy <= number) {
            answer(incoming.last, incoming.last.whole().total(), Frame.Status.DONE);
            incoming = Incoming.NONE;
            reached(CrashPoint.SNAPSHOT_RECORDED);
            files.install();
        }
    }

    // ---- time and disk

    void turn(long now) {
        if (sender.size() > 0 && site.raft().role() != RoleKind.LEADER) {
            sender.stop();
        }
        sender.turn(now);
    }

    void finished(long commandId, DiskResult result, long now) {
        sender.finished(commandId, result, now);
        switch (files.finished(commandId)) {
            case NOTHING -> {}
            case STORED -> stored();
            case RECEIVED -> offer();
            case INSTALLED -> {
                reached(CrashPoint.SNAPSHOT_INSTALLED);
                site.wal().release(files.newestIndex());
            }
        }
        maybeWrite();
    }

    long firstDeadline() {
        return sender.firstDeadline();
    }

    /** How many members are being sent a snapshot. */
    int sending() {
        return sender.size();
    }

    private void reached(CrashPoint point) {
        site.ports().crashPoints().reached(point);
    }

    private void note(String text) {
        if (site.ports().trace().enabled()) {
            site.ports().trace().note(text);
        }
    }
}
