package dev.whitewater.node;

import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.raft.message.NodeId;

/**
 * Everything that can happen to a member. {@code now} is the member's own monotonic clock in
 * nanoseconds.
 */
public sealed interface NodeEvent {

    long now();

    /** The process starts; its disk holds what survived. */
    record Started(long now) implements NodeEvent {}

    /**
     * The moment asked for by {@link Node#nextDeadlineNanos()} has come, or time has merely passed.
     */
    record Ticked(long now) implements NodeEvent {}

    /** A frame that {@code from} sent with its {@code PeerNetwork}. */
    record FrameArrived(long now, NodeId from, byte[] frame) implements NodeEvent {}

    /** {@code requestId} is the host's, unique for the life of this process. */
    record RequestArrived(long now, long requestId, ClientRequest request) implements NodeEvent {}

    /**
     * {@code stream} is the host's, unique for the life of this process; the first order opens it.
     */
    record WatchOrdered(long now, long stream, WatchOrder order) implements NodeEvent {}

    /** A disk command came to its end. */
    record DiskFinished(long now, DiskResult result) implements NodeEvent {}

    /** The process is asked to stop; pending requests are answered, nothing new is taken. */
    record Stopping(long now) implements NodeEvent {}
}
