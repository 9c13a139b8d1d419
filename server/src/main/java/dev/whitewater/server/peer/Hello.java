package dev.whitewater.server.peer;

import dev.whitewater.raft.message.NodeId;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The first frame on a connection: who calls, whom, in which cluster. */
record Hello(long clusterId, NodeId from, NodeId to) {

    private static final int MAGIC = 0x57575032; // "WWP2"

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeLong(clusterId);
            out.writeLong(from.value());
            out.writeLong(to.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Throws {@link IOException} with a reason for anything but a hello. */
    static Hello decode(byte[] frame) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("is no member of this kind of cluster");
            }
            long clusterId = in.readLong();
            NodeId from = new NodeId(in.readLong() & Long.MAX_VALUE);
            NodeId to = new NodeId(in.readLong() & Long.MAX_VALUE);
            return new Hello(clusterId, from, to);
        }
    }
}
