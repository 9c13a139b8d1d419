package dev.whitewater.store;

/** Bytes that {@link RequestCodec} didn't write, or not all of them. */
public final class MalformedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedRequest(String what) {
        super("malformed request: " + what);
    }
}
