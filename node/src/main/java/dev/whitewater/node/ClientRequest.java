package dev.whitewater.node;

import dev.whitewater.raft.ChangeMode;
import dev.whitewater.raft.MemberChange;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.Caller;
import dev.whitewater.store.Range;
import dev.whitewater.store.Request;

import java.util.List;

/** What a client may ask a member for. */
public sealed interface ClientRequest {

    /** Goes through the log. */
    record Write(Request request, Manner manner) implements ClientRequest {

        /** A client that looks for the leader itself. */
        public Write(Request request) {
            this(request, Manner.DIRECT);
        }
    }

    /** Does not go through the log; {@code caller} must be allowed to be shown the keys. */
    record Read(Range range, Consistency consistency, Manner manner, Caller caller)
            implements ClientRequest {

        /** A client without a token. */
        public Read(Range range, Consistency consistency, Manner manner) {
            this(range, consistency, manner, Caller.NOBODY);
        }

        /** A client that doesn't wait for a leader. */
        public Read(Range range, Consistency consistency) {
            this(range, consistency, Manner.DIRECT);
        }
    }

    /**
     * Gives a lease all its time again, wherever its leader is. Answered with {@link
     * dev.whitewater.node.port.Reply.LeaseTold}.
     */
    record RenewLease(long id) implements ClientRequest {}

    /** How much time a lease has left, which only the leader knows. */
    record AskLease(long id, boolean keys) implements ClientRequest {}

    /** The leases that this member knows of. */
    record ListLeases() implements ClientRequest {}

    /** Answered once this member has applied all that was acknowledged before it asked. */
    record CatchUp() implements ClientRequest {}

    /**
     * Changes who belongs to the cluster; only a leader can. Answered when the configuration is
     * committed and applied there, which may be a joint one that then leaves by itself.
     */
    record ChangeMembership(List<MemberChange> changes, ChangeMode mode) implements ClientRequest {
        public ChangeMembership {
            changes = List.copyOf(changes);
        }
    }

    /** Leaves a joint configuration that does not leave by itself. */
    record LeaveJoint() implements ClientRequest {}

    /** Hands leadership over to {@code to}; only a leader can. */
    record TransferLeadership(NodeId to) implements ClientRequest {}

    /** Gives back the room of what was removed, on this member, in memory and on its disk. */
    record Defragment() implements ClientRequest {}

    /** Who looks for the leader. */
    enum Manner {
        /** The client: whoever can't serve it refuses at once, and names the leader it knows. */
        DIRECT,
        /** The member: it asks the leader on the client's behalf, and waits for one to be there. */
        FORWARDED
    }

    /** What a read may miss. */
    enum Consistency {
        /** Nothing that was acknowledged before the read began (ReadIndex, thesis §6.4). */
        LINEARIZABLE,
        /** Whatever this member has not applied yet (etcd calls it serializable). */
        SERIALIZABLE
    }
}
