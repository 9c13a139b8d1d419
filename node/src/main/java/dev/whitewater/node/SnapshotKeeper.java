package dev.whitewater.node;

import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.snapshot.SnapshotFiles;
import dev.whitewater.node.snapshot.SnapshotIntake;
import dev.whitewater.node.snapshot.SnapshotSender;
import dev.whitewater.node.snapshot.SnapshotTaking;
import dev.whitewater.node.wal.Wal;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.Raft;
import dev.whitewater.raft.Restore;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.store.Store;

/**
 * The life of snapshots on a member: taken here, after which the log lets go of what the older of
 * the kept ones stands for; sent to members that lag; taken in from a leader.
 *
 * <p>Taking one in: (1) its chunks go to a file under a name of its own, which is synced; (2) it is
 * read back and must be a state of the store; (3) the core hears of it, and if it wants it, the
 * store is replaced and the log records that the snapshot replaced it; (4) when that record is
 * durable, the file gets its final name, and older ones go. Every step before the record leaves the
 * old log as it was, every step after it can be taken again by recovery.
 */
final class SnapshotKeeper implements SnapshotSender.Line, SnapshotIntake.Line {

    private final Site site;
    private final SnapshotFiles files;
    private final SnapshotTaking taking;
    private final SnapshotSender sender;
    private final SnapshotIntake intake;
    private Offer offer = Offer.NONE;
    private boolean retake;
    private long loggedAtLast;

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

    /** What became of a whole snapshot from a leader of which the core was told. */
    private record Offer(boolean made, long restoredBy) {

        static final Offer NONE = new Offer(false, 0);
    }

    SnapshotKeeper(Site site, SnapshotFiles files) {
        this.site = site;
        this.files = files;
        long resend = site.config().raft().electionTicks() * site.config().tickNanos();
        taking = new SnapshotTaking(files);
        sender = new SnapshotSender(files, site.config().transfer(), resend, this);
        intake = new SnapshotIntake(site.self(), files, this);
        site.wal().release(files.oldestKept());
    }

    // ---- taking

    /** Takes a snapshot if enough was applied since the last. */
    void maybeTake(Store store) {
        long entries = site.config().snapshotEntries();
        boolean isDue = entries > 0 && store.appliedIndex() - files.newestIndex() >= entries;
        if ((isDue && paysOff()) || retake) {
            take(store);
        }
    }

    /**
     * Whether the log has grown by what a snapshot takes (thesis §5.1.2): snapshots cost no more
     * than what is logged, however large the state becomes.
     */
    private boolean paysOff() {
        return site.wal().durableBytes() - loggedAtLast >= taking.bytes();
    }

    /** Takes one soon that stands at least for {@code index}, unless there is one. */
    void save(long index) {
        retake |= !holds(index) && site.config().snapshotEntries() > 0;
    }

    /** Whether a durable snapshot stands for {@code index}, or none ever will. */
    boolean holds(long index) {
        return files.newestIndex() >= index || site.config().snapshotEntries() == 0;
    }

    private void take(Store store) {
        if (store.appliedIndex() > files.newestIndex() && taking.isIdle() && !intake.isComplete()) {
            retake = false;
            loggedAtLast = site.wal().durableBytes();
            taking.begin(site.raft().describeSnapshot(store.appliedIndex()), store);
            taking.turn();
        }
    }

    private void stored() {
        reached(CrashPoint.SNAPSHOT_STORED);
        note("stored a snapshot at " + taking.meta().index());
        site.raft().snapshotStored(taking.meta());
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
        boolean isTakenIn = intake.meta().equals(chunk.snapshot());
        if (isTakenIn && intake.isComplete()) {
            intake.take(chunk);
        } else if (holds(chunk.snapshot())) {
            site.raft().step(message(chunk));
            sendDone(chunk);
            if (isTakenIn) {
                intake.abandon();
            }
        } else {
            intake.take(chunk);
        }
    }

    private void sendDone(Frame.Chunk chunk) {
        long all = chunk.whole().total();
        send(SnapshotIntake.receipt(site.self(), chunk, all, Frame.Status.DONE));
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

    @Override
    public void refused(SnapshotMeta meta, String why) {
        note("refused the state in " + meta + ": " + why);
    }

    /** A whole snapshot is durable: now the core may hear of it. */
    private void offer() {
        reached(CrashPoint.SNAPSHOT_RECEIVED);
        offer = new Offer(true, 0);
        site.raft().step(message(intake.last()));
    }

    /**
     * The core replaces log and state by the snapshot; returns the state. The Ready of number
     * {@code number} says so and carries what is to be persisted with it.
     */
    Store restore(Restore restore, long number) {
        Check.that(
                offer.made() && intake.meta().equals(restore.snapshot()),
                "restores-what-was-offered",
                "offered " + intake.meta() + ", restores " + restore.snapshot());
        offer = new Offer(true, number);
        taking.abandon();
        site.wal().restore(restore.snapshot().last());
        note("restored " + restore.snapshot());
        reached(CrashPoint.SNAPSHOT_RESTORED);
        return intake.store();
    }

    /** All that follows from an event was done: what the core did not want, it never will. */
    void settled() {
        if (offer.made() && offer.restoredBy() == 0) {
            offer = Offer.NONE;
            intake.abandon();
        }
    }

    /** The log is durable up to the Ready of this number. */
    void persisted(long number) {
        if (offer.restoredBy() > 0 && offer.restoredBy() <= number) {
            offer = Offer.NONE;
            sendDone(intake.last());
            reached(CrashPoint.SNAPSHOT_RECORDED);
            intake.install();
        }
    }

    private void follow(SnapshotIntake.Progress progress) {
        switch (progress) {
            case NOTHING -> {}
            case WHOLE -> offer();
            case INSTALLED -> {
                reached(CrashPoint.SNAPSHOT_INSTALLED);
                site.wal().release(files.newestIndex());
            }
        }
    }

    // ---- time and disk

    void turn(long now) {
        if (sender.size() > 0 && site.raft().role() != RoleKind.LEADER) {
            sender.stop();
        }
        sender.turn(now);
        taking.turn();
        follow(intake.turn());
    }

    void finished(long commandId, DiskResult result, long now) {
        sender.finished(commandId, result, now);
        if (taking.finished(commandId)) {
            stored();
        }
        follow(intake.finished(commandId, result));
    }

    /** Whether {@link #turn} has something to do at once. */
    boolean hasWork() {
        return taking.hasWork() || intake.hasWork() || sender.hasWork();
    }

    /** When it will have, though nothing happens. */
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
