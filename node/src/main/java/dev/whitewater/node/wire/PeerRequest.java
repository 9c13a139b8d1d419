package dev.whitewater.node.wire;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.Bytes;

import java.util.List;

/**
 * What members ask of each other on behalf of their clients, beside the messages of the consensus.
 * A ticket names one asking for ever: the life of the asker's process in its upper bits, a count
 * below.
 */
public sealed interface PeerRequest {

    /** The low bits of a ticket, which count within one life. */
    int TICKET_COUNT_BITS = 40;

    NodeId from();

    NodeId to();

    long ticket();

    /** The life of the process that made the ticket. */
    static long life(long ticket) {
        return ticket >>> TICKET_COUNT_BITS;
    }

    /**
     * Asks the leader of {@code term}, and no other, to propose a write under the asker's name.
     * Whoever leads another term must not: the asker may have asked that one too.
     */
    record ProposeWrite(NodeId from, NodeId to, long ticket, long term, byte[] request)
            implements PeerRequest {}

    /** The write was not proposed and will not be. */
    record WriteRefused(NodeId from, NodeId to, long ticket, Why why) implements PeerRequest {}

    /** Asks the leader about a lease. */
    record AskLease(NodeId from, NodeId to, long ticket, Question question, long lease)
            implements PeerRequest {}

    /** The leader's answer; {@code leftSeconds} is -1 if there is no such lease. */
    record LeaseAnswer(
            NodeId from,
            NodeId to,
            long ticket,
            long leftSeconds,
            long grantedSeconds,
            List<Bytes> keys)
            implements PeerRequest {}

    /** Why a write was not proposed. */
    enum Why {
        NOT_LEADER,
        OVERLOADED
    }

    /** What is asked about a lease. */
    enum Question {
        RENEW,
        TIME_LEFT,
        TIME_LEFT_AND_KEYS
    }
}
