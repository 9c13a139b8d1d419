package dev.whitewater.node.port;

import dev.whitewater.raft.message.NodeId;

/**
 * The wire to the other members. Never blocks, never throws, promises nothing: a frame may arrive
 * late, twice, after its successors or not at all, but when it arrives it is whole. The array is
 * handed over.
 */
public interface PeerNetwork {
    void send(NodeId to, byte[] frame);
}
