package dev.whitewater.node.port;

import dev.whitewater.store.WatchEvent;

import java.util.List;

/** What a watch stream is told; all of it is true at the moment it is handed out. */
public sealed interface WatchNews {

    /** No watch in particular. */
    long NO_WATCH = -1;

    long watch();

    /** The watch is there, and has told of nothing yet. */
    record Created(long watch) implements WatchNews {}

    /** The watch could not begin; {@code why} is etcd's text. */
    record Refused(long watch, String why) implements WatchNews {}

    /**
     * The watch is over, or could not begin if this names none: whom it was for may not read what
     * it watches. {@code why} is etcd's text.
     */
    record Denied(long watch, String why) implements WatchNews {}

    /** Writes, in the order of their revisions; more of the last one follow a fragment. */
    record Events(long watch, List<WatchEvent> events, boolean fragment) implements WatchNews {}

    /** All writes up to {@code revision} have been told; of all watches if it names none. */
    record Progress(long watch, long revision) implements WatchNews {}

    /** The watch is over, as the client wanted. */
    record Cancelled(long watch) implements WatchNews {}

    /** The watch is over: what it needed next was compacted. */
    record Compacted(long watch, long compactRevision) implements WatchNews {}
}
