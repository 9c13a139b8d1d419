package dev.whitewater.node.wire;

import dev.whitewater.raft.Describe;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;

/** What goes over the wire between two members. */
public sealed interface Frame {

    NodeId from();

    NodeId to();

    long term();

    /** The frame without its two ends, in the words of traces. */
    String describe();

    /** A message between cores. */
    record Core(Message message) implements Frame {

        @Override
        public NodeId from() {
            return message.from();
        }

        @Override
        public NodeId to() {
            return message.to();
        }

        @Override
        public long term() {
            return message.term();
        }

        @Override
        public String describe() {
            return Describe.content(message);
        }
    }

    /**
     * A piece of the state that a core's {@code InstallSnapshot} speaks of, in place of that
     * message. Without bytes it only asks how far the receiver has come.
     *
     * @param attempt counts the times that the sender began again from what was received
     */
    record Chunk(
            Envelope envelope,
            SnapshotMeta snapshot,
            Whole whole,
            long attempt,
            long offset,
            byte[] bytes)
            implements Frame {

        @Override
        public NodeId from() {
            return envelope.from();
        }

        @Override
        public NodeId to() {
            return envelope.to();
        }

        @Override
        public long term() {
            return envelope.term();
        }

        @Override
        public String describe() {
            return "SnapshotChunk t"
                    + term()
                    + " "
                    + snapshot.last()
                    + " "
                    + offset
                    + "+"
                    + bytes.length
                    + " of "
                    + whole.total();
        }
    }

    /** The receiver's word on a {@link Chunk}: it holds the first {@code received} bytes. */
    record Receipt(
            Envelope envelope, long index, int checksum, long attempt, long received, Status status)
            implements Frame {

        @Override
        public NodeId from() {
            return envelope.from();
        }

        @Override
        public NodeId to() {
            return envelope.to();
        }

        @Override
        public long term() {
            return envelope.term();
        }

        @Override
        public String describe() {
            return "SnapshotReceipt t" + term() + " " + index + " " + status + " " + received;
        }
    }

    /**
     * What a member asks another on behalf of a client; {@link PeerRequestCodec} writes and reads
     * it. It promises nothing of the sender's term.
     */
    record Errand(PeerRequest request) implements Frame {

        @Override
        public NodeId from() {
            return request.from();
        }

        @Override
        public NodeId to() {
            return request.to();
        }

        @Override
        public long term() {
            return 0;
        }

        @Override
        public String describe() {
            return switch (request) {
                case PeerRequest.ProposeWrite write ->
                        "ProposeWrite t" + write.term() + " ticket " + write.ticket();
                case PeerRequest.WriteRefused refused ->
                        "WriteRefused ticket " + refused.ticket() + " " + refused.why();
                case PeerRequest.AskLease ask ->
                        "AskLease "
                                + ask.question()
                                + " "
                                + ask.lease()
                                + " ticket "
                                + ask.ticket();
                case PeerRequest.LeaseAnswer answer ->
                        "LeaseAnswer ticket " + answer.ticket() + " " + answer.leftSeconds() + " s";
            };
        }
    }

    /** How the receiver of a snapshot stands to it. */
    enum Status {
        /** It takes more, or is busy with what it has. */
        RECEIVING,
        /** It needs no more. */
        DONE,
        /** What it has is not what was to be sent. */
        DAMAGED
    }

    /** The whole state: its length, and a sum that tells it from others. */
    record Whole(long total, int checksum) {}

    /** Whose frame it is. */
    record Envelope(NodeId from, NodeId to, long term) {}
}
