package dev.whitewater.node.port;

import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Response;

import java.util.List;

/** What a client can be told: it happened, it did not, or nobody knows. */
public sealed interface Reply {

    /** It happened; this is what the state machine said. */
    record Answered(Response response) implements Reply {}

    /** The change of membership is committed; {@code configuration} is what it came to. */
    record Reconfigured(Configuration configuration) implements Reply {}

    /** Leadership went to {@code leader}, as was asked for. */
    record HandedOver(NodeId leader) implements Reply {}

    /**
     * What the leader knows of a lease.
     *
     * @param leftSeconds what it has left, all of it after a renewal; -1: there is no such lease
     * @param grantedSeconds what it was given in the beginning
     * @param keys what dies with it, if that was asked for
     */
    record LeaseTold(long id, long leftSeconds, long grantedSeconds, List<Bytes> keys)
            implements Reply {

        public static LeaseTold none(long id) {
            return new LeaseTold(id, -1, 0, List.of());
        }
    }

    /** The leases there are. */
    record LeasesListed(List<Long> ids) implements Reply {}

    /** This member has applied all that was acknowledged before it was asked. */
    record CaughtUp() implements Reply {}

    /** The member's store is packed anew, and its disk holds it so. */
    record Defragmented() implements Reply {}

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
        STOPPING,
        /**
         * A change of membership or a hand-over must wait for another one, or for the leader's
         * first entry to be committed: ask again.
         */
        NOT_NOW,
        /** What is asked for makes no sense for the configuration as it is. */
        IMPOSSIBLE
    }
}
