package dev.whitewater.node.snapshot;

import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;

import java.util.Iterator;
import java.util.TreeMap;

/**
 * Carries out what a leader's {@code InstallSnapshot} messages ask for: reads the snapshot from the
 * disk and sends it in chunks, a window of them ahead of what the receiver confirmed, within a
 * rate.
 *
 * <p>Frames get lost and receivers restart. After a while without progress the sender begins a new
 * <em>attempt</em> from what was confirmed; the first receipt of an attempt says where the receiver
 * really is, further on (it had the bytes from another leader) or further back (it lost them). A
 * receiver that stays silent for {@link #PATIENCE} attempts is given up, and the core is told.
 *
 * <p>While one snapshot is under way to a member, a wish for a newer one does not replace it: a
 * state that takes longer to send than snapshots are apart would never arrive.
 */
public final class SnapshotSender {

    private static final int PATIENCE = 8;

    /** Receipts of one place after which what follows there is taken for lost (RFC 5681 §3.2). */
    private static final int REPEATED_MOST = 3;

    private final SnapshotFiles files;
    private final SnapshotLoader loader;
    private final TransferLimits limits;
    private final long resendNanos;
    private final Line line;
    private final Allowance allowance;
    private final TreeMap<NodeId, Outgoing> transfers = new TreeMap<>();

    /** The way out. */
    public interface Line {

        void send(Frame frame);

        /** The core's snapshot for {@code to} did not arrive. */
        void failed(NodeId to);

        /** The stored snapshot at {@code index} is not what was written. */
        void damaged(long index);
    }

    private static final class Outgoing {
        private InstallSnapshot message;
        private SnapshotLoader.Loaded state = SnapshotLoader.Loaded.NONE;
        private long attempt = 1;
        private boolean attemptConfirmed;
        private long confirmed;
        private long sent;
        private long deadline;
        private int silent;
        private int repeated;
        private boolean superseded;

        private Outgoing(InstallSnapshot message) {
            this.message = message;
        }

        private SnapshotMeta meta() {
            return message.snapshot();
        }

        private boolean isLoaded() {
            return !state.isNone();
        }

        private long total() {
            return state.bytes().length();
        }
    }

    public SnapshotSender(SnapshotFiles files, TransferLimits limits, long resendNanos, Line line) {
        this.files = files;
        this.limits = limits;
        this.resendNanos = resendNanos;
        this.line = line;
        loader = new SnapshotLoader(files);
        allowance = new Allowance(limits.bytesPerSecond());
    }

    /** How many members are being sent a snapshot. */
    public int size() {
        return transfers.size();
    }

    /**
     * Entries after this one are needed by who is being sent a snapshot now, or else it would need
     * another one at once.
     */
    public long needed() {
        long needed = Long.MAX_VALUE;
        for (Outgoing transfer : transfers.values()) {
            needed = Math.min(needed, transfer.meta().index());
        }
        return needed;
    }

    /** The core wants {@code message} delivered, with the state that it speaks of. */
    public void begin(InstallSnapshot message, long now) {
        Outgoing present = transfers.get(message.to());
        if (present != null) {
            if (present.meta().equals(message.snapshot())) {
                present.message = message;
            } else {
                present.superseded = true;
            }
            return;
        }
        if (!files.has(message.snapshot().index())) {
            line.failed(message.to());
            return;
        }
        Outgoing transfer = new Outgoing(message);
        transfer.deadline = now + resendNanos;
        transfers.put(message.to(), transfer);
        loadNext();
    }

    private void loadNext() {
        if (loader.isBusy()) {
            return;
        }
        for (Iterator<Outgoing> each = transfers.values().iterator(); each.hasNext(); ) {
            Outgoing transfer = each.next();
            if (!transfer.isLoaded()) {
                if (files.has(transfer.meta().index())) {
                    loader.begin(transfer.meta().index());
                    return;
                }
                each.remove();
                line.failed(transfer.message.to());
            }
        }
    }

    /** A disk command came to its end. */
    public void finished(long commandId, DiskResult result, long now) {
        loader.finished(commandId, result);
        check(now);
    }

    /** A bounded piece of looking at what was read. */
    private void check(long now) {
        switch (loader.turn()) {
            case NOTHING -> {}
            case LOADED -> {
                loaded(loader.take(), now);
                loadNext();
            }
            case DAMAGED -> {
                line.damaged(loader.index());
                loadNext();
            }
        }
    }

    private void loaded(SnapshotLoader.Loaded state, long now) {
        for (Outgoing transfer : transfers.values()) {
            if (!transfer.isLoaded() && transfer.meta().index() == state.index()) {
                transfer.state = state;
                transfer.deadline = now + resendNanos;
            }
        }
        sendAll(now);
    }

    /** Time has passed: sends what may be sent, and again what was lost. */
    public void turn(long now) {
        if (loader.hasWork()) {
            check(now);
        }
        if (!transfers.isEmpty()) {
            sendAll(now);
        }
    }

    private void sendAll(long now) {
        allowance.refill(now);
        for (Iterator<Outgoing> each = transfers.values().iterator(); each.hasNext(); ) {
            Outgoing transfer = each.next();
            if (transfer.deadline <= now) {
                transfer.silent++;
                if (transfer.silent > PATIENCE) {
                    each.remove();
                    line.failed(transfer.message.to());
                    continue;
                }
                beginAttempt(transfer, now);
            }
            sendOn(transfer);
        }
    }

    private void beginAttempt(Outgoing transfer, long now) {
        transfer.deadline = now + resendNanos;
        if (!transfer.isLoaded()) {
            return;
        }
        transfer.attempt++;
        transfer.attemptConfirmed = false;
        transfer.repeated = 0;
        transfer.sent = transfer.confirmed;
        if (transfer.confirmed == transfer.total()) {
            send(transfer, transfer.total());
        }
    }

    private void sendOn(Outgoing transfer) {
        if (!transfer.isLoaded()) {
            return;
        }
        long window = (long) limits.windowChunks() * limits.chunkBytes();
        while (transfer.sent < transfer.total()
                && transfer.sent - transfer.confirmed < window
                && allowance.hasSome()) {
            long to = Math.min(transfer.total(), transfer.sent + limits.chunkBytes());
            send(transfer, to);
            allowance.spend(to - transfer.sent);
            transfer.sent = to;
        }
    }

    /** Sends from where the transfer stands up to {@code to}. */
    private void send(Outgoing transfer, long to) {
        InstallSnapshot message = transfer.message;
        byte[] bytes = new byte[(int) (to - transfer.sent)];
        transfer.state.bytes().read(transfer.sent, bytes, 0, bytes.length);
        line.send(
                new Frame.Chunk(
                        new Frame.Envelope(message.from(), message.to(), message.term()),
                        transfer.meta(),
                        new Frame.Whole(transfer.total(), transfer.state.sum()),
                        transfer.attempt,
                        transfer.sent,
                        bytes));
    }

    /** The receiver's answer. */
    public void handle(Frame.Receipt receipt, long now) {
        Outgoing transfer = transfers.get(receipt.from());
        if (transfer == null
                || receipt.index() != transfer.meta().index()
                || receipt.checksum() != transfer.state.sum()) {
            return;
        }
        switch (receipt.status()) {
            case RECEIVING -> confirmed(transfer, receipt, now);
            case DONE -> {
                transfers.remove(receipt.from());
                if (transfer.superseded) {
                    line.failed(receipt.from());
                }
            }
            case DAMAGED -> {
                transfers.remove(receipt.from());
                line.failed(receipt.from());
            }
        }
        allowance.refill(now);
        if (transfers.containsKey(receipt.from())) {
            sendOn(transfer);
        }
    }

    private void confirmed(Outgoing transfer, Frame.Receipt receipt, long now) {
        if (receipt.attempt() != transfer.attempt || receipt.received() > transfer.total()) {
            return;
        }
        transfer.silent = 0;
        if (!transfer.attemptConfirmed) {
            transfer.attemptConfirmed = true;
            if (receipt.received() < transfer.confirmed) {
                // What was sent beyond is of no use to it.
                transfer.sent = receipt.received();
            }
        } else if (receipt.received() <= transfer.confirmed) {
            maybeResend(transfer, receipt, now);
            return;
        }
        transfer.repeated = 0;
        transfer.confirmed = receipt.received();
        transfer.sent = Math.max(transfer.sent, transfer.confirmed);
        transfer.deadline = now + resendNanos;
    }

    /** Chunks arrive and the receiver stays where it is: one was lost, and no need to wait. */
    private void maybeResend(Outgoing transfer, Frame.Receipt receipt, long now) {
        if (receipt.received() == transfer.confirmed && transfer.sent > transfer.confirmed) {
            transfer.repeated++;
            if (transfer.repeated == REPEATED_MOST) {
                beginAttempt(transfer, now);
            }
        }
    }

    /** This member leads no more: what it sends means nothing. */
    public void stop() {
        transfers.clear();
    }

    /** Whether {@link #turn} has something to do at once. */
    public boolean hasWork() {
        return loader.hasWork();
    }

    /** When it will have, though nothing happens. */
    public long firstDeadline() {
        long first = Long.MAX_VALUE;
        if (transfers.isEmpty()) {
            return first;
        }
        for (Outgoing transfer : transfers.values()) {
            first = Math.min(first, transfer.deadline);
            if (transfer.isLoaded() && transfer.sent < transfer.total()) {
                first = Math.min(first, allowance.nextAt());
            }
        }
        return first;
    }
}
