package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

/**
 * What a member must not forget (thesis fig. 3.1, "persistent state"); {@code commit} is a hint
 * that saves replay.
 */
public record HardState(long term, NodeId votedFor, long commit) {

    public static final HardState INITIAL = new HardState(0, NodeId.NONE, 0);
}
