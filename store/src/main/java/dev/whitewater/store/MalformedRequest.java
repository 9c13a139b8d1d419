package dev.whitewater.store;

/** Bytes that {@link RequestCodec} didn't write, or not all of them. */
public final class MalformedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedRequest(String field, int offset, String expected, String got) {
        super(
                "malformed request: "
                        + field
                        + " at byte "
                        + offset
                        + ": expected "
                        + expected
                        + ", got "
                        + got);
    }
}
