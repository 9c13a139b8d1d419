package dev.whitewater.raft.message;

/**
 * The answer to an {@link AppendRequest}.
 *
 * <p>Accepted: the sender's durable log equals the leader's up to {@code index}. Rejected: {@code
 * index} is the {@code previous} index that was refused and {@code hint} the greatest position at
 * which the logs may still agree, so that the leader skips whole terms (thesis §3.5, the
 * optimisation it sketches).
 */
public record AppendResponse(
        NodeId from, NodeId to, long term, boolean accepted, long index, EntryId hint)
        implements Message {}
