package dev.whitewater.raft;

/**
 * Invariants that are always on. Each costs a comparison; text is built only for the violation,
 * which carries the values.
 */
public final class Check {

    private Check() {}

    /** {@code holds}, or the program is wrong. */
    public static void that(boolean holds, String invariant, String otherwise) {
        if (!holds) {
            throw new InvariantViolation(invariant, otherwise);
        }
    }

    /** {@code low <= high}, or the program is wrong. */
    public static void atMost(String invariant, long low, long high) {
        if (low > high) {
            throw new InvariantViolation(invariant, low + " must be at most " + high);
        }
    }

    /** {@code low < high}, or the program is wrong. */
    public static void below(String invariant, long low, long high) {
        if (low >= high) {
            throw new InvariantViolation(invariant, low + " must be below " + high);
        }
    }

    /** {@code expected == actual}, or the program is wrong. */
    public static void equal(String invariant, long expected, long actual) {
        if (expected != actual) {
            throw new InvariantViolation(invariant, "expected " + expected + ", got " + actual);
        }
    }
}
