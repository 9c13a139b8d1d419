package dev.whitewater.server.peer;

import dev.whitewater.raft.message.NodeId;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The first frame on a connection: who calls, whom, in which cluster. */
record Hello(long clusterId, NodeId from, NodeId to, PeerProfile profile) {

    private static final int MAGIC = 0x57575031; // "WWP1"
    private static final int URLS_MOST = 64;

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeLong(clusterId);
            out.writeLong(from.value());
            out.writeLong(to.value());
            out.writeUTF(profile.name());
            out.writeByte(profile.clientUrls().size());
            for (String url : profile.clientUrls()) {
                out.writeUTF(url);
            }
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
            String name = in.readUTF();
            int urls = in.readUnsignedByte();
            if (urls > URLS_MOST) {
                throw new IOException("names " + urls + " client URLs");
            }
            List<String> clientUrls = new ArrayList<>();
            for (int i = 0; i < urls; i++) {
                clientUrls.add(in.readUTF());
            }
            return new Hello(clusterId, from, to, new PeerProfile(name, clientUrls));
        }
    }
}
