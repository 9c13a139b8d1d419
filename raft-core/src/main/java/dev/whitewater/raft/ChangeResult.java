package dev.whitewater.raft;

import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;

/** What became of a wish to change the configuration. */
public sealed interface ChangeResult {

    /** The configuration is in force on this leader; it lasts when {@code id} is committed. */
    record Accepted(EntryId id, Configuration configuration) implements ChangeResult {}

    /** Nothing was changed. {@code leader} is who to ask instead, or {@link NodeId#NONE}. */
    record Refused(Reason reason, String detail, NodeId leader) implements ChangeResult {}

    /** Why a change was turned away. */
    enum Reason {
        NOT_LEADER,
        /** One change at a time: an earlier one is not committed yet, or still joint. */
        CHANGE_PENDING,
        /** This leader has not committed an entry of its own term yet. */
        TERM_NOT_COMMITTED,
        /** Leadership is being handed over. */
        TRANSFER_IN_PROGRESS,
        /** The change makes no sense for the configuration as it is. */
        IMPOSSIBLE
    }
}
