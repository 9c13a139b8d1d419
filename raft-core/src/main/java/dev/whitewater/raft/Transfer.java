package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

/** A leader's wish to hand over. It ends with the leadership, whatever ends that. */
final class Transfer {

    private NodeId to = NodeId.NONE;
    private long deadline = Long.MAX_VALUE;
    private boolean told;
    private boolean everTold;

    boolean isPending() {
        return !to.isNone();
    }

    NodeId to() {
        return to;
    }

    long deadline() {
        return deadline;
    }

    void begin(NodeId target, long newDeadline) {
        if (!isPending()) {
            to = target;
            deadline = newDeadline;
            told = false;
        }
    }

    void told() {
        told = true;
        everTold = true;
    }

    boolean isTold() {
        return told;
    }

    /**
     * Whether any member was ever told by this leader to campaign. Its campaign may come at any
     * time from then on, and no follower's loyalty holds against it.
     */
    boolean everTold() {
        return everTold;
    }

    void end() {
        to = NodeId.NONE;
        deadline = Long.MAX_VALUE;
    }
}
