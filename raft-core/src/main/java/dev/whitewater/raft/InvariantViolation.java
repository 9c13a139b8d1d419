package dev.whitewater.raft;

/**
 * A rule that the program itself guarantees was found broken. Never caught and survived: the member
 * stops.
 */
public final class InvariantViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    public InvariantViolation(String invariant, String message) {
        super(invariant + ": " + message);
        this.invariant = invariant;
    }

    /** The rule's name, in kebab case. */
    public String invariant() {
        return invariant;
    }
}
