package dev.whitewater.raft;

import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;

/** What became of a proposal at the door. */
public sealed interface ProposalResult {

    /**
     * Appended to this leader's log at {@code id}; committed when an entry with this very id is.
     */
    record Accepted(EntryId id) implements ProposalResult {}

    /**
     * Passed on to {@code leader}, who may append it, or refuse it, or never hear of it; there will
     * be no word of it here but the committed entry.
     */
    record Forwarded(NodeId leader) implements ProposalResult {}

    /** Not appended, now or later. {@code leader} is who to ask instead, or {@link NodeId#NONE}. */
    record Refused(Refusal refusal, NodeId leader) implements ProposalResult {}

    /** Why a proposal was turned away. */
    enum Refusal {
        NOT_LEADER,
        TOO_MANY_UNCOMMITTED,
        TRANSFER_IN_PROGRESS
    }
}
