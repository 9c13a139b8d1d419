package dev.whitewater.node.port;

/** Where answers to clients go. Never blocks, never throws. Each request gets at most one reply. */
public interface ClientReplies {
    void reply(long requestId, Reply reply);
}
