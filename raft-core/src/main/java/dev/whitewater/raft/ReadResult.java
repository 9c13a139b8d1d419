package dev.whitewater.raft;

/** The end of a read that {@code Raft.read} took in. */
public sealed interface ReadResult {

    /** What the caller named the read with. */
    long context();

    /** The read may be served from any state that has applied {@code index}. */
    record Granted(long context, long index) implements ReadResult {}

    /** Leadership was lost before a quorum confirmed it; the read has no answer here. */
    record Refused(long context) implements ReadResult {}
}
