package dev.whitewater.checker.format;

/** The forms of histories. */
public enum Format {
    /** Jepsen's events in EDN, one vector or one map per line. */
    EDN,
    /** Jepsen's events in JSON, one array or one object per line; or a run folder's operations. */
    JSON,
    /** The logs of Porcupine's tests. */
    PORCUPINE,
    /** Our compact form. */
    BINARY,
    /** Committed transactions as plain sessions, see {@code SessionText}. */
    SESSIONS
}
