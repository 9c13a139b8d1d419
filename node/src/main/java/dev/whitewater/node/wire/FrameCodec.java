package dev.whitewater.node.wire;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.codec.EntryCodes;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.port.Checksum;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.EntryKind;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.ProposalRequest;
import dev.whitewater.raft.message.ReadIndexRequest;
import dev.whitewater.raft.message.ReadIndexResponse;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.raft.message.TimeoutNow;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

import java.util.ArrayList;
import java.util.List;

/**
 * Frames on the wire and back; the layout is in {@code docs/formats/wire.md}.
 *
 * <p>A frame that is not exactly what {@link #encode} makes is refused with {@link Malformed} and a
 * reason: every field is checked here, so that no bytes from outside can break a rule inside. One
 * instance belongs to one member, whose frames it builds in one array that it uses again.
 */
public final class FrameCodec {

    /** Grows when the meaning of any byte changes. */
    static final int VERSION = 1;

    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private static final int CHUNK = 14;
    private static final int RECEIPT = 15;

    private final long clusterId;
    private final Checksum checksum;
    private final ByteWriter out = new ByteWriter(512);

    /** The names that every frame carries, made once. */
    private final NodeId[] nodes = new NodeId[16];

    /** The bytes of {@link #lastEntries}: a leader sends the same entries to each follower. */
    private final ByteWriter entryBytes = new ByteWriter(512);

    private List<Entry> lastEntries = List.of();

    public FrameCodec(long clusterId) {
        this(clusterId, Crc32c::of);
    }

    public FrameCodec(long clusterId, Checksum checksum) {
        this.clusterId = clusterId;
        this.checksum = checksum;
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = new NodeId(i);
        }
    }

    public byte[] encode(Frame frame) {
        return switch (frame) {
            case Frame.Core core -> encode(core.message());
            case Frame.Chunk chunk -> {
                begin(CHUNK, chunk.from(), chunk.to(), chunk.term());
                writeId(chunk.snapshot().last());
                out.sized(chunk.snapshot().configuration().encode());
                out.varint(chunk.whole().total());
                out.int32(chunk.whole().checksum());
                out.varint(chunk.attempt());
                out.varint(chunk.offset());
                out.sized(chunk.bytes());
                yield end();
            }
            case Frame.Receipt receipt -> {
                begin(RECEIPT, receipt.from(), receipt.to(), receipt.term());
                out.varint(receipt.index());
                out.int32(receipt.checksum());
                out.varint(receipt.attempt());
                out.varint(receipt.received());
                out.int8(code(receipt.status()));
                yield end();
            }
            case Frame.Errand errand ->
                    throw new IllegalArgumentException("not this codec's: " + errand.describe());
        };
    }

    public byte[] encode(Message message) {
        write(message);
        return message instanceof AppendRequest append && !append.entries().isEmpty()
                ? endWithEntries()
                : end();
    }

    private void begin(int kind, NodeId from, NodeId to, long term) {
        out.clear();
        out.int32(0);
        out.int8(VERSION);
        out.int8(kind);
        out.varint(clusterId);
        out.varint(from.value());
        out.varint(to.value());
        out.varint(term);
    }

    private byte[] end() {
        return sealed(out.toByteArray());
    }

    /** The same, followed by the entries: these are copied once, not by way of {@link #out}. */
    private byte[] endWithEntries() {
        int head = out.length();
        byte[] frame = new byte[head + entryBytes.length()];
        System.arraycopy(out.array(), 0, frame, 0, head);
        System.arraycopy(entryBytes.array(), 0, frame, head, entryBytes.length());
        return sealed(frame);
    }

    private byte[] sealed(byte[] frame) {
        int sum = checksum.of(frame, CHECKSUM_BYTES, frame.length - CHECKSUM_BYTES);
        ByteWriter.putInt32(frame, 0, sum);
        return frame;
    }

    /** What the bytes say; shares nothing with {@code frame}. */
    public Frame decode(byte[] frame) {
        ByteReader in = new ByteReader(frame, 0, frame.length);
        int sum = in.int32();
        if (sum != checksum.of(frame, CHECKSUM_BYTES, frame.length - CHECKSUM_BYTES)) {
            throw new Malformed("checksum doesn't match its " + frame.length + " bytes");
        }
        return body(in);
    }

    /**
     * What the bytes say that a codec has just made in this very process: for those who look on,
     * not for a receiver. Their checksum is not looked at.
     */
    public Frame decodeOwn(byte[] frame) {
        return body(new ByteReader(frame, CHECKSUM_BYTES, frame.length));
    }

    private Frame body(ByteReader in) {
        int version = in.int8();
        if (version != VERSION) {
            throw new Malformed("version " + version + ", this member speaks " + VERSION);
        }
        int kind = in.int8();
        long cluster = in.varint();
        if (cluster != clusterId) {
            throw new Malformed("from cluster " + cluster + ", this is " + clusterId);
        }
        Frame read = readFrame(kind, in);
        in.end();
        return read;
    }

    private Frame readFrame(int kind, ByteReader in) {
        NodeId from = readNode(in);
        NodeId to = readNode(in);
        long term = in.varint();
        return switch (kind) {
            case CHUNK -> readChunk(new Frame.Envelope(from, to, term), in);
            case RECEIPT ->
                    new Frame.Receipt(
                            new Frame.Envelope(from, to, term),
                            in.varint(),
                            in.int32(),
                            in.varint(),
                            in.varint(),
                            status(in.int8()));
            default -> new Frame.Core(readMessage(kind, from, to, term, in));
        };
    }

    private static Frame readChunk(Frame.Envelope envelope, ByteReader in) {
        SnapshotMeta snapshot = readSnapshot(in);
        long total = in.varint();
        int checksum = in.int32();
        long attempt = in.varint();
        long offset = in.varint();
        byte[] bytes = in.sized();
        if (snapshot.isNone() || total > Integer.MAX_VALUE || offset > total - bytes.length) {
            throw new Malformed(
                    "bytes "
                            + offset
                            + "+"
                            + bytes.length
                            + " of "
                            + total
                            + " of a snapshot at "
                            + snapshot.index());
        }
        Frame.Whole whole = new Frame.Whole(total, checksum);
        return new Frame.Chunk(envelope, snapshot, whole, attempt, offset, bytes);
    }

    private static int code(Frame.Status status) {
        return switch (status) {
            case RECEIVING -> 1;
            case DONE -> 2;
            case DAMAGED -> 3;
        };
    }

    private static Frame.Status status(int code) {
        return switch (code) {
            case 1 -> Frame.Status.RECEIVING;
            case 2 -> Frame.Status.DONE;
            case 3 -> Frame.Status.DAMAGED;
            default -> throw new Malformed("a status is " + code);
        };
    }

    /** One switch over the message, since each costs as much as a few fields. */
    private void write(Message message) {
        switch (message) {
            case AppendRequest m -> {
                begin(5, m.from(), m.to(), m.term());
                writeId(m.previous());
                out.varint(m.commit());
                writeEntries(m);
            }
            case AppendResponse m -> {
                begin(6, m.from(), m.to(), m.term());
                writeFlag(m.accepted());
                out.varint(m.index());
                writeId(m.hint());
            }
            case HeartbeatRequest m -> {
                begin(7, m.from(), m.to(), m.term());
                out.varint(m.commit());
                out.varint(m.readContext());
            }
            case HeartbeatResponse m -> {
                begin(8, m.from(), m.to(), m.term());
                out.varint(m.readContext());
            }
            case ReadIndexRequest m -> {
                begin(9, m.from(), m.to(), m.term());
                out.varint(m.context());
            }
            case ReadIndexResponse m -> {
                begin(10, m.from(), m.to(), m.term());
                out.varint(m.context());
                out.varint(m.index());
            }
            case ProposalRequest m -> {
                begin(13, m.from(), m.to(), m.term());
                writeCommands(m.commands());
            }
            case PreVoteRequest _,
                    PreVoteResponse _,
                    VoteRequest _,
                    VoteResponse _,
                    InstallSnapshot _,
                    TimeoutNow _ ->
                    writeRare(message);
        }
    }

    private void writeRare(Message message) {
        switch (message) {
            case PreVoteRequest m -> {
                begin(1, m.from(), m.to(), m.term());
                out.varint(m.campaignTerm());
                writeId(m.last());
            }
            case PreVoteResponse m -> {
                begin(2, m.from(), m.to(), m.term());
                out.varint(m.campaignTerm());
                writeFlag(m.granted());
            }
            case VoteRequest m -> {
                begin(3, m.from(), m.to(), m.term());
                writeId(m.last());
                writeFlag(m.byTransfer());
            }
            case VoteResponse m -> {
                begin(4, m.from(), m.to(), m.term());
                writeFlag(m.granted());
            }
            case InstallSnapshot m -> {
                begin(11, m.from(), m.to(), m.term());
                writeId(m.snapshot().last());
                out.sized(m.snapshot().configuration().encode());
            }
            case TimeoutNow m -> begin(12, m.from(), m.to(), m.term());
            case AppendRequest _,
                    AppendResponse _,
                    HeartbeatRequest _,
                    HeartbeatResponse _,
                    ReadIndexRequest _,
                    ReadIndexResponse _,
                    ProposalRequest _ ->
                    throw new InvariantViolation("rare-message", message.toString());
        }
    }

    private static Message readMessage(int kind, NodeId from, NodeId to, long term, ByteReader in) {
        return switch (kind) {
            case 1 -> new PreVoteRequest(from, to, term, in.varint(), readId(in));
            case 2 -> new PreVoteResponse(from, to, term, in.varint(), readFlag(in));
            case 3 -> new VoteRequest(from, to, term, readId(in), readFlag(in));
            case 4 -> new VoteResponse(from, to, term, readFlag(in));
            case 5 -> readAppend(from, to, term, in);
            case 6 -> new AppendResponse(from, to, term, readFlag(in), in.varint(), readId(in));
            case 7 -> new HeartbeatRequest(from, to, term, in.varint(), in.varint());
            case 8 -> new HeartbeatResponse(from, to, term, in.varint());
            case 9 -> new ReadIndexRequest(from, to, term, in.varint());
            case 10 -> new ReadIndexResponse(from, to, term, in.varint(), in.varint());
            case 11 -> new InstallSnapshot(from, to, term, readSnapshot(in));
            case 12 -> new TimeoutNow(from, to, term);
            case 13 -> new ProposalRequest(from, to, term, readCommands(in));
            default -> throw new Malformed("unknown kind " + kind);
        };
    }

    private NodeId readNode(ByteReader in) {
        long value = in.varint();
        return value < nodes.length ? nodes[(int) value] : new NodeId(value);
    }

    private void writeId(EntryId id) {
        out.varint(id.term());
        out.varint(id.index());
    }

    private static EntryId readId(ByteReader in) {
        long term = in.varint();
        long index = in.varint();
        return term == 0 && index == 0 ? EntryId.ZERO : new EntryId(term, index);
    }

    private static SnapshotMeta readSnapshot(ByteReader in) {
        EntryId last = readId(in);
        try {
            return new SnapshotMeta(last, Configuration.decode(in.sized()));
        } catch (IllegalArgumentException e) {
            throw new Malformed(e.getMessage());
        }
    }

    private void writeCommands(List<byte[]> commands) {
        out.varint(commands.size());
        for (byte[] command : commands) {
            out.sized(command);
        }
    }

    private static List<byte[]> readCommands(ByteReader in) {
        int count = in.count();
        if (count == 0) {
            throw new Malformed("a proposal of no command");
        }
        List<byte[]> commands = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            commands.add(in.sized());
        }
        return commands;
    }

    private void writeFlag(boolean flag) {
        out.int8(flag ? 1 : 0);
    }

    private static boolean readFlag(ByteReader in) {
        int flag = in.int8();
        if (flag > 1) {
            throw new Malformed("a flag is " + flag);
        }
        return flag == 1;
    }

    /**
     * The entries end up in {@link #entryBytes}, the last part of the frame. An entry's index is
     * not on the wire: it follows from {@code previous}.
     */
    @SuppressWarnings("ReferenceEquality") // to compare the entries would cost more than it saves
    private void writeEntries(AppendRequest message) {
        List<Entry> entries = message.entries();
        out.varint(entries.size());
        if (entries.isEmpty()) {
            return;
        }
        Check.equal(
                "append-entries-follow-previous",
                message.previous().index() + 1,
                entries.getFirst().index());
        if (entries != lastEntries) {
            encode(entries);
        }
    }

    /** Lists of entries never change, so the same list means the same bytes. */
    private void encode(List<Entry> entries) {
        entryBytes.clear();
        long index = entries.getFirst().index();
        for (Entry entry : entries) {
            Check.equal("append-entries-contiguous", index++, entry.index());
            entryBytes.varint(entry.term());
            entryBytes.int8(EntryCodes.code(entry.kind()));
            entryBytes.sized(entry.data());
        }
        lastEntries = entries;
    }

    private static Message readAppend(NodeId from, NodeId to, long term, ByteReader in) {
        EntryId previous = readId(in);
        long commit = in.varint();
        int count = in.count();
        if (previous.index() > Long.MAX_VALUE - count) {
            throw new Malformed(count + " entries after index " + previous.index());
        }
        Entry[] entries = new Entry[count];
        long lastTerm = previous.term();
        for (int i = 0; i < count; i++) {
            long entryTerm = in.varint();
            if (entryTerm < lastTerm || entryTerm > term) {
                throw new Malformed(
                        "entry of term " + entryTerm + " after " + lastTerm + " from term " + term);
            }
            lastTerm = entryTerm;
            EntryKind kind = EntryCodes.kind(in.int8());
            EntryId id = new EntryId(entryTerm, previous.index() + i + 1);
            entries[i] = new Entry(id, kind, in.sized());
        }
        return new AppendRequest(from, to, term, previous, List.of(entries), commit);
    }
}
