package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

/** One wish about who belongs to the cluster. */
public record MemberChange(Kind kind, NodeId member) {

    /** What is wished. */
    public enum Kind {
        /** A new voter, or a learner that is promoted. */
        ADD_VOTER,
        /** A new learner, or a voter that is demoted. */
        ADD_LEARNER,
        REMOVE
    }

    public MemberChange {
        if (member.isNone()) {
            throw new IllegalArgumentException("a change must name a member");
        }
    }

    @Override
    public String toString() {
        return kind + " " + member;
    }
}
