package dev.whitewater.node.port;

/**
 * The data directory can't be trusted any more; the member stops for good. A failed write or sync
 * is never tried again: the second try may succeed although the bytes of the first are gone
 * (Rebello et al., "Can Applications Recover from fsync Failures?", ATC 2020).
 */
public final class DiskFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public DiskFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Why the data directory is not usable. */
    public enum Kind {
        /** The device refused a command. */
        DEVICE,
        /** Bytes that were durable are not what was written. */
        CORRUPT,
        /** The files belong to another member, cluster or format. */
        FOREIGN
    }
}
