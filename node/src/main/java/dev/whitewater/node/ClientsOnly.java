package dev.whitewater.node;

import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.Reply;

/** Nobody waits for what the member asked for by itself. */
record ClientsOnly(ClientReplies all) implements ClientReplies {

    /** What the member asks its leader for by itself; no client's request has such a number. */
    static final long OWN_REQUEST = -1;

    @Override
    public void reply(long requestId, Reply reply) {
        if (requestId != OWN_REQUEST) {
            all.reply(requestId, reply);
        }
    }
}
