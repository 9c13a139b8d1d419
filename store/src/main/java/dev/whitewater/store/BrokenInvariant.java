package dev.whitewater.store;

/**
 * A rule that the store or its caller guarantees was found broken: a mistake in a program, never an
 * answer to a client. Whoever drives the store stops the member.
 */
public final class BrokenInvariant extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    public BrokenInvariant(String invariant, String message) {
        super(invariant + ": " + message);
        this.invariant = invariant;
    }

    /** The rule's name, in kebab case. */
    public String invariant() {
        return invariant;
    }
}
