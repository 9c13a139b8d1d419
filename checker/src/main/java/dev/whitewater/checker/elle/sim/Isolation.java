package dev.whitewater.checker.elle.sim;

/** How the simulated database isolates its transactions. */
public enum Isolation {
    /** A transaction happens at one instant between its begin and its end. */
    STRICT_SERIALIZABLE,
    /** As above, but what only reads may see a state of the past that its process knew of. */
    SESSION_SERIALIZABLE,
    /** As above, but what only reads may see any state of the past. */
    SERIALIZABLE,
    /** Reads are of the state at the begin; the first of two that write the same key wins. */
    SNAPSHOT_ISOLATION,
    /** Each read is of the committed state at that instant; writes appear together at the end. */
    READ_COMMITTED,
    /** Reads and writes take effect one by one, at once, and stay when the transaction aborts. */
    READ_UNCOMMITTED
}
