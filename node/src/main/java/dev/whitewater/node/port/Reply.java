package dev.whitewater.node.port;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.Response;

/** The three things a client can be told. */
public sealed interface Reply {

    /** It happened; this is what the state machine said. */
    record Answered(Response response) implements Reply {}

    /** It did not happen and never will. {@code leader} is who to ask, or {@link NodeId#NONE}. */
    record Refused(Reason reason, NodeId leader) implements Reply {}

    /** It may have happened or may still happen. */
    record Unknown(String why) implements Reply {}

    /** Why a request was refused. */
    enum Reason {
        NOT_LEADER,
        NO_LEADER,
        OVERLOADED,
        STARTING,
        STOPPING
    }
}
