package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.node.wire.Frame.Status;
import dev.whitewater.raft.message.NodeId;

/**
 * Puts the chunks of one snapshot together, in order and whoever sends them: another leader's
 * snapshot of the same bytes goes on where the last one's ended. Chunks of another snapshot begin
 * anew.
 */
public final class SnapshotReceiver {

    private final NodeId self;
    private ByteWriter state = new ByteWriter(0);
    private long index;
    private Frame.Whole whole = new Frame.Whole(0, 0);

    public SnapshotReceiver(NodeId self) {
        this.self = self;
    }

    /** Takes a chunk in if it is the next one; the answer says how far this is in any case. */
    public Frame.Receipt take(Frame.Chunk chunk) {
        if (chunk.snapshot().index() != index || !chunk.whole().equals(whole)) {
            state = new ByteWriter(chunk.bytes().length);
            index = chunk.snapshot().index();
            whole = chunk.whole();
        }
        if (chunk.offset() == state.length()) {
            state.bytes(chunk.bytes());
        }
        if (isComplete() && Crc32c.of(state.array(), 0, state.length()) != whole.checksum()) {
            forget();
            return receipt(self, chunk, 0, Status.DAMAGED);
        }
        return receipt(self, chunk, state.length(), Status.RECEIVING);
    }

    public boolean isComplete() {
        return index > 0 && state.length() == whole.total();
    }

    /** Hands the whole state out and forgets it. */
    public byte[] takeState() {
        byte[] taken = state.toByteArray();
        forget();
        return taken;
    }

    public void forget() {
        state = new ByteWriter(0);
        index = 0;
    }

    /** The answer of {@code self} to a chunk. */
    public static Frame.Receipt receipt(
            NodeId self, Frame.Chunk chunk, long received, Status status) {
        return new Frame.Receipt(
                new Frame.Envelope(self, chunk.from(), chunk.term()),
                chunk.snapshot().index(),
                chunk.whole().checksum(),
                chunk.attempt(),
                received,
                status);
    }
}
