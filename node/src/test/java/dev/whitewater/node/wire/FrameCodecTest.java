package dev.whitewater.node.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.codec.Malformed;
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

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class FrameCodecTest {

    private static final List<EntryKind> KINDS =
            List.of(EntryKind.NOOP, EntryKind.COMMAND, EntryKind.CONFIGURATION);

    private final FrameCodec codec = new FrameCodec(77);

    /** The fields that all kinds of messages draw from. */
    private record Draw(NodeId from, NodeId to, long term, EntryId id, long number, boolean flag) {}

    @Provide
    Arbitrary<Frame> frames() {
        Arbitrary<Long> numbers = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<NodeId> nodes = Arbitraries.longs().greaterOrEqual(1).map(NodeId::new);
        Arbitrary<EntryId> ids =
                Combinators.combine(numbers, Arbitraries.longs().between(0, Long.MAX_VALUE - 9))
                        .as(EntryId::new);
        Arbitrary<Draw> draws =
                Combinators.combine(
                                nodes, nodes, numbers, ids, numbers, Arbitraries.of(true, false))
                        .as(Draw::new);
        Arbitrary<List<byte[]>> data =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(700).list().ofMaxSize(4);
        return Combinators.combine(draws, data, Arbitraries.integers().between(1, 15))
                .as((draw, bytes, kind) -> frame(draw, bytes, kind));
    }

    private static Frame frame(Draw d, List<byte[]> data, int kind) {
        Frame.Envelope envelope = new Frame.Envelope(d.from, d.to, d.term);
        int checksum = (int) (d.number * 31);
        return switch (kind) {
            case 14 -> {
                byte[] bytes = data.isEmpty() ? new byte[0] : data.getFirst();
                long offset = d.number % 1000;
                Frame.Whole whole = new Frame.Whole(offset + bytes.length + d.term % 5, checksum);
                EntryId last = new EntryId(d.id.term(), d.id.index() + 1);
                SnapshotMeta meta = new SnapshotMeta(last, snapshot(d).configuration());
                yield new Frame.Chunk(envelope, meta, whole, d.number, offset, bytes);
            }
            case 15 ->
                    new Frame.Receipt(
                            envelope,
                            d.id.index(),
                            checksum,
                            d.number,
                            d.id.term(),
                            Frame.Status.values()[(int) (d.number % 3)]);
            default -> new Frame.Core(message(d, data, kind));
        };
    }

    private static Message message(Draw d, List<byte[]> data, int kind) {
        return switch (kind) {
            case 1 -> new PreVoteRequest(d.from, d.to, d.term, d.number, d.id);
            case 2 -> new PreVoteResponse(d.from, d.to, d.term, d.number, d.flag);
            case 3 -> new VoteRequest(d.from, d.to, d.term, d.id, d.flag);
            case 4 -> new VoteResponse(d.from, d.to, d.term, d.flag);
            case 5 -> append(d, data);
            case 6 -> new AppendResponse(d.from, d.to, d.term, d.flag, d.number, d.id);
            case 7 -> new HeartbeatRequest(d.from, d.to, d.term, d.number, d.id.index());
            case 8 -> new HeartbeatResponse(d.from, d.to, d.term, d.number);
            case 9 -> new ReadIndexRequest(d.from, d.to, d.term, d.number);
            case 10 -> new ReadIndexResponse(d.from, d.to, d.term, d.number, d.id.index());
            case 11 -> new InstallSnapshot(d.from, d.to, d.term, snapshot(d));
            default -> new TimeoutNow(d.from, d.to, d.term);
        };
    }

    private static SnapshotMeta snapshot(Draw draw) {
        return new SnapshotMeta(draw.id, Configuration.of(List.of(draw.from)));
    }

    /** An honest leader's: terms rise along the entries, up to its own. */
    private static AppendRequest append(Draw draw, List<byte[]> data) {
        long term = Math.max(draw.term, draw.id.term());
        List<Entry> entries = new ArrayList<>();
        for (byte[] bytes : data) {
            long index = draw.id.index() + entries.size() + 1;
            long entryTerm = entries.isEmpty() ? draw.id.term() : term;
            EntryKind kind = KINDS.get(bytes.length % KINDS.size());
            entries.add(new Entry(new EntryId(entryTerm, index), kind, bytes));
        }
        return new AppendRequest(draw.from, draw.to, term, draw.id, entries, draw.number);
    }

    @Property
    void everyFrameComesBackAsItWas(@ForAll("frames") Frame sent) {
        byte[] frame = codec.encode(sent);
        Frame got = codec.decode(frame);
        assertEquals(sent.describe(), got.describe());
        assertEquals(sent.from(), got.from());
        assertEquals(sent.to(), got.to());
        if (!(sent instanceof Frame.Chunk)) {
            assertEquals(sent, got);
        }
        assertArrayEquals(frame, codec.encode(codec.decode(frame)));
    }

    @Test
    void aProposalThatIsPassedOnComesBackAsItWas() {
        ProposalRequest sent =
                new ProposalRequest(
                        new NodeId(2),
                        new NodeId(1),
                        7,
                        List.of(new byte[] {1, 2}, new byte[0], new byte[300]));
        byte[] frame = codec.encode(sent);
        Frame.Core core = assertInstanceOf(Frame.Core.class, codec.decode(frame));
        ProposalRequest got = assertInstanceOf(ProposalRequest.class, core.message());
        assertEquals(3, got.commands().size());
        assertArrayEquals(new byte[] {1, 2}, got.commands().getFirst());
        assertArrayEquals(frame, codec.encode(got));
    }

    @Test
    void aProposalOfNoCommandIsRefused() {
        NodeId node = new NodeId(1);
        byte[] frame = codec.encode(new ProposalRequest(node, node, 7, List.of()));
        assertThrows(Malformed.class, () -> codec.decode(frame));
    }

    @Property
    void aDamagedFrameIsRefused(
            @ForAll("frames") Frame message,
            @ForAll @IntRange(min = 0, max = 1 << 20) int where,
            @ForAll @IntRange(min = 1, max = 255) int mask) {
        byte[] frame = codec.encode(message);
        frame[where % frame.length] ^= (byte) mask;
        assertThrows(Malformed.class, () -> codec.decode(frame));
    }

    @Property
    void aFrameCutShortIsRefused(
            @ForAll("frames") Frame message, @ForAll @IntRange(min = 0, max = 1 << 20) int length) {
        byte[] frame = codec.encode(message);
        byte[] cut = Arrays.copyOf(frame, length % frame.length);
        assertThrows(Malformed.class, () -> codec.decode(cut));
    }

    /** A right checksum doesn't make nonsense right: whatever the bytes, no other exception. */
    @Property
    void nonsenseIsRefusedOrHasOneMeaning(@ForAll byte[] nonsense, @ForAll("frames") Frame m) {
        byte[] frame = codec.encode(m);
        for (int i = 0; i < nonsense.length && 6 + i < frame.length; i++) {
            frame[5 + i] = nonsense[i];
        }
        seal(frame);
        try {
            assertArrayEquals(frame, codec.encode(codec.decode(frame)));
        } catch (Malformed e) {
            assertTrue(!e.getMessage().isEmpty());
        }
    }

    private static void seal(byte[] frame) {
        int checksum = Crc32c.of(frame, 4, frame.length - 4);
        for (int i = 0; i < 4; i++) {
            frame[i] = (byte) (checksum >>> (8 * i));
        }
    }

    @Test
    void aFrameOfAnotherClusterIsRefused() {
        Message message = new TimeoutNow(new NodeId(1), new NodeId(2), 3);
        byte[] frame = new FrameCodec(78).encode(message);
        Malformed refusal = assertThrows(Malformed.class, () -> codec.decode(frame));
        assertEquals("from cluster 78, this is 77", refusal.getMessage());
    }

    @Test
    void aFrameOfAnotherVersionIsRefused() {
        byte[] frame = codec.encode(new TimeoutNow(new NodeId(1), new NodeId(2), 3));
        frame[4]++;
        seal(frame);
        Malformed refusal = assertThrows(Malformed.class, () -> codec.decode(frame));
        assertEquals("version 2, this member speaks 1", refusal.getMessage());
    }

    @Test
    void aHugeCountAllocatesNothing() {
        NodeId one = new NodeId(1);
        byte[] frame = codec.encode(new AppendRequest(one, one, 1, EntryId.ZERO, List.of(), 1));
        frame[frame.length - 1] = (byte) 0x7F;
        seal(frame);
        assertThrows(Malformed.class, () -> codec.decode(frame));
    }
}
