package dev.whitewater.checker.history;

/**
 * When an operation was called and when it returned, both ends included: of two operations that
 * touch in one instant neither is before the other.
 */
public record Interval(long invoke, long complete) {
    /** The return time of an operation that never returned. */
    public static final long OPEN = Long.MAX_VALUE;

    public Interval {
        if (complete < invoke) {
            throw new IllegalArgumentException(
                    "an operation must not return before its call: invoked at "
                            + invoke
                            + ", completed at "
                            + complete);
        }
    }

    /** Called and never answered. */
    public static Interval openSince(long invoke) {
        return new Interval(invoke, OPEN);
    }

    public boolean isOpen() {
        return complete == OPEN;
    }

    /** Whether this had ended before the other began. */
    public boolean before(Interval other) {
        return complete < other.invoke;
    }
}
