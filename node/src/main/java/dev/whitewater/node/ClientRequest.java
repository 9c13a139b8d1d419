package dev.whitewater.node;

import dev.whitewater.raft.ChangeMode;
import dev.whitewater.raft.MemberChange;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.Range;
import dev.whitewater.store.Request;

import java.util.List;

/** What a client may ask a member for. */
public sealed interface ClientRequest {

    /** Goes through the log. */
    record Write(Request request) implements ClientRequest {}

    /** Does not go through the log. */
    record Read(Range range, Consistency consistency) implements ClientRequest {}

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

    /** What a read may miss. */
    enum Consistency {
        /** Nothing that was acknowledged before the read began (ReadIndex, thesis §6.4). */
        LINEARIZABLE,
        /** Whatever this member has not applied yet (etcd calls it serializable). */
        SERIALIZABLE
    }
}
