package dev.whitewater.store;

/** Bytes that a checkpoint or {@link Store#snapshot} didn't write, or that changed since. */
public final class MalformedSnapshot extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedSnapshot(String what) {
        super("malformed snapshot: " + what);
    }
}
