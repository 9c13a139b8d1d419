package dev.whitewater.checker.search;

/**
 * A method ran out of its budget: control flow between a {@link Purse} and whoever opened it, never
 * seen outside of a check.
 */
public final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Exhausted(String reason) {
        super(reason, null, false, false);
    }

    static Exhausted time() {
        return new Exhausted("out of time");
    }

    static Exhausted memory() {
        return new Exhausted("out of memory");
    }

    static Exhausted steps() {
        return new Exhausted("out of steps");
    }
}
