package dev.whitewater.raft.message;

/** What an entry is for. */
public enum EntryKind {
    /** The empty entry with which a new leader commits its predecessors' entries (thesis §6.4). */
    NOOP,
    /** A command for the state machine; its bytes mean nothing to Raft. */
    COMMAND,
    /** A membership change. */
    CONFIGURATION
}
