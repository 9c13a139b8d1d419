package dev.whitewater.checker.linear;

/** How to look for an order. */
public enum Algorithm {
    /** For every partition the cheapest method that decides it. */
    AUTO,
    /** Just-in-time search. */
    JIT,
    /** The search of Wing and Gong with Lowe's memory. */
    WGL,
    /** Replay in the order of the revisions that answers carry, and nothing else. */
    REVISION
}
