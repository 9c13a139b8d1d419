package dev.whitewater.store;

import java.util.List;

/** What a watch is told. */
public sealed interface WatchResponse {

    long watch();

    /**
     * Events, in the order of their revisions.
     *
     * @param revision all events up to here have been told, unless {@code fragment} says otherwise
     * @param fragment the rest of the last revision is in the next answer
     */
    record Events(long watch, long revision, List<WatchEvent> events, boolean fragment)
            implements WatchResponse {}

    /** All events up to {@code revision} have been told. */
    record Progress(long watch, long revision) implements WatchResponse {}

    /** The watch is over: what it needed next was compacted. */
    record Compacted(long watch, long compactRevision) implements WatchResponse {}
}
