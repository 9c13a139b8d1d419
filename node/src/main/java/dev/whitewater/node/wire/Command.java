package dev.whitewater.node.wire;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.raft.message.NodeId;

/**
 * What a command entry carries: who proposed it, as which of its requests, and the encoded request.
 * The first two let every effect be traced to the one request that caused it.
 */
public record Command(NodeId proposer, long requestId, byte[] request) {

    private static final int PREFIX_BYTES = 18;

    public byte[] encode() {
        ByteWriter out = new ByteWriter(PREFIX_BYTES + request.length);
        out.varint(proposer.value());
        out.varint(requestId);
        out.bytes(request);
        return out.toByteArray();
    }

    /** The request is all that follows the two numbers; throws {@link Malformed} without them. */
    public static Command decode(byte[] data) {
        ByteReader in = new ByteReader(data, 0, data.length);
        NodeId proposer = new NodeId(in.varint());
        long requestId = in.varint();
        return new Command(proposer, requestId, in.bytes(in.remaining()));
    }
}
