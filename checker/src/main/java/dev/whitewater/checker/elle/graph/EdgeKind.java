package dev.whitewater.checker.elle.graph;

/**
 * Why one transaction comes before another, as bits, so that a set of reasons is one int.
 *
 * <p>{@link #CARRY} is no reason of its own: it is the inside of a bundle. Orders in which each of
 * many transactions precedes each of many others (all that ended before all that began later) would
 * need a quadratic number of edges; instead the edge that says why enters an auxiliary node, and
 * carrying edges lead from there, possibly over further auxiliary nodes, to transactions.
 */
public final class EdgeKind {
    /** Overwrote what the other wrote. */
    public static final int WW = 1;

    /** Read what the other wrote. */
    public static final int WR = 2;

    /** Overwrote what the other had read: an anti-dependency. */
    public static final int RW = 4;

    /** An anti-dependency of a read by predicate. */
    public static final int RWP = 8;

    /** Followed the other in the same process. */
    public static final int PROCESS = 16;

    /** Began after the other had ended. */
    public static final int REALTIME = 32;

    /** The inside of a bundle. */
    public static final int CARRY = 64;

    /** All anti-dependencies. */
    public static final int ANY_RW = RW | RWP;

    private EdgeKind() {}

    /** A short name for drawings. */
    public static String label(int kind) {
        return switch (kind) {
            case WW -> "ww";
            case WR -> "wr";
            case RW -> "rw";
            case RWP -> "rwp";
            case PROCESS -> "process";
            case REALTIME -> "realtime";
            default -> throw new IllegalArgumentException("edge kind: expected one, got " + kind);
        };
    }
}
