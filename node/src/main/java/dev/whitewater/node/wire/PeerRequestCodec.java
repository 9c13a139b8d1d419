package dev.whitewater.node.wire;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.MalformedRequest;
import dev.whitewater.store.RequestCodec;

import java.util.ArrayList;
import java.util.List;

/**
 * {@link PeerRequest}s as frames and back, in the envelope of {@link FrameCodec} with kinds of
 * their own; the layout is in {@code docs/formats/wire.md}. What is not exactly what {@link
 * #encode} makes is refused with {@link Malformed}.
 */
public final class PeerRequestCodec {

    private static final int FIRST_KIND = 32;
    private static final int PROPOSE_WRITE = 32;
    private static final int WRITE_REFUSED = 33;
    private static final int ASK_LEASE = 34;
    private static final int LEASE_ANSWER = 35;

    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int KIND_AT = CHECKSUM_BYTES + 1;

    private final long clusterId;
    private final ByteWriter out = new ByteWriter(256);

    public PeerRequestCodec(long clusterId) {
        this.clusterId = clusterId;
    }

    /** Whether a frame is for this codec; looks at its kind alone. */
    public static boolean isPeerRequest(byte[] frame) {
        return frame.length > KIND_AT && (frame[KIND_AT] & 0xff) >= FIRST_KIND;
    }

    public byte[] encode(PeerRequest request) {
        out.clear();
        out.int32(0);
        out.int8(FrameCodec.VERSION);
        out.int8(kind(request));
        out.varint(clusterId);
        out.varint(request.from().value());
        out.varint(request.to().value());
        out.varint(request.ticket());
        writeFields(request);
        int length = out.length() - CHECKSUM_BYTES;
        out.putInt32(0, Crc32c.of(out.array(), CHECKSUM_BYTES, length));
        return out.toByteArray();
    }

    private static int kind(PeerRequest request) {
        return switch (request) {
            case PeerRequest.ProposeWrite _ -> PROPOSE_WRITE;
            case PeerRequest.WriteRefused _ -> WRITE_REFUSED;
            case PeerRequest.AskLease _ -> ASK_LEASE;
            case PeerRequest.LeaseAnswer _ -> LEASE_ANSWER;
        };
    }

    private void writeFields(PeerRequest request) {
        switch (request) {
            case PeerRequest.ProposeWrite r -> {
                out.varint(r.term());
                out.sized(r.request());
            }
            case PeerRequest.WriteRefused r -> out.int8(r.why().ordinal());
            case PeerRequest.AskLease r -> {
                out.int8(r.question().ordinal());
                out.int64(r.lease());
            }
            case PeerRequest.LeaseAnswer r -> {
                out.varint(r.leftSeconds() + 1);
                out.varint(r.grantedSeconds());
                out.varint(r.keys().size());
                for (Bytes key : r.keys()) {
                    out.sized(key.toByteArray());
                }
            }
        }
    }

    public PeerRequest decode(byte[] frame) {
        ByteReader in = new ByteReader(frame, 0, frame.length);
        int checksum = in.int32();
        if (checksum != Crc32c.of(frame, CHECKSUM_BYTES, frame.length - CHECKSUM_BYTES)) {
            throw new Malformed("checksum doesn't match its " + frame.length + " bytes");
        }
        int version = in.int8();
        if (version != FrameCodec.VERSION) {
            throw new Malformed(
                    "version " + version + ", this member speaks " + FrameCodec.VERSION);
        }
        int kind = in.int8();
        long cluster = in.varint();
        if (cluster != clusterId) {
            throw new Malformed("from cluster " + cluster + ", this is " + clusterId);
        }
        PeerRequest request = readRequest(kind, in);
        in.end();
        return request;
    }

    private static PeerRequest readRequest(int kind, ByteReader in) {
        NodeId from = new NodeId(in.varint());
        NodeId to = new NodeId(in.varint());
        long ticket = in.varint();
        return switch (kind) {
            case PROPOSE_WRITE ->
                    new PeerRequest.ProposeWrite(from, to, ticket, in.varint(), readWrite(in));
            case WRITE_REFUSED ->
                    new PeerRequest.WriteRefused(
                            from, to, ticket, choice(in.int8(), PeerRequest.Why.values()));
            case ASK_LEASE ->
                    new PeerRequest.AskLease(
                            from,
                            to,
                            ticket,
                            choice(in.int8(), PeerRequest.Question.values()),
                            in.int64());
            case LEASE_ANSWER ->
                    new PeerRequest.LeaseAnswer(
                            from, to, ticket, in.varint() - 1, in.varint(), readKeys(in));
            default -> throw new Malformed("unknown kind " + kind);
        };
    }

    /** What comes from here stands in the log for ever: it must be readable. */
    private static byte[] readWrite(ByteReader in) {
        byte[] request = in.sized();
        try {
            RequestCodec.decode(request);
        } catch (MalformedRequest e) {
            throw new Malformed("carries a write that can't be read: " + e.getMessage());
        }
        return request;
    }

    private static List<Bytes> readKeys(ByteReader in) {
        int count = in.count();
        List<Bytes> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(Bytes.of(in.sized()));
        }
        return keys;
    }

    private static <T> T choice(int number, T[] all) {
        if (number >= all.length) {
            throw new Malformed("a choice is " + number + " of " + all.length);
        }
        return all[number];
    }
}
