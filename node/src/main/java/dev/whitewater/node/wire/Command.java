package dev.whitewater.node.wire;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.MalformedRequest;
import dev.whitewater.store.Request;
import dev.whitewater.store.RequestCodec;

/**
 * What a command entry carries: who proposed it, as which of its requests, and the encoded request.
 * The first two let every effect be traced to the one request that caused it.
 *
 * @param bytes hold the request from {@code from} on, to their end
 */
public record Command(NodeId proposer, long requestId, byte[] bytes, int from) {

    private static final int PREFIX_BYTES = 18;

    public Command(NodeId proposer, long requestId, byte[] request) {
        this(proposer, requestId, request, 0);
    }

    public byte[] encode() {
        int length = bytes.length - from;
        ByteWriter out = new ByteWriter(PREFIX_BYTES + length);
        out.varint(proposer.value());
        out.varint(requestId);
        out.bytes(bytes, from, length);
        return out.toByteArray();
    }

    /**
     * The request is all that follows the two numbers; throws {@link Malformed} without them. The
     * bytes are not copied: every member comes by here with every entry.
     */
    public static Command decode(byte[] data) {
        ByteReader in = new ByteReader(data, 0, data.length);
        NodeId proposer = new NodeId(in.varint());
        long requestId = in.varint();
        return new Command(proposer, requestId, data, in.position());
    }

    /** What is asked for; throws {@link MalformedRequest} if no codec wrote it. */
    public Request request() {
        return RequestCodec.decode(bytes, from);
    }
}
