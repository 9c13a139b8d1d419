package dev.whitewater.node.port;

import dev.whitewater.store.Caller;
import dev.whitewater.store.WatchRequest;

/** What a client asks on one of its watch streams. */
public sealed interface WatchOrder {

    /** For {@link Create#watch}: the member chooses. */
    long ANY = 0;

    /**
     * Begins a watch.
     *
     * @param watch the client's name for it on this stream, or {@link #ANY}
     * @param tellsProgress now and then, how far it has come, though nothing happened
     * @param caller who is to be told, and must be allowed to read what is watched
     */
    record Create(long watch, WatchRequest request, boolean tellsProgress, Caller caller)
            implements WatchOrder {

        /** For a client without a token. */
        public Create(long watch, WatchRequest request, boolean tellsProgress) {
            this(watch, request, tellsProgress, Caller.NOBODY);
        }
    }

    /** Ends a watch. */
    record Cancel(long watch) implements WatchOrder {}

    /** Asks how far the whole stream has come. */
    record AskProgress() implements WatchOrder {}

    /** The stream has room for {@code more} answers than it had. */
    record Room(int more) implements WatchOrder {}

    /** The stream is gone, and all its watches with it. */
    record Close() implements WatchOrder {}
}
