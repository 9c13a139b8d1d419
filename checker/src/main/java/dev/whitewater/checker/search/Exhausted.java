package dev.whitewater.checker.search;

/** A search ran out of its budget: control flow of this package, caught by every search itself. */
final class Exhausted extends RuntimeException {
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
}
