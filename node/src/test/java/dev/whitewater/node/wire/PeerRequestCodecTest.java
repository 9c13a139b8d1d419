package dev.whitewater.node.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Put;
import dev.whitewater.store.RequestCodec;

import org.junit.jupiter.api.Test;

import java.util.List;

class PeerRequestCodecTest {

    private static final NodeId FROM = new NodeId(3);
    private static final NodeId TO = new NodeId(Long.MAX_VALUE);
    private static final long TICKET = (5L << 40) + 1;
    private static final byte[] WRITE =
            RequestCodec.encode(Put.of(Bytes.utf8("k"), Bytes.utf8("v")));

    private static final List<PeerRequest> ALL =
            List.of(
                    new PeerRequest.ProposeWrite(FROM, TO, TICKET, 8, WRITE),
                    new PeerRequest.WriteRefused(FROM, TO, TICKET, PeerRequest.Why.OVERLOADED),
                    new PeerRequest.AskLease(FROM, TO, TICKET, PeerRequest.Question.RENEW, -4),
                    new PeerRequest.LeaseAnswer(FROM, TO, TICKET, -1, 0, List.of()),
                    new PeerRequest.LeaseAnswer(
                            FROM, TO, TICKET, 7, 9, List.of(Bytes.utf8("a"), Bytes.utf8("b"))));

    private final PeerRequestCodec codec = new PeerRequestCodec(77);

    @Test
    void requestsSurviveTheWire() {
        for (PeerRequest request : ALL) {
            byte[] frame = codec.encode(request);
            assertTrue(PeerRequestCodec.isPeerRequest(frame));
            PeerRequest back = codec.decode(frame);
            if (back instanceof PeerRequest.ProposeWrite write) {
                assertArrayEquals(WRITE, write.request());
                assertEquals(8, write.term());
            } else {
                assertEquals(request, back);
            }
        }
    }

    @Test
    void everyShortenedOrChangedFrameIsRefused() {
        for (PeerRequest request : ALL) {
            byte[] frame = codec.encode(request);
            for (int i = 0; i < frame.length; i++) {
                byte[] shorter = java.util.Arrays.copyOf(frame, i);
                assertThrows(Malformed.class, () -> codec.decode(shorter));
                byte[] changed = frame.clone();
                changed[i] ^= 1;
                assertThrows(Malformed.class, () -> codec.decode(changed));
            }
        }
    }

    @Test
    void writeThatTheStoreCouldNotReadIsRefused() {
        byte[] frame =
                codec.encode(new PeerRequest.ProposeWrite(FROM, TO, TICKET, 8, new byte[] {9, 9}));
        assertThrows(Malformed.class, () -> codec.decode(frame));
    }

    @Test
    void messagesOfTheConsensusAreNotForThisCodec() {
        byte[] frame = new FrameCodec(77).encode(new HeartbeatResponse(FROM, TO, 1, 0));
        assertFalse(PeerRequestCodec.isPeerRequest(frame));
    }

    @Test
    void framesOfAnotherClusterAreRefused() {
        byte[] frame = new PeerRequestCodec(78).encode(ALL.getLast());
        assertThrows(Malformed.class, () -> codec.decode(frame));
    }
}
