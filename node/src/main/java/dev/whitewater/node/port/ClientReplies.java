package dev.whitewater.node.port;

/** Where answers to clients go. Never blocks, never throws. Each request gets at most one reply. */
public interface ClientReplies {
    void reply(long requestId, Reply reply);

    /** News for a watch stream; a host that opens none hears of none. */
    default void watch(long stream, WatchNews news) {}
}
