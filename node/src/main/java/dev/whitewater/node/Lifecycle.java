package dev.whitewater.node;

/** Where a member's process is in its life; it only ever moves forward. */
public enum Lifecycle {
    /** Built, not started. */
    NEW,
    /** Reads its disk; takes part in nothing. */
    RECOVERING,
    RUNNING,
    /** Answered everyone, waits for its last write. */
    STOPPING,
    STOPPED,
    /** Met a broken invariant or an untrustworthy disk; does nothing ever again. */
    FAILED
}
