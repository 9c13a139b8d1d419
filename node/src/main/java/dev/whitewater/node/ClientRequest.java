package dev.whitewater.node;

import dev.whitewater.store.Range;
import dev.whitewater.store.Request;

/** What a client may ask a member for. */
public sealed interface ClientRequest {

    /** Goes through the log. */
    record Write(Request request) implements ClientRequest {}

    /** Does not go through the log. */
    record Read(Range range, Consistency consistency) implements ClientRequest {}

    /** What a read may miss. */
    enum Consistency {
        /** Nothing that was acknowledged before the read began (ReadIndex, thesis §6.4). */
        LINEARIZABLE,
        /** Whatever this member has not applied yet (etcd calls it serializable). */
        SERIALIZABLE
    }
}
