package dev.whitewater.store;

/** Bytes that {@link Store#snapshot} didn't write, or that changed since. */
public final class MalformedSnapshot extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedSnapshot(String what) {
        super("malformed snapshot: " + what);
    }
}
